/** The incident room: rule packs, cases, clocks, notices. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { commands, events } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import { incidentRefusals } from './refusals.ts'
import { type IncidentState, initial } from './state.ts'
import { due, tick } from './tick.ts'

export const incidentRoom: Room<IncidentState, typeof commands, typeof events, IncidentNeeds> = {
  name: 'incident',
  stateVersion: 3,
  commands,
  events,
  refusals: incidentRefusals,
  // A case is opened and told of also while the clock is wrong.
  urgent: [
    'incident.open',
    'incident.record',
    'incident.retract',
    'notice.mark_sent',
    'notice.mark_failed',
    'notice.mark_delayed',
  ],
  initial,
  decide,
  evolve,
  due,
  tick,
}

export type { DetailNeeds, IncidentNeeds, Loss, LossItem } from './needs.ts'
export { incidentDetail, incidentRecord, noIncident, timelineOf } from './record.ts'
export { incidentRefusals } from './refusals.ts'
export { routes } from './routes.ts'
export { PACK_OBLIGATIONS_MAX, packSchema } from './rules.ts'
export type { IncidentState } from './state.ts'
export {
  authoritiesWithoutRecipient,
  clockStatus,
  hasIncident,
  incidentList,
  type Letter,
  letterOf,
  type NearestClock,
  nearestClock,
  noticeOf,
  openIncidentOf,
  openIncidents,
  recipientList,
  stolenIn,
  waitingNotices,
} from './views.ts'
