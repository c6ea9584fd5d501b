/**
 * Canonical JSON (RFC 8785), for the values that Pasu writes: objects, arrays, strings, booleans, null and integers that a
 * double holds exactly. Amounts are strings of base units, so no fraction ever needs the number rules of RFC 8785 section 3.2.2.3;
 * refusing them keeps two implementations from disagreeing about a digit.
 */
import { type Bytes, sha256, toHex, utf8 } from './bytes.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Thrown for a value that has no canonical form: a programming error, never an input error (inputs pass a schema first). */
export class NotCanonical extends Error {
  override name = 'NotCanonical'
}

// A lone surrogate has no UTF-8 form: two programs would hash different bytes for it.
const text = (value: string): string => {
  if (!value.isWellFormed()) throw new NotCanonical('a string holds half of a surrogate pair')
  return JSON.stringify(value)
}

function object(value: { readonly [key: string]: Json | undefined }): string {
  let out = ''
  // Default sort order is by UTF-16 code unit: what RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member === undefined) continue
    out += `${out === '' ? '' : ','}${text(key)}:${canonical(member)}`
  }
  return `{${out}}`
}

/** The canonical text of a value. Members that are `undefined` are left out. */
export function canonical(value: Json): string {
  if (typeof value === 'string') return text(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(`${value} is not an integer that a double holds exactly`)
    return Object.is(value, -0) ? '0' : String(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as Json)).join(',')}]`
  if (typeof value === 'object') return object(value as { readonly [key: string]: Json | undefined })
  throw new NotCanonical(`a ${typeof value} has no canonical JSON form`)
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * A copy of plain data as JSON, for values whose interfaces the compiler does not take for `Json`. A bigint becomes its decimal string, as
 * amounts are in every message; members that are `undefined` are left out. Throws {@link NotCanonical} for what JSON would lose
 * without a word: a Map, a Set, bytes, an instance of a class, a function, `NaN`, `Infinity`, a hole in an array.
 */
export function asJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value)) return Array.from(value, asJson)
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(members.map(([key, member]) => [key, asJson(member)]))
  }
  throw new NotCanonical(`${typeof value === 'object' ? value.constructor.name : String(value)} has no JSON form`)
}

export const canonicalBytes = (value: Json): Bytes => utf8(canonical(value))

/** `sha256:` and the hexadecimal SHA-256 of the canonical text: how Pasu names content. */
export const digestOf = (value: Json): string => `sha256:${toHex(sha256(canonicalBytes(value)))}`
