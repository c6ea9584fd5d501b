/** An upload as events: one JSON object a line, or one JSON array. What does not validate is put aside, the rest is kept. */
import { faultLine } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { DAY_MS, type Instant } from '../../kernel/time.ts'
import { type AdminEvent, inTimeOrder } from '../../rooms/access/engine/index.ts'
import { type Format, UPLOAD_BYTES_MAX } from './formats.ts'
import { type Rejected, readAdminLine, readAdminValue } from './read.ts'
import { refuse } from './refusals.ts'

/** Empty lines cost no bytes worth counting; this bounds what they cost in time. */
export const UPLOAD_LINES_MAX = 100_000
/** A log's clock may be wrong by so much. What lies further ahead would make everything after it look late. */
export const AHEAD_MS_MAX = DAY_MS

const strict = new TextDecoder('utf-8', { fatal: true })
const NEWLINE = 0x0a
const BRACKET = 0x5b
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d])

export interface UploadLines {
  /** In time order; `line` counts from 1 within the upload. */
  readonly events: readonly AdminEvent[]
  readonly rejected: readonly Rejected[]
  /** Lines, or members of the array. */
  readonly lines: number
}

const whole = (line: number, why: string): Rejected => ({ line, field: '(whole line)', why })

/** The text of a line without a carriage return at its end; `undefined` where it is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes).trimEnd()
  } catch {
    return undefined
  }
}

function* readLines(from: Format, bytes: Uint8Array): Iterable<AdminEvent | Rejected | undefined> {
  let line = 0
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, at)
    const end = found < 0 ? bytes.length : found
    line += 1
    const text = textOf(bytes.subarray(at, end))
    if (text === undefined) yield whole(line, 'this is not UTF-8')
    else yield text === '' ? undefined : readAdminLine(from, text, line)
    at = end + 1
  }
}

function listOf(bytes: Uint8Array): readonly unknown[] | Refusal {
  try {
    const value: unknown = JSON.parse(strict.decode(bytes))
    return Array.isArray(value) ? value : refuse('FEED-002', 'the upload is JSON, but no array')
  } catch (fault) {
    return refuse('FEED-002', `the upload begins as an array and is none: ${faultLine(fault, 120)}`)
  }
}

function* readList(from: Format, list: readonly unknown[]): Iterable<AdminEvent | Rejected> {
  for (const [place, value] of list.entries()) yield readAdminValue(from, value, place + 1)
}

const isArray = (bytes: Uint8Array): boolean => bytes[bytes.findIndex((byte) => !BLANKS.has(byte))] === BRACKET

/** Reads a whole upload. Refused, and nothing read, where it is too large or no list. */
export function readUpload(from: Format, bytes: Uint8Array, now: Instant): UploadLines | Refusal {
  if (bytes.length > UPLOAD_BYTES_MAX) {
    return refuse('FEED-001', `the upload has ${bytes.length} bytes`, { expected: `at most ${UPLOAD_BYTES_MAX}` })
  }
  const list = isArray(bytes) ? listOf(bytes) : undefined
  if (isRefusal(list)) return list
  const events: AdminEvent[] = []
  const rejected: Rejected[] = []
  let lines = 0
  for (const read of list === undefined ? readLines(from, bytes) : readList(from, list)) {
    lines += 1
    if (lines > UPLOAD_LINES_MAX) {
      return refuse('FEED-001', 'the upload has too many lines', { expected: `at most ${UPLOAD_LINES_MAX}` })
    }
    if (read === undefined) continue
    if ('field' in read) rejected.push(read)
    else if (read.time <= now + AHEAD_MS_MAX) events.push(read)
    else rejected.push({ line: read.line, field: 'time', why: 'the event lies more than a day ahead' })
  }
  return { events: inTimeOrder(events), rejected, lines }
}
