/** How many within the last hour, and the account's own busiest hour: a sliding window in fixed space. */
import type { Instant } from '../../../kernel/time.ts'
import { BURST_TIMES, BUSIEST_KEPT_PER_DAY, WINDOW_STEP_MS, WINDOW_STEPS } from './limits.ts'

export interface Burst {
  readonly steps: number[]
  /** The step that was counted last, since 1970. */
  at: number
  /** Sum of `steps`. */
  count: number
  firstLine: number
  /** Highest count on the days before, fading. */
  busiest: number
  /** Highest count today. */
  today: number
  day: number
}

export const noBurst = (): Burst => ({
  steps: new Array<number>(WINDOW_STEPS).fill(0),
  at: 0,
  count: 0,
  firstLine: 0,
  busiest: 0,
  today: 0,
  day: 0,
})

const stepOf = (time: Instant): number => Math.floor(time / WINDOW_STEP_MS)

/** What stands in the window at `time`; nothing is changed. At most twelve steps are read. */
export function within(burst: Burst, time: Instant): number {
  const step = stepOf(time)
  if (step - burst.at >= WINDOW_STEPS) return 0
  let count = burst.count
  for (let gone = burst.at + 1; gone <= step; gone += 1) count -= burst.steps[gone % WINDOW_STEPS] ?? 0
  return count
}

export function countIn(burst: Burst, time: Instant, day: number, line: number): void {
  const step = stepOf(time)
  const left = within(burst, time)
  if (step - burst.at >= WINDOW_STEPS) burst.steps.fill(0)
  else for (let gone = burst.at + 1; gone <= step; gone += 1) burst.steps[gone % WINDOW_STEPS] = 0
  if (left === 0) burst.firstLine = line
  burst.at = Math.max(step, burst.at)
  burst.steps[burst.at % WINDOW_STEPS] = (burst.steps[burst.at % WINDOW_STEPS] ?? 0) + 1
  burst.count = left + 1
  if (day !== burst.day) {
    burst.busiest = Math.max(burst.busiest, burst.today) * BUSIEST_KEPT_PER_DAY ** Math.max(0, day - burst.day)
    burst.today = 0
    burst.day = day
  }
  burst.today = Math.max(burst.today, burst.count)
}

/** The account's own threshold on a day: what was so far today does not count, else a burst would raise its own bar. */
export function threshold(burst: Burst, day: number, min: number): number {
  const past = day === burst.day ? burst.busiest : Math.max(burst.busiest, burst.today)
  return Math.max(min, Math.ceil(BURST_TIMES * past))
}
