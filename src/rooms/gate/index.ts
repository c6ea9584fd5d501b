/** The gate's public face. Its rules stand in README.md. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { commands, events } from './messages.ts'
import type { GateNeeds } from './needs.ts'
import { gateRefusals } from './refusals.ts'
import { type GateState, initial } from './state.ts'
import { firstAt } from './store/timers.ts'
import { tick } from './tick.ts'

export { accountsOn, type Movement, type Near, nearPermit, permitFor, refugeOf, walletByAccount } from './match.ts'
export type { Permit } from './messages.ts'
export type { GateNeeds } from './needs.ts'
export { PERMIT_TYPE } from './permit/jws.ts'
export { routes } from './routes.ts'
export { type Sent, sentTo } from './sent.ts'
export type { GateState } from './state.ts'
export {
  assetName,
  cannotPay,
  haltViews,
  heldCount,
  permitClaims,
  permitCounts,
  permitStatus,
  policyView,
  signedClaims,
  spendablePermit,
  type WalletView,
  walletViews,
  withdrawalById,
  withdrawalPage,
} from './views.ts'

export const gateRoom: Room<GateState, typeof commands, typeof events, GateNeeds> = {
  name: 'gate',
  stateVersion: 2,
  commands,
  events,
  refusals: gateRefusals,
  // A thief must not gain time from a wrong clock.
  urgent: ['halt.raise', 'evacuation.order'],
  initial,
  decide,
  evolve,
  due: (state) => firstAt(state.timers),
  tick,
}
