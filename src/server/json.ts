/**
 * JSON as it comes over a wire, read strictly. `JSON.parse` takes the last of two members of one name; another program may take the
 * first, and a withdrawal must not mean two things. So repeated names are refused, and with them what only attacks contain.
 */

import type { Json } from '../kernel/canonical.ts'
import { faultLine } from '../kernel/names.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { refuse } from './refusals.ts'

/** No command nests deeper than five; a stack of thousands is an attack on whoever walks it. */
export const JSON_DEPTH_MAX = 20

const utf8 = new TextDecoder('utf-8', { fatal: true })

const bad = (detail: string, more: { field?: string; expected?: string } = {}): Refusal =>
  refuse('HTTP-001', detail, more)

/** One value of a valid JSON text that is being walked: the names seen in an object, or nothing for an array. */
type Level = Set<string> | undefined

/** The end (exclusive) of the string that starts at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const isSpace = (letter: string | undefined): boolean =>
  letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t'

/** Whether a colon follows: then the string that ends here names a member. */
function namesMember(text: string, end: number): boolean {
  let at = end
  while (isSpace(text[at])) at += 1
  return text[at] === ':'
}

function badName(name: string, seen: Set<string>): Refusal | undefined {
  const shown = name.slice(0, 60)
  if (name === '__proto__') return bad('a member is named "__proto__"', { field: shown })
  if (seen.has(name)) return bad(`the member "${shown}" stands twice in one object`, { field: shown })
  seen.add(name)
  return undefined
}

/** A text that `JSON.parse` took: is a member repeated, named `__proto__`, or nested too deep? */
function walk(text: string): Refusal | undefined {
  const levels: Level[] = []
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{' || letter === '[') {
      levels.push(letter === '{' ? new Set() : undefined)
      if (levels.length > JSON_DEPTH_MAX) {
        return bad('the body nests too deep', { expected: `at most ${JSON_DEPTH_MAX} levels` })
      }
    } else if (letter === '}' || letter === ']') {
      levels.pop()
    } else if (letter === '"') {
      const end = stringEnd(text, at)
      const names = levels.at(-1)
      const wrong =
        names && namesMember(text, end) ? badName(String(JSON.parse(text.slice(at, end))), names) : undefined
      if (wrong !== undefined) return wrong
      at = end - 1
    }
  }
  return undefined
}

/** The object that a body holds; an empty body is an empty object. */
export function readBody(bytes: Uint8Array): { readonly [key: string]: Json } | Refusal {
  if (bytes.length === 0) return {}
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
  } catch {
    return bad('the body is not UTF-8', { expected: 'UTF-8' })
  }
  try {
    value = JSON.parse(text)
  } catch (fault) {
    return bad(`the body is not JSON: ${faultLine(fault, 120)}`, { expected: 'a JSON object' })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad('the body is JSON, but no object', { expected: 'a JSON object' })
  }
  return walk(text) ?? (value as { readonly [key: string]: Json })
}
