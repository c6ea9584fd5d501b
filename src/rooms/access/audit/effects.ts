/** Events that nothing but a guarded act makes, and those that it shares with what people may do alone. */
import type { GuardedAct } from '../acts.ts'

/** Event -> the act without which it does not happen. */
const ONLY: Readonly<Record<string, GuardedAct>> = {
  'policy.changed': 'policy.set',
  'wallet.registered': 'wallet.register',
  'halt.lifted': 'halt.lift',
  'withdrawal.released': 'withdrawal.release',
  'repayment.requested': 'repayment.pay',
  'notice.approved': 'notice.approve',
  'pack.loaded': 'pack.load',
  'recipient.changed': 'recipient.set',
  'reporter.changed': 'reporter.set',
  'incident.closed': 'incident.close',
  'fund.changed': 'fund.set',
  'person.invited': 'person.invite',
  'person.changed': 'person.change',
  'person.restored': 'person.restore',
  'key.recovered': 'key.recover',
  'service.registered': 'service.register',
  'approvals.changed': 'approvals.set',
  'risk.cleared': 'risk.clear',
  'site.changed': 'site.set',
}

export const actBehind = (event: string): GuardedAct | undefined =>
  Object.hasOwn(ONLY, event) ? ONLY[event] : undefined

/** Every act that leaves such an event. `clock.meet` and `key.add` leave events that others make too: those are told by their cause. */
export const ACTS_TOLD: readonly GuardedAct[] = Object.values(ONLY)
