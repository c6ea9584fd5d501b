/** The rules of approval that founding begins with, and whether the people there are can keep them. */
import type { Refusal } from '../../kernel/refusal.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/time.ts'
import { GUARDED, type GuardedAct } from './acts.ts'
import type { ApprovalPolicy, Terms } from './engine/approval/index.ts'
import { refuse } from './refusals.ts'
import type { Role } from './roles.ts'
import { type AccessState, isSuspended, keysOf, type PersonState, policyNow, rolesOf } from './state.ts'

/** The least that the engine allows: long enough to read, to think and to find a telephone. */
const LOCK_MS = 30 * MINUTE_MS
/** With somebody at risk one more pair of eyes, and the length of a meeting more to veto. */
const AT_RISK = { approvals_added: 1, time_lock_added_ms: HOUR_MS }

/** Acts that one other person's approval is enough for: they tell or record, and move nothing. */
const FOUR_EYES: readonly GuardedAct[] = [
  'notice.approve',
  'recipient.set',
  'reporter.set',
  'incident.close',
  'clock.meet',
  'fund.set',
]
/** What impersonation aims at: a new destination, a changed payee, a new key, a reset factor. */
const CALLED_BACK: readonly GuardedAct[] = ['wallet.register', 'key.add', 'key.recover', 'recipient.set']

const approverRoles = (act: GuardedAct): Role[] =>
  FOUR_EYES.includes(act) ? ['approver', 'guardian', 'compliance'] : ['approver', 'guardian']

function termsOf(act: GuardedAct): Terms {
  return {
    approvals_min: FOUR_EYES.includes(act) ? 1 : 2,
    roles: approverRoles(act),
    veto_roles: ['guardian'],
    expires_after_ms: DAY_MS,
    time_lock_ms: GUARDED[act].weakens ? LOCK_MS : 0,
    at_risk: AT_RISK,
    ...(CALLED_BACK.includes(act) && { call_back: true }),
  }
}

/** What holds from the first enrolment until the founder, or later a quorum, sets other rules. */
export const firstPolicy = (from: number): ApprovalPolicy => ({
  from,
  acts: (Object.keys(GUARDED) as GuardedAct[]).map((act) => ({
    ...{ act, weakens: GUARDED[act].weakens, terms: termsOf(act) },
  })),
})

const isReady = (person: PersonState, held: readonly Role[], roles: readonly string[]): boolean =>
  !isSuspended(person) && keysOf(person).length > 0 && held.some((role) => roles.includes(role))

/**
 * The first act whose quorum could not be met, by default with any one person away. `changed` is looked at with those roles: with none if
 * suspended.
 */
export function quorumFault(
  state: AccessState,
  policy: ApprovalPolicy | undefined = policyNow(state),
  changed?: { readonly person: string; readonly roles: readonly Role[] },
  away = 1,
): Refusal | undefined {
  const people = [...state.people.values()]
  const rolesNow = (one: PersonState): readonly Role[] =>
    one.person === changed?.person ? changed.roles : rolesOf(one)
  for (const { act, terms } of policy?.acts ?? []) {
    const ready = people.filter((one) => isReady(one, rolesNow(one), terms.roles)).length
    if (ready >= terms.approvals_min + away) continue
    const expected = `at least ${terms.approvals_min + away} of the roles ${terms.roles.join(', ')}`
    return refuse('ACCESS-008', `${act}: ${ready} people can approve it`, { field: 'people', expected })
  }
  return undefined
}
