/**
 * What time alone will change: a binary heap over three columns of whole numbers. A timer that has become void stays until it reaches
 * the top and is trimmed there, so that setting one costs nothing beyond its place.
 */
import type { Instant } from '../../../kernel/time.ts'

export const TIMER = {
  /** A permit's time to land is over. Refers to its row. */
  landing: 0,
  /** A hold for a person is over. Refers to the withdrawal's row. */
  hold: 1,
  /** The first of a waiting line may fit. Refers to the pair. */
  wake: 2,
  /** An evacuation's permit expired. Refers to its row. */
  renew: 3,
} as const
export type TimerKind = (typeof TIMER)[keyof typeof TIMER]

export interface Timers {
  readonly at: number[]
  readonly kind: number[]
  readonly ref: number[]
}

export interface Timer {
  readonly at: Instant
  readonly kind: TimerKind
  readonly ref: number
}

/** Looking further than this past void timers would make one tick long; the next tick goes on. */
const VISITED_MAX = 1_000

export const emptyTimers = (): Timers => ({ at: [], kind: [], ref: [] })

const timeAt = (timers: Timers, place: number): number => timers.at[place] ?? Number.MAX_SAFE_INTEGER

function put(timers: Timers, place: number, at: number, kind: number, ref: number): void {
  timers.at[place] = at
  timers.kind[place] = kind
  timers.ref[place] = ref
}

const copy = (timers: Timers, from: number, to: number): void =>
  put(timers, to, timers.at[from] ?? 0, timers.kind[from] ?? 0, timers.ref[from] ?? 0)

export function setTimer(timers: Timers, { at, kind, ref }: Timer): void {
  let place = timers.at.length
  put(timers, place, at, kind, ref)
  while (place > 0) {
    const above = (place - 1) >> 1
    if (timeAt(timers, above) <= at) break
    copy(timers, above, place)
    place = above
  }
  put(timers, place, at, kind, ref)
}

export const firstAt = (timers: Timers): Instant | undefined => timers.at[0]

function read(timers: Timers, place: number): Timer {
  return { at: timeAt(timers, place), kind: (timers.kind[place] ?? 0) as TimerKind, ref: timers.ref[place] ?? 0 }
}

function pop(timers: Timers): void {
  const at = timers.at.pop() ?? 0
  const kind = timers.kind.pop() ?? 0
  const ref = timers.ref.pop() ?? 0
  const size = timers.at.length
  if (size === 0) return
  let place = 0
  for (;;) {
    const left = place * 2 + 1
    if (left >= size) break
    const least = timeAt(timers, left + 1) < timeAt(timers, left) ? left + 1 : left
    if (timeAt(timers, least) >= at) break
    copy(timers, least, place)
    place = least
  }
  put(timers, place, at, kind, ref)
}

/** Removes void timers from the top, so that the first is always one that counts. */
export function trim(timers: Timers, counts: (timer: Timer) => boolean): void {
  while (timers.at.length > 0 && !counts(read(timers, 0))) pop(timers)
}

/** Up to `most` timers that count and are due at `now`, earliest first. Changes nothing. */
export function dueTimers(timers: Timers, now: Instant, most: number, counts: (timer: Timer) => boolean): Timer[] {
  const found: Timer[] = []
  const edge = timers.at.length > 0 ? [0] : []
  for (let visited = 0; visited < VISITED_MAX && found.length < most && edge.length > 0; visited++) {
    let least = 0
    for (let i = 1; i < edge.length; i++) {
      if (timeAt(timers, edge[i] ?? 0) < timeAt(timers, edge[least] ?? 0)) least = i
    }
    const place = edge[least] ?? 0
    if (timeAt(timers, place) > now) break
    const timer = read(timers, place)
    if (counts(timer)) found.push(timer)
    edge.splice(least, 1)
    for (const below of [place * 2 + 1, place * 2 + 2]) if (below < timers.at.length) edge.push(below)
  }
  return found
}
