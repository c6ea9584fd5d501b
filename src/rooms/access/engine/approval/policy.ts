/** Which act needs whom: the terms that a proposal takes with it. What no terms name cannot be proposed. */
import { z } from 'zod'
import { canonical } from '../../../../kernel/canonical.ts'
import { nameSchema } from '../../../../kernel/names.ts'
import type { Refusal } from '../../../../kernel/refusal.ts'
import { type Instant, instantSchema, MINUTE_MS } from '../../../../kernel/time.ts'
import { type Proposal, type Terms, termsSchema } from './proposal.ts'
import { refuse } from './refusals.ts'

/** A veto needs somebody to read, to think and to find a telephone. */
export const TIME_LOCK_MS_MIN = 30 * MINUTE_MS
const ACTS_MAX = 100

const actSchema = z.strictObject({
  act: nameSchema,
  /** Whether the act takes away protection: such an act is locked for a time in which any one guardian vetoes it. */
  weakens: z.boolean(),
  terms: termsSchema,
})

export const policySchema = z.strictObject({ from: instantSchema, acts: z.array(actSchema).max(ACTS_MAX) })
export type ApprovalPolicy = z.infer<typeof policySchema>

/** The first contradiction in a policy. */
export function policyFault({ acts }: ApprovalPolicy): Refusal | undefined {
  for (const [place, { act, weakens, terms }] of acts.entries()) {
    const field = `acts.${place}`
    if (acts.findIndex((one) => one.act === act) !== place) {
      return refuse('APPROVAL-010', `${act} stands twice`, { field })
    }
    if (weakens && terms.time_lock_ms < TIME_LOCK_MS_MIN) {
      const expected = `at least ${TIME_LOCK_MS_MIN}`
      return refuse('APPROVAL-010', `${act} weakens protection; time_lock_ms must be ${expected}`, { field, expected })
    }
    if (weakens && terms.veto_roles.length === 0) {
      return refuse('APPROVAL-010', `${act} weakens protection; veto_roles is empty`, { field })
    }
  }
  return undefined
}

const termsFor = (policy: ApprovalPolicy, act: string): Terms | undefined =>
  policy.acts.find((one) => one.act === act)?.terms

export type Draft = Omit<Proposal, 'terms' | 'expires_at'>

/** The proposal under the terms of the policy in force, or why there can be none. */
export function propose(policy: ApprovalPolicy, draft: Draft): Proposal | Refusal {
  const terms = termsFor(policy, draft.act)
  if (terms === undefined) return refuse('APPROVAL-009', `the policy has no terms for ${draft.act}`, { field: 'act' })
  return { ...draft, terms: structuredClone(terms), expires_at: draft.proposed_at + terms.expires_after_ms }
}

/** The policy in force at an instant: the latest that began by then. */
const inForce = (policies: readonly ApprovalPolicy[], at: Instant): ApprovalPolicy | undefined =>
  policies
    .filter(({ from }) => from <= at)
    .reduce<ApprovalPolicy | undefined>(
      (last, one) => (last !== undefined && last.from > one.from ? last : one),
      undefined,
    )

/** Whether a proposal took its terms from the policy of its day. Somebody with the database in hand would write softer ones into it. */
export function termsFault(proposal: Proposal, policies: readonly ApprovalPolicy[]): Refusal | undefined {
  const policy = inForce(policies, proposal.proposed_at)
  const terms = policy === undefined ? undefined : termsFor(policy, proposal.act)
  if (terms === undefined) return refuse('APPROVAL-009', `no policy had terms for ${proposal.act}`, { field: 'act' })
  if (canonical(terms) !== canonical(proposal.terms)) {
    return refuse('APPROVAL-011', 'the terms are not those of the policy in force', { field: 'terms' })
  }
  if (proposal.expires_at !== proposal.proposed_at + terms.expires_after_ms) {
    return refuse('APPROVAL-011', 'expires_at is not what the terms say', { field: 'expires_at' })
  }
  return undefined
}
