/** What nobody does alone: commands that are taken only as the consequence of an executed proposal. */
import { z } from 'zod'

/** Each with whether it weakens protection: such an act is locked for a time after its approval, and can be vetoed. */
export const GUARDED = {
  'policy.set': { weakens: true },
  'wallet.register': { weakens: true },
  'halt.lift': { weakens: true },
  'withdrawal.release': { weakens: false },
  'repayment.pay': { weakens: false },
  'notice.approve': { weakens: false },
  'pack.load': { weakens: true },
  'recipient.set': { weakens: false },
  'reporter.set': { weakens: false },
  'incident.close': { weakens: false },
  'clock.meet': { weakens: false },
  'fund.set': { weakens: false },
  'person.invite': { weakens: true },
  'person.change': { weakens: true },
  'person.restore': { weakens: true },
  'key.add': { weakens: true },
  'key.recover': { weakens: true },
  'service.register': { weakens: true },
  'approvals.set': { weakens: true },
  'risk.clear': { weakens: true },
  'site.set': { weakens: true },
} as const

export type GuardedAct = keyof typeof GUARDED
export const isGuarded = (type: string): type is GuardedAct => Object.hasOwn(GUARDED, type)

/** One of them. */
export const guardedActSchema = z.enum(Object.keys(GUARDED) as [GuardedAct, ...GuardedAct[]])
