/** What rules of approval must be, whoever agrees on them. */
import type { Refusal } from '../../kernel/refusal.ts'
import { GUARDED, isGuarded } from './acts.ts'
import { type ApprovalPolicy, policyFault } from './engine/approval/index.ts'
import { quorumFault } from './quorum.ts'
import { refuse } from './refusals.ts'
import { type AccessState, phaseOf } from './state.ts'

/** A dropped act could never be proposed again, `approvals.set` among them; one no longer called weakening would lose its lock and its veto. */
function coverFault({ acts }: ApprovalPolicy): Refusal | undefined {
  const missing = Object.keys(GUARDED).find((act) => !acts.some((one) => one.act === act))
  if (missing !== undefined) {
    return refuse('ACCESS-015', `no rule names ${missing}`, { field: 'acts', expected: 'a rule for every guarded act' })
  }
  for (const [place, { act, weakens }] of acts.entries()) {
    const field = `acts.${place}`
    if (!isGuarded(act)) return refuse('ACCESS-015', `${act} is not a guarded act`, { field: `${field}.act` })
    if (GUARDED[act].weakens && !weakens) {
      return refuse('ACCESS-015', `${act} weakens protection`, { field: `${field}.weakens`, expected: 'true' })
    }
  }
  return undefined
}

export function approvalsFault(state: AccessState, policy: ApprovalPolicy): Refusal | undefined {
  const quorum = phaseOf(state) === 'founded' ? quorumFault(state, policy) : undefined
  return policyFault(policy) ?? coverFault(policy) ?? quorum
}
