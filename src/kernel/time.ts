/** Time is data: a whole number of milliseconds since 1970-01-01T00:00:00Z, passed in by whoever calls. Nothing here reads a clock. */
import { z } from 'zod'

/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number

/** Up to the year 9999, so that every instant has a four-digit year in ISO 8601. */
export const instantSchema = z.number().int().min(0).max(253_402_300_799_999)

export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** Korea has kept UTC+9 without summer time since 1988. */
export const KST_OFFSET_MS = 9 * HOUR_MS

const stamp = (at: Instant): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** `2026-02-06 10:20:04 UTC` */
export const utc = (at: Instant): string => `${stamp(at)} UTC`
/** `2026-02-06 19:20:04 KST` */
export const kst = (at: Instant): string => `${stamp(at + KST_OFFSET_MS)} KST`
/** `2026-02-06 10:20:04 UTC · 19:20:04 KST`; the Korean date is added where it is another day. */
export function bothTimes(at: Instant): string {
  const here = stamp(at)
  const korea = stamp(at + KST_OFFSET_MS)
  return `${here} UTC · ${here.slice(0, 10) === korea.slice(0, 10) ? korea.slice(11) : korea} KST`
}

/** ISO 8601 with an offset or `Z`, or whole milliseconds; anything else is `undefined`. A date without an offset means nothing exact. */
export function parseInstant(text: string): Instant | undefined {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) || at < 0 ? undefined : at
}

/** `1 h 05 min`, `12 s`, `3 d 02 h`: the two largest units, for people. */
export function duration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND_MS)
  const two = (value: number): string => String(value).padStart(2, '0')
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${two(minutes % 60)} min`
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`
}
