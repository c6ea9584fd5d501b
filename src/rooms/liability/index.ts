/** The liability room: what was lost and its worth, whom it is owed to, which fund pays, and the books of it all. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { evolve } from './fold.ts'
import { commands, events } from './messages.ts'
import type { LiabilityNeeds } from './needs.ts'
import { continuePlan } from './plan.ts'
import { liabilityRefusals } from './refusals.ts'
import { initial, type LiabilityState } from './state.ts'

export { hledgerJournal } from './ledger/hledger.ts'
export { CLAIMS_MAX, commands, events, FUNDS, PRICES_MAX } from './messages.ts'
export type { LiabilityNeeds } from './needs.ts'
export { valueKrw } from './prices.ts'
export { routes } from './routes.ts'
export type { LiabilityState } from './state.ts'
export { assetName, funds, ledger, loss, lossWorth, repaymentSummary } from './views.ts'

export const liabilityRoom: Room<LiabilityState, typeof commands, typeof events, LiabilityNeeds> = {
  name: 'liability',
  stateVersion: 1,
  commands,
  events,
  refusals: liabilityRefusals,
  // What the chain says of losses and of repayments is a fact, whatever the clock says.
  urgent: ['loss.record', 'loss.reverse', 'repayment.settle', 'repayment.refuse', 'repayment.reopen'],
  initial,
  decide,
  evolve,
  due: (state) => state.planning.values().next().value,
  tick: continuePlan,
}
