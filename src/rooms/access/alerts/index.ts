/** Alerts and risks: what the room `access` is made of, and what others read of it. */
export { decideAlerts } from './decide.ts'
export { evolveAlerts } from './fold.ts'
export {
  commands as alertCommands,
  DETECTIONS_MAX,
  events as alertEvents,
  LINES_MAX,
  LOGIN_MAX,
  type Memory,
  PARTS_MAX,
} from './messages.ts'
export type { AlertsNeeds } from './needs.ts'
export { alertRefusals } from './refusals.ts'
export { type AlertsState, initialAlerts, type LastUpload } from './state.ts'
export {
  type AtRisk,
  alertsPage,
  alertsParams,
  atRisk,
  type RiskSpan,
  riskOf,
  risks,
  type ToldOf,
  toldOf,
} from './views.ts'
