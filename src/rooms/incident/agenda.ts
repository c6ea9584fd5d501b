/**
 * What waits for its time, in order: a sorted array with an index by key. Asking for the first costs nothing, setting one a binary
 * search and a shift of the few hundred items that open cases have. Plain data, so it survives a snapshot.
 */
import type { Instant } from '../../kernel/time.ts'

export interface Agenda {
  /** By time, ties by key, so that every replay ticks in the same order. */
  readonly items: { readonly at: Instant; readonly key: string }[]
  readonly times: Map<string, Instant>
}

export const newAgenda = (): Agenda => ({ items: [], times: new Map() })

/** The place of the first item that is not before this one. */
function placeOf(agenda: Agenda, at: Instant, key: string): number {
  let low = 0
  let high = agenda.items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = agenda.items[middle]
    if (item !== undefined && (item.at < at || (item.at === at && item.key < key))) low = middle + 1
    else high = middle
  }
  return low
}

/** Sets when the key's time comes; `undefined` takes it off. */
export function setTime(agenda: Agenda, key: string, at: Instant | undefined): void {
  const before = agenda.times.get(key)
  if (before === at) return
  if (before !== undefined) {
    agenda.items.splice(placeOf(agenda, before, key), 1)
    agenda.times.delete(key)
  }
  if (at === undefined) return
  agenda.items.splice(placeOf(agenda, at, key), 0, { at, key })
  agenda.times.set(key, at)
}

export const firstTime = (agenda: Agenda): Instant | undefined => agenda.items[0]?.at

/** At most `limit` keys whose time has come, earliest first. */
export function dueKeys(agenda: Agenda, now: Instant, limit: number): string[] {
  const keys: string[] = []
  for (const { at, key } of agenda.items) {
    if (at > now || keys.length >= limit) break
    keys.push(key)
  }
  return keys
}
