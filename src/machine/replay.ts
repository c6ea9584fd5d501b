/** Folding a stored journal into a fresh machine, and deciding it again to see that the same bytes come out. */
import { type Bytes, equalBytes } from '../kernel/bytes.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { decodeEntry, type Entry } from './entry.ts'
import type { Machine } from './machine.ts'

/** Folds entries into the machine; the first has the index of the machine's position. */
export function fold(machine: Machine, entries: Iterable<Bytes>, onProgress?: (done: number) => void): void {
  let done = 0
  for (const bytes of entries) {
    machine.absorb(decodeEntry(bytes, machine.position.size))
    done += 1
    if (done % PROGRESS_EVERY === 0) onProgress?.(done)
  }
}

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY = 10_000

export interface Difference {
  /** Journal index of the first entry that came out otherwise. */
  readonly index: number
  readonly turn: number
  readonly what: string
}

/** Runs every journaled command again, on a machine that stands at the beginning. `undefined`: every byte came out the same. */
export function redecide(
  machine: Machine,
  entries: Iterable<Bytes>,
  onProgress?: (done: number) => void,
): Difference | undefined {
  let turn: { command: Entry; stored: Bytes[] } | undefined
  let done = 0
  for (const bytes of entries) {
    const entry = decodeEntry(bytes, done)
    if (entry.kind === 'command') {
      const difference = turn && again(machine, turn.command, turn.stored)
      if (difference !== undefined) return difference
      turn = { command: entry, stored: [] }
    }
    if (turn === undefined || entry.turn !== turn.command.turn) {
      return { index: done, turn: entry.turn, what: `stands outside the turn that began before it` }
    }
    turn.stored.push(bytes)
    done += 1
    if (done % PROGRESS_EVERY === 0) onProgress?.(done)
  }
  return turn && again(machine, turn.command, turn.stored)
}

function again(machine: Machine, command: Entry, stored: readonly Bytes[]): Difference | undefined {
  const first = machine.position.size
  const { type, data, by, at, turn } = command
  const done = machine.run({ type, data, by }, at)
  if (isRefusal(done)) return { index: first, turn, what: `${type} is now refused: ${done.code} ${done.detail}` }
  for (let place = 0; place < Math.max(stored.length, done.entries.length); place++) {
    const [was, is] = [stored[place], done.entries[place]]
    if (was !== undefined && is !== undefined && equalBytes(was, is)) continue
    const what =
      was === undefined ? 'is now made in addition' : is === undefined ? 'is no longer made' : 'has other bytes'
    return { index: first + place, turn, what: `an entry of ${type} ${what}` }
  }
  return undefined
}
