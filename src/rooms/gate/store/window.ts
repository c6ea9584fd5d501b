/**
 * What left a wallet within the last stretch of time, exact to the millisecond and to the base unit. A Fenwick tree over the amounts
 * in order of time gives each sum in O(log n), also after an amount in the middle was given back, and tells when room will be free.
 */
import type { Instant } from '../../../kernel/time.ts'

/** Amounts that have left the window are dropped once they are more than this many and more than half. */
const DROP_MIN = 256

export interface Window {
  /** Never falling. */
  times: number[]
  /** Node i (from 1, kept at i - 1) holds the sum of the `i & -i` amounts up to i. */
  tree: bigint[]
  total: bigint
  /** Amounts dropped from the front so far: a slot is counted from the very first. */
  dropped: number
}

export const emptyWindow = (): Window => ({ times: [], tree: [], total: 0n, dropped: 0 })

const node = (window: Window, i: number): bigint => window.tree[i - 1] ?? 0n

/** Adds an amount at the end; the slot names it later. */
export function push(window: Window, at: Instant, amount: bigint): number {
  const i = window.tree.length + 1
  let sum = amount
  for (let step = 1; step < (i & -i); step <<= 1) sum += node(window, i - step)
  window.tree.push(sum)
  window.times.push(at)
  window.total += amount
  return window.dropped + i - 1
}

/** Adds to the amount of a slot, or takes from it where `change` is negative. A slot that was dropped no longer matters. */
export function adjust(window: Window, slot: number, change: bigint): void {
  const first = slot - window.dropped + 1
  if (first < 1) return
  for (let i = first; i <= window.tree.length; i += i & -i) window.tree[i - 1] = node(window, i) + change
  window.total += change
}

/** How many amounts from the front were made at `time` or before. */
function countUntil(window: Window, time: Instant): number {
  let [low, high] = [0, window.times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((window.times[middle] ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low
}

function sumOfFirst(window: Window, count: number): bigint {
  let sum = 0n
  for (let i = count; i > 0; i -= i & -i) sum += node(window, i)
  return sum
}

/** The sum of what was made after `time`. */
export const sumAfter = (window: Window, time: Instant): bigint =>
  window.total - sumOfFirst(window, countUntil(window, time))

/**
 * When the sum within `length` ms will have fallen to `most`, if nothing is added; 0 where no amount has to leave for that.
 * `most` must not be negative.
 */
export function freeAt(window: Window, most: bigint, length: number): Instant {
  const excess = window.total - most
  if (excess <= 0n) return 0
  // The fewest amounts from the front that reach the excess: the usual descent of a Fenwick tree.
  let [count, sum] = [0, 0n]
  for (let step = 1 << (31 - Math.clz32(window.tree.length)); step > 0; step >>>= 1) {
    const i = count + step
    if (i > window.tree.length || sum + node(window, i) >= excess) continue
    count = i
    sum += node(window, i)
  }
  return (window.times[count] ?? 0) + length
}

/** Forgets what was made at `time` or before, when it is worth the work. */
export function drop(window: Window, time: Instant): void {
  const first = window.times[0]
  if (first === undefined || first > time || window.times.length < DROP_MIN) return
  const count = countUntil(window, time)
  if (count < DROP_MIN || count * 2 < window.times.length) return
  const kept = amounts(window).slice(count)
  const times = window.times.slice(count)
  window.dropped += count
  window.times = []
  window.tree = []
  window.total = 0n
  kept.forEach((amount, place) => {
    push(window, times[place] ?? 0, amount)
  })
}

/** The single amounts again. */
function amounts(window: Window): bigint[] {
  const out = window.tree.slice()
  for (let i = out.length; i > 0; i--) {
    const above = i + (i & -i)
    if (above <= out.length) out[above - 1] = (out[above - 1] ?? 0n) - (out[i - 1] ?? 0n)
  }
  return out
}
