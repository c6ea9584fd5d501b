/** A proposal as the engine judges it, and what becomes of it by itself as time passes. */
import type { Instant } from '../../kernel/time.ts'
import { risks } from './alerts/index.ts'
import { type Case, type Outcome, outcome } from './engine/approval/index.ts'
import { type AccessState, type ProposalState, rosterIn } from './state.ts'

export const caseOf = (state: AccessState, found: ProposalState): Case => ({
  proposal: found.proposal,
  approvals: found.approvals,
  vetoes: found.vetoes,
  executed_at: found.executed_at,
  called_back_at: found.called_back?.at,
  risks: risks(state.alerts),
})

export const outcomeOf = (state: AccessState, found: ProposalState, at: Instant): Outcome =>
  outcome(caseOf(state, found), rosterIn(state), at)

/** When time alone next changes an open proposal, as it stands at `at`. */
export function nextChange(state: AccessState, found: ProposalState, at: Instant): Instant {
  const now = outcomeOf(state, found, at)
  if (now.state === 'waiting') return found.proposal.expires_at
  if (now.state !== 'approved') return at
  return found.stalled === undefined ? now.executable_from : now.executable_until
}
