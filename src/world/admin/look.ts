/** Reading a log record whose shape is somebody else's: what is not there, or is not what it should be, is `undefined`. */
import { parseInstant } from '../../kernel/time.ts'

export type Raw = { readonly [key: string]: unknown }

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
export const rawOf = (value: unknown): Raw => (isRaw(value) ? value : {})
export const rawsOf = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.filter(isRaw) : [])

/** The value at a path of names. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const name of path) here = isRaw(here) ? here[name] : undefined
  return here
}

/** What products write where they know nothing. */
const NOTHING = new Set(['', '-', 'unknown', 'null', 'none', 'n/a'])

const NOTHING_MAX = 12

/** A text that says something; numbers become text. */
export function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  if (typeof found === 'number') return String(found)
  if (typeof found !== 'string') return undefined
  // Only short texts can be one of the words for nothing.
  return found.length <= NOTHING_MAX && NOTHING.has(found.trim().toLowerCase()) ? undefined : found
}

export function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path)
  if (typeof found === 'number') return Number.isFinite(found) ? found : undefined
  if (typeof found !== 'string' || found.trim() === '') return undefined
  const parsed = Number(found)
  return Number.isFinite(parsed) ? parsed : undefined
}

/** An object without the members that are `undefined`, at any depth of objects made here; empty objects vanish. */
export function present(value: Raw): Raw | undefined {
  const kept: Record<string, unknown> = {}
  let isEmpty = true
  for (const key of Object.keys(value)) {
    const one = value[key]
    const clean = isRaw(one) ? present(one) : one
    if (clean === undefined) continue
    kept[key] = clean
    isEmpty = false
  }
  return isEmpty ? undefined : kept
}

/** Later than any of these logs; a number below is seconds, as some exports write against the schema. */
const SECONDS_BELOW = 100_000_000_000
/** Instants end here; a date far beyond has no text, and would throw. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** ISO 8601 with `T` or a blank, any digits of a second, an offset or none (then UTC, as all these products write); or a number. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') {
    const time = value < SECONDS_BELOW ? value * 1_000 : value
    return Number.isSafeInteger(time) && time >= 0 && time <= LATEST ? time : undefined
  }
  if (typeof value !== 'string') return undefined
  const parts = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/.exec(value.trim())
  if (parts === null) return undefined
  const zone = parts[4] ?? 'Z'
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  return parseInstant(`${parts[1]}T${parts[2]}${(parts[3] ?? '').slice(0, 4)}${offset}`)
}
