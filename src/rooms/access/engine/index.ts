/** The administrator-behaviour engine: see README.md. */
export { againstBudget, alarmDay, type BudgetReport, nameOfDay } from './budget.ts'
export { type Behaviour, detect, inTimeOrder, noBehaviour } from './detect.ts'
export {
  DETECTORS,
  type Detection,
  type Detector,
  isAlarm,
  SEVERITIES,
  type Severity,
  type Words,
} from './detection.ts'
export { ACTS, type Act, type AdminEvent, type Novelty, type Source } from './event.ts'
export { BUDGET_PER_DAY, DEFAULTS, type Options } from './limits.ts'
