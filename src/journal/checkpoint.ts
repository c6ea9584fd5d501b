/** The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size and root, one a line. What it is signed with stands in `note.ts`. */
import { fromBase64, toBase64 } from '../kernel/bytes.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { HASH_BYTES, type Root } from './hash.ts'
import { refuse } from './refusals.ts'

/** A signed tree head. `note` is the whole signed text, as served under `/journal/checkpoint`. */
export interface Checkpoint {
  readonly size: number
  readonly root: Root
  readonly note: string
}

export interface CheckpointText {
  /** The log's identity: the name of its key. */
  readonly origin: string
  readonly size: number
  readonly root: Root
  /** Further lines; Pasu writes none, for monitors cannot check them. */
  readonly extensions: readonly string[]
}

export const formatCheckpointText = ({ origin, size, root, extensions }: CheckpointText): string =>
  [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join('')

const malformed = (detail: string, expected: string): Refusal => refuse('JRNL-015', detail, { expected })

export function parseCheckpointText(text: string): CheckpointText | Refusal {
  if (!text.endsWith('\n')) return malformed('the checkpoint does not end in a newline', 'a newline at the end')
  const lines = text.slice(0, -1).split('\n')
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines
  if (lines.length < 3) return malformed(`the checkpoint has ${lines.length} lines`, 'origin, size and root')
  if (lines.some((line) => line === '')) return malformed('the checkpoint has an empty line', 'no empty line')
  const size = /^(0|[1-9][0-9]{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  if (!Number.isSafeInteger(size)) return malformed('line 2 is no tree size', 'a decimal number below 2^53')
  const root = fromBase64(rootText)
  if (root?.length !== HASH_BYTES) return malformed('line 3 is no root hash', 'base64 of 32 bytes')
  return { origin, size, root, extensions }
}
