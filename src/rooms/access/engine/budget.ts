/** D22: alarms of each local day beside the budget. The budget hides nothing: who floods the desk must not be able to hide in the flood. */
import { DAY_MS, type Instant, utc } from '../../../kernel/time.ts'
import { type Detection, isAlarm } from './detection.ts'
import { BUDGET_PER_DAY, DEFAULTS } from './limits.ts'
import { dayOf } from './person.ts'

export interface BudgetReport {
  readonly budget: number
  /** Local days from the first event to the last, both included. */
  readonly days: number
  readonly alarms: number
  readonly perDay: number
  /** Days with more alarms than the budget, as `2026-02-06`. */
  readonly over: readonly string[]
}

/** A local day since 1970 as `2026-02-06`. */
export const nameOfDay = (day: number): string => utc(day * DAY_MS).slice(0, 10)

/** The local day on which an alarm counts. */
export const alarmDay = (at: Instant, offset: number = DEFAULTS.offset_ms): number => dayOf(at, offset)

/** `span`: the times of the first and the last event, or `undefined` where there was none. */
export function againstBudget(
  detections: readonly Detection[],
  span: { readonly from: number; readonly to: number } | undefined,
  budget: number = BUDGET_PER_DAY,
  offset: number = DEFAULTS.offset_ms,
): BudgetReport {
  const byDay = new Map<number, number>()
  for (const detection of detections) {
    if (!isAlarm(detection)) continue
    const day = alarmDay(detection.time, offset)
    byDay.set(day, (byDay.get(day) ?? 0) + 1)
  }
  const alarms = [...byDay.values()].reduce((sum, count) => sum + count, 0)
  const days = span === undefined ? 0 : dayOf(span.to, offset) - dayOf(span.from, offset) + 1
  const over = [...byDay].filter(([, count]) => count > budget).map(([day]) => day)
  return {
    budget,
    days,
    alarms,
    perDay: days === 0 ? 0 : alarms / days,
    over: over.sort((a, b) => a - b).map(nameOfDay),
  }
}
