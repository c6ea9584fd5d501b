/**
 * The part of CBOR (RFC 8949) that attestation objects and COSE keys are written in: the CTAP2 canonical form, which WebAuthn Level 3
 * ("All Conformance Classes") asks decoders to insist on. One value has one spelling, so nothing can be said twice or hidden.
 */
import type { Bytes } from '../../../../kernel/bytes.ts'

export type CborMap = ReadonlyMap<number | string, CborValue>
export type CborValue = null | boolean | number | string | Bytes | readonly CborValue[] | CborMap

export interface CborRead {
  readonly ok: true
  readonly value: CborValue
  /** Offset of the first byte after the value. */
  readonly end: number
}

export interface CborFault {
  readonly ok: false
  /** Offset of the byte at which reading stopped. */
  readonly at: number
  readonly why: string
}

/** CTAP2 allows four levels of arrays and maps in one message. */
const DEPTH_MAX = 4

const UNSIGNED = 0
const NEGATIVE = 1
const BYTES = 2
const TEXT = 3
const ARRAY = 4
const MAP = 5
const SIMPLE = 7
const SIMPLE_VALUES: ReadonlyMap<number, boolean | null> = new Map<number, boolean | null>([
  [20, false],
  [21, true],
  [22, null],
])

/** A byte order mark is a character here: dropping it would give two spellings to one text. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Never leaves this file. */
class Stop extends Error {
  readonly at: number
  constructor(at: number, why: string) {
    super(why)
    this.at = at
  }
}

interface Cursor {
  readonly bytes: Bytes
  at: number
}

function take(cursor: Cursor, count: number): Bytes {
  const { bytes, at } = cursor
  if (count > bytes.length - at) throw new Stop(at, `${count} more bytes expected, ${bytes.length - at} are left`)
  cursor.at = at + count
  return bytes.subarray(at, cursor.at)
}

/** The argument after a head of 24 to 27, in as few bytes as it needs. */
function longArgument(cursor: Cursor, info: number): number {
  const from = cursor.at
  const width = 1 << (info - 24)
  let value = 0
  for (const byte of take(cursor, width)) value = value * 256 + byte
  const least = width === 1 ? 24 : 2 ** (4 * width)
  if (value < least) throw new Stop(from, 'a number is not in its shortest form')
  // The value of -1 - argument must be exact too.
  if (value >= Number.MAX_SAFE_INTEGER) throw new Stop(from, 'a number is larger than a double holds exactly')
  return value
}

function head(cursor: Cursor): { readonly major: number; readonly argument: number } {
  const from = cursor.at
  const first = take(cursor, 1)[0] ?? 0
  const major = first >> 5
  const info = first & 31
  if (info > 27) throw new Stop(from, info === 31 ? 'indefinite lengths are not taken' : 'a reserved head')
  if (major === SIMPLE && info > 23) throw new Stop(from, 'floating-point numbers are not taken')
  return { major, argument: info < 24 ? info : longArgument(cursor, info) }
}

function text(cursor: Cursor, length: number): string {
  const from = cursor.at
  try {
    return strictUtf8.decode(take(cursor, length))
  } catch (error) {
    throw error instanceof Stop ? error : new Stop(from, 'a text is not UTF-8')
  }
}

/** CTAP2's order of keys: lower major type, then shorter, then lower byte by byte. Zero is a key that stands twice. */
function order(a: Bytes, b: Bytes): number {
  return ((a[0] ?? 0) >> 5) - ((b[0] ?? 0) >> 5) || a.length - b.length || Buffer.compare(a, b)
}

function map(cursor: Cursor, count: number, depth: number): CborMap {
  const found = new Map<number | string, CborValue>()
  let before: Bytes | undefined
  for (let place = 0; place < count; place += 1) {
    const from = cursor.at
    const key = read(cursor, depth)
    if (typeof key !== 'number' && typeof key !== 'string') throw new Stop(from, 'a key is neither a number nor a text')
    const spelled = cursor.bytes.subarray(from, cursor.at)
    if (before !== undefined && order(before, spelled) >= 0) {
      throw new Stop(from, order(before, spelled) === 0 ? 'a key stands twice' : 'keys are not in canonical order')
    }
    before = spelled
    found.set(key, read(cursor, depth))
  }
  return found
}

function nested(cursor: Cursor, major: number, count: number, depth: number): CborValue {
  if (depth >= DEPTH_MAX) throw new Stop(cursor.at, `more than ${DEPTH_MAX} levels`)
  // Every item has at least one byte, so a count beyond what is left can only be a lie; nothing is set aside for it.
  if (count > cursor.bytes.length - cursor.at) throw new Stop(cursor.at, `${count} items do not fit`)
  if (major === MAP) return map(cursor, count, depth + 1)
  return Array.from({ length: count }, () => read(cursor, depth + 1))
}

function read(cursor: Cursor, depth: number): CborValue {
  const from = cursor.at
  const { major, argument } = head(cursor)
  if (major === UNSIGNED) return argument
  if (major === NEGATIVE) return -1 - argument
  if (major === BYTES) return take(cursor, argument)
  if (major === TEXT) return text(cursor, argument)
  if (major === ARRAY || major === MAP) return nested(cursor, major, argument, depth)
  const simple = major === SIMPLE ? SIMPLE_VALUES.get(argument) : undefined
  if (simple === undefined) throw new Stop(from, major === SIMPLE ? 'an unknown simple value' : 'tags are not taken')
  return simple
}

/** The one value that begins at `from`. Byte strings are views of `bytes`, not copies. Never throws. */
export function readCborAt(bytes: Bytes, from: number): CborRead | CborFault {
  const cursor = { bytes, at: from }
  try {
    return { ok: true, value: read(cursor, 0), end: cursor.at }
  } catch (error) {
    if (error instanceof Stop) return { ok: false, at: error.at, why: error.message }
    throw error
  }
}

/** The one value that the bytes are, all of them. */
export function readCbor(bytes: Bytes): CborRead | CborFault {
  const found = readCborAt(bytes, 0)
  if (!found.ok || found.end === bytes.length) return found
  return { ok: false, at: found.end, why: `${bytes.length - found.end} bytes follow the value` }
}
