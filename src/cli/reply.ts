/** An answer over HTTP, back as a value or the refusal that it carries. */
import { fromUtf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/canonical.ts'
import { type RefusalKind, Refused, type RefuseMore } from '../kernel/refusal.ts'
import type { Reply } from './http.ts'
import { refused } from './refusals.ts'

const KINDS: readonly RefusalKind[] = ['invalid', 'denied', 'conflict', 'missing', 'busy', 'broken']
const isText = (value: unknown): value is string => typeof value === 'string'

function refusedOf(problem: { readonly [key: string]: unknown }, status: number): Refused {
  const { code, detail, field, expected } = problem
  const kind = KINDS.find((one) => one === problem.kind)
  if (!isText(code) || !isText(detail) || kind === undefined) return refused('CLI-003', `the server answered ${status}`)
  const more: RefuseMore = { ...(isText(field) && { field }), ...(isText(expected) && { expected }) }
  return new Refused({ refused: true, code, kind, detail, ...more })
}

export function answerOf({ status, contentType, bytes }: Reply): Json {
  const text = fromUtf8(bytes)
  const isJson = /\bjson\b/.test(contentType)
  let value: unknown = text
  try {
    if (isJson) value = JSON.parse(text)
  } catch (cause) {
    throw refused('CLI-003', `the server answered ${status} with broken JSON`, { cause })
  }
  if (status === 200) return value as Json
  throw refusedOf(typeof value === 'object' && value !== null ? { ...value } : {}, status)
}
