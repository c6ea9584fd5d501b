/** What stands in one journal entry: a command that was taken, or an event that it caused. Canonical JSON, hashed as stored. */
import { z } from 'zod'
import { type Bytes, fromUtf8, utf8 } from '../kernel/bytes.ts'
import { canonical } from '../kernel/canonical.ts'
import { Refused } from '../kernel/refusal.ts'
import { type Instant, instantSchema } from '../kernel/time.ts'
import { refuse } from './refusals.ts'
import type { Data } from './room.ts'

/** The length field of a C2SP tlog-tiles entry bundle has 16 bits. */
export const ENTRY_BYTES_MAX = 65_535

export interface Entry {
  readonly kind: 'command' | 'event'
  /** Counts from 1; entries of one turn stand together, its command first. */
  readonly turn: number
  readonly at: Instant
  readonly by: string
  readonly type: string
  readonly data: Data
  /** For an event that another event's consequence caused: the consequence's command type. */
  readonly cause?: string | undefined
}

const entrySchema = z.strictObject({
  kind: z.enum(['command', 'event']),
  turn: z.number().int().min(1),
  at: instantSchema,
  by: z.string(),
  type: z.string(),
  // What JSON.parse gave is JSON all the way down.
  data: z.custom<Data>((data) => typeof data === 'object' && data !== null && !Array.isArray(data)),
  cause: z.string().optional(),
})

/**
 * The canonical bytes of an entry. `text`: the canonical text of its data where the caller has it already; writing it is most of the
 * work, and members stand in the order that RFC 8785 wants.
 */
export function encodeEntry({ at, by, cause, data, kind, turn, type }: Entry, text = canonical(data)): Bytes {
  const because = cause === undefined ? '' : `"cause":${canonical(cause)},`
  return utf8(
    `{"at":${at},"by":${canonical(by)},${because}"data":${text},"kind":"${kind}","turn":${turn},"type":${canonical(type)}}`,
  )
}

export function decodeEntry(bytes: Bytes, index: number): Entry {
  try {
    return entrySchema.parse(JSON.parse(fromUtf8(bytes)))
  } catch (cause) {
    throw new Refused(refuse('MACHINE-009', `entry ${index} is not an entry of this machine`), { cause })
  }
}
