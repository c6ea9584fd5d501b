/** What the passing of time causes: holds end, lines move, permits that never landed are given up, evacuations are renewed. */
import type { Turn } from '../../machine/room.ts'
import { renewRescues } from './decide-evacuation.ts'
import { decideHeld } from './decide-requests.ts'
import { TICK_TIMERS_MAX } from './limits.ts'
import { first } from './line.ts'
import type { GateEvent } from './messages.ts'
import type { GateNeeds } from './needs.ts'
import { counts, type GateState, pairOfRow } from './state.ts'
import { idOf, permitOf } from './store/rows.ts'
import { dueTimers, TIMER, type Timer } from './store/timers.ts'

/**
 * Everything here is decided on one state, so nothing is decided twice: of each line only the first, of each row only one thing.
 * What else is due at the same time is left to the next tick.
 */
export function tick(state: GateState, turn: Turn<GateNeeds>): readonly GateEvent[] {
  const due = dueTimers(state.timers, turn.at, TICK_TIMERS_MAX, (timer) => counts(state, timer))
  const events: GateEvent[] = []
  const done = new Set<number>()
  const expired: number[] = []
  for (const timer of due) {
    const row = rowOfTimer(state, timer)
    if (row === undefined || done.has(row)) continue
    done.add(row)
    if (timer.kind === TIMER.renew) expired.push(row)
    else if (timer.kind === TIMER.landing) events.push(unlanded(state, row))
    else events.push(decideHeld({ state, turn }, row))
  }
  return [...events, ...renewRescues(state, expired, turn)]
}

/** The row that a timer is about: of a waiting line its first. */
function rowOfTimer(state: GateState, { kind, ref }: Timer): number | undefined {
  if (kind !== TIMER.wake) return ref
  const line = state.pairs[ref]?.line
  return line === undefined ? undefined : first(line)
}

function unlanded(state: GateState, row: number): GateEvent {
  const wallet = pairOfRow(state, row)?.wallet ?? ''
  return { type: 'permit.unlanded', data: { permit: permitOf(row), subject: idOf(state.rows, row), wallet } }
}
