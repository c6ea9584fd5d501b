/** Reads the file of a rule pack: YAML in, the data of `pack.load` out, with the digest of the file's bytes. A refusal names line and field. */
import { readFileSync, statSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Bytes, fromUtf8, sha256, toHex } from '../../kernel/bytes.ts'
import { parse } from '../../kernel/input.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { packSchema } from '../../rooms/incident/index.ts'
import type { commands } from '../../rooms/incident/messages.ts'
import { refuse } from './refusals.ts'

/** Comments and indentation make the file longer than the entry that it becomes; ten times as long is no rule pack. */
export const PACK_FILE_BYTES_MAX = 256 * 1024

export type PackData = z.output<(typeof commands)['pack.load']>

/** The digest is that of the file, so it cannot stand in it. */
const fileSchema = packSchema.omit({ digest: true })

const oneLine = (text: string): string => text.split('\n')[0] ?? ''

/** The line of the innermost thing on the path that exists: where a field is missing, its parent's. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    const range: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'range') : undefined
    if (Array.isArray(range)) return lines.linePos(Number(range[0])).line
  }
  return 1
}

function documentOf(text: string, name: string, lines: LineCounter): Document | Refusal {
  // The core schema knows no own types, a date stays a string; a key that stands twice is an error, not "the last one wins".
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, prettyErrors: false })
  const wrong = document.errors[0] ?? document.warnings[0]
  if (wrong === undefined) return document
  const line = lines.linePos(wrong.pos[0]).line
  return refuse('PACK-002', `${name}:${line}: ${oneLine(wrong.message)}`.slice(0, 500), { context: { line } })
}

/** `name` is what messages call the file. */
export function readPack(bytes: Bytes, name: string): PackData | Refusal {
  if (bytes.length > PACK_FILE_BYTES_MAX) {
    return refuse('PACK-001', `${name} has ${bytes.length} bytes, more than ${PACK_FILE_BYTES_MAX}`)
  }
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    return refuse('PACK-005', `${name} is not UTF-8`)
  }
  const lines = new LineCounter()
  let document: Document | Refusal
  let value: unknown
  try {
    document = documentOf(text, name, lines)
    if (isRefusal(document)) return document
    // No alias at all: an anchor could hide what a duty says, and a few of them multiply to gigabytes.
    value = document.toJS({ maxAliasCount: 0 })
  } catch (fault) {
    // Also where the nesting is so deep that the parser runs out of stack.
    return refuse(
      'PACK-002',
      `${name}: ${oneLine(fault instanceof Error ? fault.message : String(fault))}`.slice(0, 500),
    )
  }
  const data = parse(fileSchema, value)
  if (!isRefusal(data)) return { ...data, digest: `sha256:${toHex(sha256(bytes))}` }
  const { field = '', detail, expected } = data
  const line = lineOf(document, lines, field === '(whole input)' ? [] : field.split('.'))
  return refuse('PACK-003', `${name}:${line}: ${detail}`.slice(0, 500), {
    field,
    ...(expected !== undefined && { expected }),
    context: { line },
  })
}

export function readPackFile(path: string): PackData | Refusal {
  try {
    // Asked first, so that a device or a mistaken path of gigabytes is not read.
    const stat = statSync(path)
    // A pipe has no size, and opening one may wait for ever.
    if (!stat.isFile()) return refuse('PACK-004', `${path}: not an ordinary file`)
    if (stat.size > PACK_FILE_BYTES_MAX) {
      return refuse('PACK-001', `${path} has ${stat.size} bytes, more than ${PACK_FILE_BYTES_MAX}`)
    }
    return readPack(readFileSync(path), path)
  } catch (fault) {
    const why = fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault)
    return refuse('PACK-004', `${path}: ${why}`)
  }
}
