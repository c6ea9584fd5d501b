/** Given events, when a command, then events or a refusal: how every room's rules are told in its tests. */
import type { Refusal } from '../../src/kernel/refusal.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type DataOf, type MessageOf, openRoom, type Room, type Schemas } from '../../src/machine/room.ts'

/** An instant that tests start from: 2026-01-05 00:00:00 UTC, a Monday. */
export const T0 = Date.UTC(2026, 0, 5)

export interface Scene<State, C extends Schemas, E extends Schemas> {
  readonly state: State
  /** Decides and folds; returns the events. Throws on a refusal, so that a story can't go on past one by accident. */
  when<K extends keyof C & string>(type: K, data: DataOf<C, K>, at?: number): readonly MessageOf<E>[]
  /** Decides only: events or refusal, nothing folded. */
  ask<K extends keyof C & string>(type: K, data: DataOf<C, K>, at?: number): readonly MessageOf<E>[] | Refusal
  /** Lets time come; folds and returns what that causes. */
  tick(at: number): readonly MessageOf<E>[]
  due(): number | undefined
  /** The instant of the last turn. */
  now(): number
  /** Folds events that happened before the story starts. */
  given(...events: readonly MessageOf<E>[]): void
}

/** A room alone on a stage: no machine, no journal, no other rooms; `needs` stands in for what those would answer. */
export function scene<State, C extends Schemas, E extends Schemas, Needs>(
  room: Room<State, C, E, Needs>,
  needs: Needs,
  start = T0,
): Scene<State, C, E> {
  const open = openRoom(room, () => needs)
  let now = start
  let index = 0
  let turns = 0
  const turn = (at: number) => {
    now = at
    turns += 1
    let made = 0
    const number = turns
    return { at, by: 'test', newId: (prefix: string) => `${prefix}-${number}-${++made}` }
  }
  const fold = (events: readonly { type: string; data: object }[]): void => {
    for (const event of events) open.evolve(event as never, { at: now, by: 'test', index: index++ })
  }
  const decide = (type: string, data: object, at: number) => {
    const checked = open.check({ type, data } as never)
    if (isRefusal(checked)) return checked
    return open.decide({ type, data: checked }, turn(at)) as readonly MessageOf<E>[] | Refusal
  }
  return {
    get state() {
      return open.state
    },
    when(type, data, at = now) {
      const decided = decide(type, data, at)
      if (isRefusal(decided)) throw new Error(`${type} was refused: ${decided.code} ${decided.detail}`)
      fold(decided)
      return decided
    },
    ask: (type, data, at = now) => decide(type, data, at),
    tick(at) {
      const events = open.tick(turn(at)) as readonly MessageOf<E>[]
      fold(events)
      return events
    },
    due: () => open.due(),
    now: () => now,
    given: (...events) => fold(events),
  }
}
