/** The watch: matches every movement on the chains to a permit, and knows whether it sees. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { evolve } from './fold.ts'
import { due, tick } from './health.ts'
import { commands, events } from './messages.ts'
import type { WatchNeeds } from './needs.ts'
import { watchRefusals } from './refusals.ts'
import { initial, type WatchState } from './state.ts'

export const watchRoom: Room<WatchState, typeof commands, typeof events, WatchNeeds> = {
  name: 'watch',
  stateVersion: 1,
  commands,
  events,
  refusals: watchRefusals,
  // A theft is reported and undone whatever the clock says.
  urgent: ['block.observe', 'chain.rewind', 'source.report'],
  initial,
  decide,
  evolve,
  due,
  tick,
}

export { AccountSet, concerning } from './engine/filter.ts'
export { HEARTBEAT_MS } from './limits.ts'
export type { Movement, Near, WatchNeeds } from './needs.ts'
export { routes } from './routes.ts'
export type { WatchState } from './state.ts'
export {
  type HoldingView,
  holdingOf,
  holdings,
  type Landmark,
  type Standing,
  standing,
  transferPage,
  unpermittedCount,
  type Watcher,
  watchers,
} from './views.ts'
