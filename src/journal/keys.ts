/**
 * Keys of signed notes (c2sp.org/signed-note, c2sp.org/tlog-cosignature). A verifier key is one line,
 * `name+hash+base64(type || public key)`; a signing key is `PRIVATE+KEY+name+hash+base64(1 || seed)`, as Go's sumdb/note writes it.
 */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { type Bytes, fromBase64, sha256, toBase64, toHex, utf8 } from '../kernel/bytes.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { cosignatureMessage, TIME_BYTES } from './cosignature.ts'
import { refuse } from './refusals.ts'
import { openPublicKey, PUBLIC_KEY_BYTES, type SignatureAlgorithm } from './signatures.ts'

/** `log`: Ed25519 over the text. `cosignature` and `ml-dsa-44`: a witness's timestamped statement about a checkpoint. */
export type NoteKeyKind = 'log' | 'cosignature' | 'ml-dsa-44'

export interface NoteVerifier {
  readonly name: string
  /** The first four bytes of the key's hash, as 8 hexadecimal digits. */
  readonly hash: string
  readonly kind: NoteKeyKind
  readonly vkey: string
  /** Whether `signature` (without the hash before it) is this key's over the note's text. */
  verify(text: string, signature: Bytes): boolean
}

export interface NoteSigner {
  readonly name: string
  readonly vkey: string
  readonly verifier: NoteVerifier
  /** The signature line, with its newline. */
  sign(text: string): string
}

const SEED_BYTES = 32

/** Signature type byte -> what it is. Types 2, 3 and 5 are others' (ECDSA, reserved, RFC 6962 tree heads). */
const kinds: Readonly<Record<number, { kind: NoteKeyKind; algorithm: SignatureAlgorithm }>> = {
  1: { kind: 'log', algorithm: 'ed25519' },
  4: { kind: 'cosignature', algorithm: 'ed25519' },
  6: { kind: 'ml-dsa-44', algorithm: 'ml-dsa-44' },
}

// RFC 8410 section 7: the fixed bytes before an Ed25519 seed in PKCS #8.
const PKCS8_ED25519 = '302e020100300506032b657004220420'

/** Not empty, no plus, no white space and no control character: what may stand as a key's name. */
export const isKeyName = (name: string): boolean =>
  name.length > 0 && name.isWellFormed() && !/[+\s\u0085\u180e\p{Cc}\p{Z}]/u.test(name)

const keyHash = (name: string, material: Bytes): string => toHex(sha256(utf8(`${name}\n`), material).subarray(0, 4))

function verifierOf(name: string, material: Bytes): NoteVerifier | undefined {
  const type = kinds[material[0] ?? 0]
  const verify = type && openPublicKey(type.algorithm, material.subarray(1))
  if (type === undefined || verify === undefined) return undefined
  const { kind } = type
  const hash = keyHash(name, material)
  return {
    name,
    hash,
    kind,
    vkey: `${name}+${hash}+${toBase64(material)}`,
    verify(text, signature) {
      if (kind === 'log') return verify(utf8(text), signature)
      const message = cosignatureMessage(kind, name, text, signature.subarray(0, TIME_BYTES))
      return message !== undefined && verify(message, signature.subarray(TIME_BYTES))
    },
  }
}

const badKey = (detail: string): Refusal =>
  refuse('JRNL-011', detail, { expected: 'name+hash+base64, such as "example.com/log+530d903a+Aekye…"' })

/** `name`, `hash` and key material of a key line; base64 may contain a plus, names and hashes may not. */
function cut(line: string): { name: string; hash: string; material: Bytes } | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(line)
  const [, name = '', hash = '', base64 = ''] = match ?? []
  const material = fromBase64(base64)
  return match === null || material === undefined || !isKeyName(name) ? undefined : { name, hash, material }
}

/** A verifier key line. Keys of an unknown type, or whose hash is not their own, are refused (`JRNL-011`). */
export function parseVerifierKey(vkey: string): NoteVerifier | Refusal {
  const parts = cut(vkey)
  if (parts === undefined) return badKey('the verifier key is not of the form name+hash+base64')
  const verifier = verifierOf(parts.name, parts.material)
  if (verifier === undefined) return badKey(`the verifier key of ${parts.name} is of an unknown type or length`)
  if (verifier.hash !== parts.hash) {
    return badKey(`the verifier key of ${parts.name} says hash ${parts.hash}, its key has ${verifier.hash}`)
  }
  return verifier
}

function signerOf(name: string, seed: Bytes): NoteSigner | undefined {
  const key: KeyObject = createPrivateKey({
    key: Buffer.concat([Buffer.from(PKCS8_ED25519, 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const verifier = verifierOf(name, Buffer.concat([Buffer.of(1), spki.subarray(-PUBLIC_KEY_BYTES.ed25519)]))
  if (verifier === undefined) return undefined
  const id = Buffer.from(verifier.hash, 'hex')
  return {
    name,
    vkey: verifier.vkey,
    verifier,
    sign: (text) => `— ${name} ${toBase64(Buffer.concat([id, sign(null, utf8(text), key)]))}\n`,
  }
}

/** A signing key line. Its text is a secret: no error repeats it. */
export function parseSigningKey(skey: string): NoteSigner | Refusal {
  const start = 'PRIVATE+KEY+'
  const parts = skey.startsWith(start) ? cut(skey.slice(start.length)) : undefined
  if (parts === undefined || parts.material[0] !== 1 || parts.material.length !== 1 + SEED_BYTES) {
    return refuse('JRNL-011', 'the signing key is malformed', { expected: 'PRIVATE+KEY+name+hash+base64' })
  }
  const signer = signerOf(parts.name, parts.material.subarray(1))
  if (signer === undefined || signer.verifier.hash !== parts.hash) {
    return refuse('JRNL-011', `the signing key of ${parts.name} does not fit its hash`)
  }
  return signer
}

/**
 * A new key pair for a log of that name (its origin, such as `pasu.example.com/journal`). The seed is 32 secret bytes; only tests and
 * the simulation pass one. Throws where the name cannot be a key's name.
 */
export function generateNoteKey(name: string, seed: Bytes = randomBytes(SEED_BYTES)): { skey: string; vkey: string } {
  const signer = isKeyName(name) && seed.length === SEED_BYTES ? signerOf(name, seed) : undefined
  if (signer === undefined) throw new RangeError(`"${name}" cannot name a key: it has a space or a plus, or is empty`)
  const material = toBase64(Buffer.concat([Buffer.of(1), seed]))
  return { skey: `PRIVATE+KEY+${name}+${signer.verifier.hash}+${material}`, vkey: signer.vkey }
}
