/** The whole check of one entry: checkpoint, signature, bundle, path, and that the stored bytes are what the page shows. */

import { Problem } from '../../api/problem.ts'
import type { JournalEntry } from '../../api/types.ts'
import { parseCheckpoint, signedBy } from './note.ts'
import { hex, NotProven, type Proof, proveEntry, type ReadFile } from './proof.ts'

export type Checked =
  | { readonly proven: true; readonly signed: boolean; readonly size: number; readonly proof: Proof }
  | { readonly proven: false; readonly why: 'early' | 'differs' }
  | { readonly proven: false; readonly why: 'broken'; readonly detail: string }

/** Public files need no token, and a cache may hold a tile for ever but a checkpoint never. */
const read: ReadFile = async (path) => {
  const response = await fetch(`/journal/${path}`, { cache: path.startsWith('tile/') ? 'default' : 'no-store' })
  if (!response.ok)
    throw new Problem({
      status: response.status,
      code: 'UNNUMBERED',
      title: `HTTP ${response.status}`,
      detail: `/journal/${path}`,
      field: undefined,
    })
  return new Uint8Array(await response.arrayBuffer())
}

/** JSON with its members in order, so that two spellings of one value are one text. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => [name, ordered(member)]),
  )
}

/** Whether the stored bytes say what the page shows: the same type, time and data. */
export function saysTheSame(stored: Uint8Array, entry: JournalEntry): boolean {
  const value: unknown = JSON.parse(new TextDecoder().decode(stored))
  const { type, at, data } = entry
  const shown = { type, at, data }
  if (typeof value !== 'object' || value === null) return false
  const same = { type: Reflect.get(value, 'type'), at: Reflect.get(value, 'at'), data: Reflect.get(value, 'data') }
  return JSON.stringify(ordered(same)) === JSON.stringify(ordered(shown))
}

export async function checkEntry(entry: JournalEntry, readFile: ReadFile = read): Promise<Checked> {
  const text = new TextDecoder()
  const checkpoint = parseCheckpoint(text.decode(await readFile('checkpoint')))
  if (checkpoint === undefined) return { proven: false, why: 'broken', detail: '/journal/checkpoint' }
  if (checkpoint.size <= entry.index) return { proven: false, why: 'early' }
  const signed = await signedBy(checkpoint, text.decode(await readFile('vkey')))
  if (signed === false) return { proven: false, why: 'broken', detail: '/journal/vkey ≠ /journal/checkpoint' }
  try {
    const proof = await proveEntry(entry.index, checkpoint.size, readFile)
    if (hex(proof.root) !== hex(checkpoint.root))
      return { proven: false, why: 'broken', detail: `${hex(proof.root)} ≠ ${hex(checkpoint.root)}` }
    if (!saysTheSame(proof.entry, entry)) return { proven: false, why: 'differs' }
    return { proven: true, signed: signed === true, size: checkpoint.size, proof }
  } catch (error) {
    if (error instanceof NotProven) return { proven: false, why: 'broken', detail: error.message }
    throw error
  }
}
