/** JSON as it comes over a wire, read strictly: a withdrawal must not mean two things, and what only attacks contain is refused with it. */

import type { Json } from '../kernel/canonical.ts'
import { faultLine } from '../kernel/names.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { jsonFault } from '../kernel/strict-json.ts'
import { refuse } from './refusals.ts'

/** No command nests deeper than five; a stack of thousands is an attack on whoever walks it. */
export const JSON_DEPTH_MAX = 20

const utf8 = new TextDecoder('utf-8', { fatal: true })

const bad = (detail: string, more: { field?: string; expected?: string } = {}): Refusal =>
  refuse('HTTP-001', detail, more)

/** A body that `JSON.parse` took, and that still cannot be taken. */
function faultOf(text: string): Refusal | undefined {
  const found = jsonFault(text, { depthMax: JSON_DEPTH_MAX, reserved: '__proto__' })
  if (found === undefined) return undefined
  if (found.fault === 'deep') return bad('the body nests too deep', { expected: `at most ${JSON_DEPTH_MAX} levels` })
  const field = found.name.slice(0, 60)
  if (found.fault === 'reserved') return bad(`a member is named "${field}"`, { field })
  return bad(`the member "${field}" stands twice in one object`, { field })
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
  return faultOf(text) ?? (value as { readonly [key: string]: Json })
}
