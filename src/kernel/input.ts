/** Input is checked against a schema once, at the door; what comes out is either the typed value or a refusal that names the field. */
import type { z } from 'zod'
import { oneLine } from './names.ts'
import { type Refusal, refuser } from './refusal.ts'

export const inputRefusals = {
  'INPUT-001': {
    kind: 'invalid',
    title: { en: 'The input has the wrong shape', ko: '입력 형식이 올바르지 않습니다' },
    help: {
      en: 'Correct the field that the detail names and send it again. Nothing was changed.',
      ko: '표시된 항목을 고쳐 다시 보내십시오. 변경된 것은 없습니다.',
    },
  },
} as const

const refuse = refuser(inputRefusals)

/** Longer values are cut when an error repeats them: an error must not become a megabyte, nor carry a whole secret. */
const SHOWN_VALUE_MAX = 60

function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? typeof value : String(value)
  return text.length > SHOWN_VALUE_MAX ? `${oneLine(text, SHOWN_VALUE_MAX)}…` : text
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return value
}

/** The parsed value, or `INPUT-001` with the first wrong field, what was expected there and what stood there. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T | Refusal {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue === undefined) return refuse('INPUT-001', 'the input does not fit its schema')
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const field = path.map(String).join('.') || '(whole input)'
  const got = unknown === undefined ? ` (got ${shown(at(input, path))})` : ''
  return refuse('INPUT-001', `${field}: ${issue.message}${got}`, { field, expected: issue.message })
}
