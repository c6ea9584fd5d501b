/** A proof to hand out (c2sp.org/tlog-proof): one file that shows, off line, that an entry stands in the journal. */
import { type Bytes, fromBase64, toBase64 } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { HASH_BYTES, type Root } from './hash.ts'
import type { NoteVerifier } from './keys.ts'
import { verifyCheckpoint } from './note.ts'
import { verifyInclusion } from './proofs.ts'
import { refuse } from './refusals.ts'

export interface ProofFile {
  readonly index: number
  /** From the leaf's sibling up. */
  readonly proof: readonly Root[]
  /** The checkpoint's whole note. */
  readonly checkpoint: string
  /** Whatever the maker adds; not covered by any signature. */
  readonly extra?: Bytes
}

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 entries needs no more siblings. */
const PROOF_HASHES_MAX = 63

export function formatProofFile({ index, proof, checkpoint, extra }: ProofFile): string {
  const head = extra === undefined ? [HEADER] : [HEADER, `extra ${toBase64(extra)}`]
  return [...head, `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n')
}

const malformed = (detail: string): Refusal => refuse('JRNL-021', detail, { expected: HEADER })

export function parseProofFile(text: string): ProofFile | Refusal {
  const end = text.indexOf('\n\n')
  if (end < 0) return malformed('the proof has no empty line before its checkpoint')
  const [header, ...lines] = text.slice(0, end).split('\n')
  if (header !== HEADER) return malformed('the first line is not the header')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length))
  if (extraLine !== undefined && extra === undefined) return malformed('the extra line is not base64')
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined || !Number.isSafeInteger(Number(index)))
    return malformed('the index line is missing or wrong')
  if (lines.length > PROOF_HASHES_MAX) return malformed(`the proof has ${lines.length} hashes`)
  const proof: Root[] = []
  for (const line of lines) {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES) return malformed(`hash ${proof.length + 1} is not base64 of 32 bytes`)
    proof.push(hash)
  }
  const rest = { index: Number(index), proof, checkpoint: text.slice(end + 2) }
  return extra === undefined ? rest : { ...rest, extra }
}

/** Whether the proof shows that `entry` stands in the log of one of these keys. A refusal says what the proof lacks. */
export function verifyProofFile(text: string, entry: Bytes, verifiers: readonly NoteVerifier[]): boolean | Refusal {
  const parsed = parseProofFile(text)
  if (isRefusal(parsed)) return parsed
  const checkpoint = verifyCheckpoint(parsed.checkpoint, verifiers)
  if (isRefusal(checkpoint)) return checkpoint
  const { size, root } = checkpoint
  return verifyInclusion({ index: parsed.index, size, entry, proof: parsed.proof, root })
}
