/** The trace room: where the stolen coins went. The following itself is `engine/`, run outside the turn. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { commands, events } from './messages.ts'
import type { TraceNeeds } from './needs.ts'
import { traceRefusals } from './refusals.ts'
import { evolve, initial, type TraceState } from './state.ts'

export {
  commands,
  events,
  TRACE_ENTITY_MAX,
  TRACE_KIND_MAX,
  TRACE_SERVICES_TOLD_MAX,
  TRACE_SOURCES_MAX,
  TRACE_UNACCOUNTED_TOLD_MAX,
} from './messages.ts'
export type { TraceNeeds } from './needs.ts'
export { routes } from './routes.ts'
export type { TraceState } from './state.ts'
export { runOf, traceOf, traceView } from './views.ts'

export const traceRoom: Room<TraceState, typeof commands, typeof events, TraceNeeds> = {
  name: 'trace',
  stateVersion: 1,
  commands,
  events,
  refusals: traceRefusals,
  urgent: ['trace.start', 'trace.record', 'trace.fail'],
  initial,
  decide,
  evolve,
}
