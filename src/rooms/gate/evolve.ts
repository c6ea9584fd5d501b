/** One fold for each event. After each, timers that became void are trimmed, so that `due` may trust the first. */
import type { Evolve } from '../../machine/room.ts'
import { moveFolds } from './fold-moves.ts'
import { registryFolds } from './fold-registry.ts'
import type { events } from './messages.ts'
import { counts, type GateState } from './state.ts'
import { type Timer, trim } from './store/timers.ts'

type Folds = Evolve<GateState, typeof events>

const folds: Folds = { ...registryFolds, ...moveFolds }

const trimmed = (state: GateState): void => trim(state.timers, (timer: Timer) => counts(state, timer))

function withTrim<D, H>(fold: (state: GateState, data: D, happened: H) => void) {
  return (state: GateState, data: D, happened: H): void => {
    fold(state, data, happened)
    trimmed(state)
  }
}

export const evolve: Folds = Object.fromEntries(
  Object.entries(folds).map(([type, fold]) => [type, withTrim(fold as (state: GateState, data: object) => void)]),
) as Folds
