/**
 * Checks a recorded proposal with nothing but what was recorded: what `pasu verify --approvals` asks over an exported journal. Every rule
 * is applied and every signature verified again; the server that recorded them is not believed. What must be believed is named in README.md.
 */
import { z } from 'zod'
import { canonical } from '../../../../kernel/canonical.ts'
import { parse } from '../../../../kernel/input.ts'
import { digestSchema, nameSchema } from '../../../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { instantSchema } from '../../../../kernel/time.ts'
import { type Approval, approvalSchema, type Site, verifyApproval } from './approve.ts'
import { type Case, executionFault, type Outcome, outcome, vetoSchema } from './outcome.ts'
import { personSchema, type Roster, rosterOf, span } from './people.ts'
import { policySchema, termsFault } from './policy.ts'
import { proposalDigest, proposalSchema } from './proposal.ts'
import { refuse } from './refusals.ts'

/** Bounds of one record: a hundred thousand signatures would be a way to keep an auditor waiting. */
const APPROVALS_MAX = 1_000
const PEOPLE_MAX = 10_000

const siteSchema = z.strictObject({
  rpId: z.string().min(1).max(253),
  origins: z.array(z.string().min(1).max(300)).min(1).max(10),
})

export const approvalRecordSchema = z.strictObject({
  site: siteSchema,
  /** Where approvals were signed before, each up to the instant at which it was given up. */
  earlier_sites: z
    .array(siteSchema.extend({ until: instantSchema }))
    .max(APPROVALS_MAX)
    .default([]),
  policies: z.array(policySchema).max(APPROVALS_MAX),
  people: z
    .array(personSchema)
    .max(PEOPLE_MAX)
    .refine((people) => new Set(people.map(({ person }) => person)).size === people.length, 'a person stands twice'),
  proposal: proposalSchema,
  /** As it was journaled when it was proposed. */
  digest: digestSchema,
  approvals: z.array(approvalSchema).max(APPROVALS_MAX),
  vetoes: z.array(vetoSchema).max(APPROVALS_MAX),
  /** Call-backs that heard the right code. */
  call_backs: z
    .array(z.strictObject({ at: instantSchema, by: nameSchema }))
    .max(APPROVALS_MAX)
    .default([]),
  /** When administrators were at risk. */
  risks: z.array(z.strictObject(span)).max(PEOPLE_MAX).default([]),
  /** Every execution that names this proposal, with what was executed. */
  executions: z
    .array(z.strictObject({ at: instantSchema, act: nameSchema, parameters: proposalSchema.shape.parameters }))
    .max(APPROVALS_MAX),
  /** The instant at which the record was made. */
  at: instantSchema,
})
export type ApprovalRecord = z.output<typeof approvalRecordSchema>

export interface CheckedApproval {
  readonly person: string
  readonly credential_id: string
  readonly given_at: number
  /** Absent where it counts. */
  readonly refusal?: Refusal
}

export interface ApprovalsChecked {
  /** Nothing is wrong with the proposal and nothing was done that might not be done. Approvals that do not count are no fault. */
  readonly ok: boolean
  readonly digest: string
  readonly outcome: Outcome
  readonly approvals: readonly CheckedApproval[]
  readonly faults: readonly Refusal[]
}

interface Judged {
  readonly approval: Approval
  readonly refusal?: Refusal
}

/** For the site of now, or for one that was in force when it was given. The refusal is that of now. */
function verified(record: ApprovalRecord, approval: Approval, roster: Roster, at: number) {
  const sites: Site[] = record.earlier_sites.filter(({ until }) => approval.given_at <= until)
  const found = [record.site, ...sites].map((site) =>
    verifyApproval({ proposal: record.proposal, approval, roster, site, at }),
  )
  return found.find((one) => !isRefusal(one)) ?? found[0]
}

/** At the instant of the first execution, where there is one: what happened to people and keys after it changes nothing. */
function judge(record: ApprovalRecord, roster: Roster, at: number): Judged[] {
  const seen = new Set<string>()
  const ordered = [...record.approvals].sort((a, b) => a.given_at - b.given_at)
  return ordered.map((approval) => {
    const found = verified(record, approval, roster, at)
    if (isRefusal(found)) return { approval, refusal: found }
    if (seen.has(approval.person)) {
      return {
        approval,
        refusal: refuse('APPROVAL-008', `${approval.person} has approved already`, { field: 'person' }),
      }
    }
    seen.add(approval.person)
    return { approval }
  })
}

/** The proposer's own ear is no second one. */
const calledBackAt = ({ proposal, call_backs }: ApprovalRecord): number | undefined =>
  call_backs.flatMap(({ at, by }) => (by === proposal.proposed_by ? [] : [at])).sort((a, b) => a - b)[0]

function executionFaults(of: Case, { executions }: ApprovalRecord, roster: Roster): Refusal[] {
  const { proposal } = of
  const ordered = [...executions].sort((a, b) => a.at - b.at)
  return ordered.flatMap(({ at, act, parameters }, place) => {
    const executed_at = place === 0 ? undefined : ordered[0]?.at
    const fault = executionFault({ ...of, executed_at }, roster, at)
    const isSame = canonical({ act, parameters }) === canonical({ act: proposal.act, parameters: proposal.parameters })
    const other = isSame
      ? undefined
      : refuse('APPROVAL-013', `${act} was executed with other content`, { field: 'executions' })
    return [fault, other].filter((one) => one !== undefined)
  })
}

/** The whole record judged, or the first field that is not of its shape. */
export function checkApprovals(input: unknown): ApprovalsChecked | Refusal {
  const record = parse(approvalRecordSchema, input)
  if (isRefusal(record)) return record
  const { proposal, vetoes, executions, policies, risks } = record
  const roster = rosterOf(record.people)
  const digest = proposalDigest(proposal)
  const executed_at = executions.length === 0 ? undefined : Math.min(...executions.map(({ at }) => at))
  const judged = judge(record, roster, executed_at ?? record.at)
  const counted = judged.filter(({ refusal }) => refusal === undefined).map(({ approval }) => approval)
  const of: Case = { proposal, approvals: counted, vetoes, risks, called_back_at: calledBackAt(record) }
  const faults = [
    digest === record.digest
      ? undefined
      : refuse('APPROVAL-015', `recorded ${record.digest}; it is ${digest}`, { field: 'digest' }),
    termsFault(proposal, policies),
    ...executionFaults(of, record, roster),
  ].filter((fault) => fault !== undefined)
  const approvals = judged.map(({ approval: { person, given_at, assertion }, refusal }) => ({
    ...{ person, credential_id: assertion.credential_id, given_at },
    ...(refusal === undefined ? {} : { refusal }),
  }))
  const found = outcome({ ...of, executed_at }, roster, record.at)
  return { ok: faults.length === 0, digest, outcome: found, approvals, faults }
}
