/** Signed notes (c2sp.org/signed-note): a text, an empty line, and one signature a line. The text means nothing until a known key signed it. */
import { type Bytes, fromBase64, toHex } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { type Checkpoint, type CheckpointText, formatCheckpointText, parseCheckpointText } from './checkpoint.ts'
import { cosignatureTime } from './cosignature.ts'
import { bytesOf, type Hash } from './hash.ts'
import { isKeyName, type NoteKeyKind, type NoteSigner, type NoteVerifier } from './keys.ts'
import { refuse } from './refusals.ts'

/** Go's reader takes no more either. */
const NOTE_SIGNATURES_MAX = 100
/** A hundred ML-DSA-44 signatures in base64 and a text fit; a longer note is an attack on the reader's memory. */
const NOTE_CHARS_MAX = 1_000_000
/** The hash of the key, before the signature proper. */
const KEY_HASH_BYTES = 4

export interface NoteSignature {
  readonly name: string
  /** 8 hexadecimal digits. */
  readonly hash: string
  readonly signature: Bytes
}

/** A note taken apart; nothing in it is verified. */
export interface Note {
  /** With its final newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface VerifiedSignature {
  readonly name: string
  readonly kind: NoteKeyKind
  /** When the witness saw the tree, in seconds since the epoch; cosignatures only. */
  readonly time?: number
}

export interface OpenedNote {
  readonly text: string
  /** In the order of the note; one a key. */
  readonly verified: readonly VerifiedSignature[]
  /** Signatures of keys that we do not know. They say nothing, good or bad. */
  readonly unknown: readonly NoteSignature[]
}

const malformed = (detail: string): Refusal => refuse('JRNL-012', detail, { expected: 'c2sp.org/signed-note' })

function parseSignatureLine(line: string): NoteSignature | undefined {
  const match = /^— (.+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line)
  const [, name = '', base64 = ''] = match ?? []
  const bytes = fromBase64(base64)
  if (!isKeyName(name) || bytes === undefined || bytes.length <= KEY_HASH_BYTES) return undefined
  return { name, hash: toHex(bytes.subarray(0, KEY_HASH_BYTES)), signature: bytes.subarray(KEY_HASH_BYTES) }
}

/** Takes a note apart, or refuses it with `JRNL-012`. */
export function parseNote(note: string | Bytes): Note | Refusal {
  if (note.length > NOTE_CHARS_MAX) return malformed(`the note is longer than ${NOTE_CHARS_MAX}`)
  const whole = typeof note === 'string' ? note : decode(note)
  if (whole === undefined || !whole.isWellFormed()) return malformed('the note is not valid UTF-8')
  // Control characters below U+0020 but for the newline; those from U+007F on are allowed.
  if (/[^\P{Cc}\n\u007f-\u009f]/u.test(whole)) return malformed('the note has a control character')
  const end = whole.lastIndexOf('\n\n')
  if (end < 0) return malformed('the note has no empty line before its signatures')
  const below = whole.slice(end + 2)
  if (!below.endsWith('\n')) return malformed('the note does not end in a signature line and a newline')
  const lines = below.slice(0, -1).split('\n')
  if (lines.length > NOTE_SIGNATURES_MAX) return malformed(`the note has more than ${NOTE_SIGNATURES_MAX} signatures`)
  const signatures: NoteSignature[] = []
  for (const [place, line] of lines.entries()) {
    const signature = parseSignatureLine(line)
    if (signature === undefined) return malformed(`signature line ${place + 1} is not "— name base64"`)
    signatures.push(signature)
  }
  return { text: whole.slice(0, end + 1), signatures }
}

function decode(bytes: Bytes): string | undefined {
  try {
    // Without ignoreBOM the decoder would drop three leading bytes that were signed.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Verifies a note: at least one known key must have signed it, and no signature of a known key may be wrong. */
export function verifyNote(note: string | Bytes, verifiers: readonly NoteVerifier[]): OpenedNote | Refusal {
  const parsed = parseNote(note)
  if (isRefusal(parsed)) return parsed
  const verified = new Map<string, VerifiedSignature>()
  const unknown: NoteSignature[] = []
  for (const line of parsed.signatures) {
    const key = `${line.name}+${line.hash}`
    const [verifier, second] = verifiers.filter(({ name, hash }) => name === line.name && hash === line.hash)
    if (second !== undefined) return refuse('JRNL-011', `two verifier keys share the name and hash ${key}`)
    if (verifier === undefined) {
      unknown.push(line)
    } else if (!verified.has(key)) {
      if (!verifier.verify(parsed.text, line.signature)) return refuse('JRNL-014', `the signature of ${key} is wrong`)
      const time = verifier.kind === 'log' ? undefined : cosignatureTime(line.signature)
      verified.set(key, { name: line.name, kind: verifier.kind, ...(time === undefined ? {} : { time }) })
    }
  }
  if (verified.size === 0) {
    const known = verifiers.map(({ name, hash }) => `${name}+${hash}`).join(', ')
    return refuse('JRNL-013', `none of the known keys (${known}) signed the note`)
  }
  return { text: parsed.text, verified: [...verified.values()], unknown }
}

/** Signs a tree head. The origin is the signer's name. */
export function signCheckpoint(signer: NoteSigner, size: number, rootHash: Hash): Checkpoint {
  const root = bytesOf(rootHash)
  const text = formatCheckpointText({ origin: signer.name, size, root, extensions: [] })
  return { size, root, note: `${text}\n${signer.sign(text)}` }
}

/** Verifies a checkpoint: a note signed by a log key of the same name as its origin. */
export function verifyCheckpoint(
  note: string | Bytes,
  verifiers: readonly NoteVerifier[],
): (CheckpointText & OpenedNote) | Refusal {
  const opened = verifyNote(note, verifiers)
  if (isRefusal(opened)) return opened
  const checkpoint = parseCheckpointText(opened.text)
  if (isRefusal(checkpoint)) return checkpoint
  if (!opened.verified.some(({ name, kind }) => kind === 'log' && name === checkpoint.origin)) {
    return refuse('JRNL-013', `no known key of the log ${checkpoint.origin} itself signed the checkpoint`)
  }
  return { ...checkpoint, ...opened }
}

/** The note with further signature lines below, such as witnesses return; refused where the result is no note. */
export function addSignatures(note: string, lines: readonly string[]): string | Refusal {
  const more = `${note}${lines.join('')}`
  const parsed = parseNote(more)
  return isRefusal(parsed) ? parsed : more
}
