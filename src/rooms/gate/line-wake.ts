/** When the first of a waiting line is decided again. Asked by every fold that changes the line, its window or its limit. */
import type { Instant } from '../../kernel/time.ts'
import { first } from './line.ts'
import type { GateState, Pair } from './state.ts'
import { amountOf } from './store/rows.ts'
import { setTimer, TIMER } from './store/timers.ts'
import { freeAt } from './store/window.ts'

function wakeTime(state: GateState, pair: Pair, row: number): Instant {
  const requested = state.rows.requestedAt[row] ?? 1
  const latest = state.until.get(row) ?? requested
  if (pair.limit === undefined) return requested
  const most = pair.limit.windowMax - BigInt(amountOf(state.rows, row))
  // It fits at no time any more: it is denied at once, for it would keep up those behind it.
  if (most < 0n) return requested
  const free = freeAt(pair.window, most, pair.limit.windowMs)
  return Math.min(latest, free === 0 ? requested : free)
}

export function wakeLine(state: GateState, place: number): void {
  const pair = state.pairs[place]
  if (pair === undefined) return
  const row = first(pair.line)
  const at = row === undefined ? 0 : wakeTime(state, pair, row)
  if (at === pair.wakeAt) return
  pair.wakeAt = at
  if (at > 0) setTimer(state.timers, { at, kind: TIMER.wake, ref: place })
}
