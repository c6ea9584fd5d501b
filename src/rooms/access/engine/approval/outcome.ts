/** What becomes of a proposal: a pure function of what was recorded and the instant. The order of the records never matters. */
import { z } from 'zod'
import { nameSchema } from '../../../../kernel/names.ts'
import type { Refusal } from '../../../../kernel/refusal.ts'
import { type Instant, instantSchema } from '../../../../kernel/time.ts'
import { type Approval, approvalFault, personFault } from './approve.ts'
import { holds, type Roster, type Span, wasSuspended } from './people.ts'
import { type Proposal, proposalDigest } from './proposal.ts'
import { refuse } from './refusals.ts'

/** A veto needs no signature: like a halt it only ever stops something, and it must be quick. */
export const vetoSchema = z.strictObject({ person: nameSchema, at: instantSchema })
export type Veto = z.infer<typeof vetoSchema>

export interface Case {
  readonly proposal: Proposal
  /** Those whose signature was verified when they came. */
  readonly approvals: readonly Approval[]
  readonly vetoes: readonly Veto[]
  readonly executed_at?: Instant | undefined
  /** The first call-back that heard the right code, where one did. */
  readonly called_back_at?: Instant | undefined
  /** When any administrator was at risk. */
  readonly risks?: readonly Span[] | undefined
}

export type Outcome =
  | {
      readonly state: 'waiting'
      readonly approved_by: readonly string[]
      readonly missing: number
      /** A call-back is asked for and has not been made. */
      readonly call_back: boolean
    }
  | {
      readonly state: 'approved'
      readonly approved_by: readonly string[]
      /** It may be executed from here, by itself of `executable_until` no longer. */
      readonly executable_from: Instant
      readonly executable_until: Instant
    }
  | { readonly state: 'vetoed'; readonly by: string; readonly at: Instant }
  | { readonly state: 'void'; readonly why: 'proposer' }
  | { readonly state: 'expired'; readonly at: Instant }
  | { readonly state: 'executed'; readonly at: Instant }

/** Why a veto does not count. A suspended person's word stops nothing; nobody's own later suspension takes a veto back. */
export const vetoFault = (proposal: Proposal, veto: Veto, roster: Roster, at: Instant): Refusal | undefined =>
  veto.at < proposal.proposed_at || veto.at > at
    ? refuse('APPROVAL-006', `vetoed at ${veto.at}, outside the proposal’s life`, { field: 'at' })
    : personFault(roster.person(veto.person), proposal.terms.veto_roles, veto.at, veto.at)

/** By instant, then by name: any order of the same records gives the same answer. */
const earlier = (a: { at: Instant; person: string }, b: { at: Instant; person: string }): number =>
  a.at - b.at || (a.person < b.person ? -1 : a.person > b.person ? 1 : 0)

/** Each person once, at the instant of the first approval that counts. */
export function approvers(
  { proposal, approvals }: Case,
  roster: Roster,
  at: Instant,
): { person: string; at: Instant }[] {
  const digest = proposalDigest(proposal)
  const first = new Map<string, Instant>()
  for (const approval of approvals) {
    if (approvalFault(proposal, digest, approval, roster, at) !== undefined) continue
    const known = first.get(approval.person)
    if (known === undefined || approval.given_at < known) first.set(approval.person, approval.given_at)
  }
  return [...first].map(([person, given]) => ({ person, at: given })).sort(earlier)
}

/** Somebody unknown, or suspended since, proposes nothing: an open proposal of theirs is void. */
function isVoid({ proposed_by, proposed_at }: Proposal, roster: Roster, at: Instant): boolean {
  const proposer = roster.person(proposed_by)
  return proposer === undefined || wasSuspended(proposer, proposed_at, at)
}

/** How many must agree and for how long it is locked: more of both while an administrator is at risk. */
function asks({ proposal: { terms }, risks = [] }: Case, at: Instant): { approvals: number; lock_ms: number } {
  const more = risks.some((risk) => holds(risk, at)) ? terms.at_risk : undefined
  return {
    approvals: terms.approvals_min + (more?.approvals_added ?? 0),
    lock_ms: terms.time_lock_ms + (more?.time_lock_added_ms ?? 0),
  }
}

/** From when on nothing is missing but approvals; `undefined` while a call-back is. */
function calledBack({ proposal, called_back_at }: Case, at: Instant): Instant | undefined {
  if (proposal.terms.call_back !== true) return proposal.proposed_at
  if (called_back_at === undefined || called_back_at > at || called_back_at >= proposal.expires_at) return undefined
  return called_back_at
}

/** The state at `at`. What may be executed is exactly `proposal.act` with `proposal.parameters`, once, while `approved` and unlocked. */
export function outcome(asked: Case, roster: Roster, at: Instant): Outcome {
  const { proposal, vetoes, executed_at } = asked
  if (executed_at !== undefined && executed_at <= at) return { state: 'executed', at: executed_at }
  const [veto] = vetoes.filter((one) => vetoFault(proposal, one, roster, at) === undefined).sort(earlier)
  if (veto !== undefined) return { state: 'vetoed', by: veto.person, at: veto.at }
  if (isVoid(proposal, roster, at)) return { state: 'void', why: 'proposer' }
  const { approvals, lock_ms } = asks(asked, at)
  const counted = approvers(asked, roster, at)
  const approved_by = counted.map(({ person }) => person)
  const last = counted[approvals - 1]
  const called = calledBack(asked, at)
  if (last === undefined || called === undefined) {
    if (at >= proposal.expires_at) return { state: 'expired', at: proposal.expires_at }
    const missing = Math.max(0, approvals - counted.length)
    return { state: 'waiting', approved_by, missing, call_back: called === undefined }
  }
  // Counted from the expiry, not from the last approval, so that one more approval never takes time away.
  const executable_until = proposal.expires_at + lock_ms
  if (at >= executable_until) return { state: 'expired', at: executable_until }
  return { state: 'approved', approved_by, executable_from: Math.max(last.at, called) + lock_ms, executable_until }
}

/** Whether it may be executed at `at`, this once. */
export function executionFault(asked: Case, roster: Roster, at: Instant): Refusal | undefined {
  if (asked.executed_at !== undefined) return refuse('APPROVAL-014', `it was executed at ${asked.executed_at}`)
  const found = outcome(asked, roster, at)
  if (found.state !== 'approved') return refuse('APPROVAL-012', `it is ${found.state}; expected approved`)
  if (at >= found.executable_from) return undefined
  return refuse('APPROVAL-012', `it is locked until ${found.executable_from}`, {
    context: { executable_from: found.executable_from },
  })
}
