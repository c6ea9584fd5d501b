/** Public keys and certificate fingerprints of machines, read in the forms in which people copy them. */
import { base64Url } from '../api/proof.ts'
import { fromBase64 } from '../rooms/evidence/note.ts'

const KEY_BYTES = 32
/** The head of an Ed25519 key as SubjectPublicKeyInfo (RFC 8410): what OpenSSL writes before the 32 bytes. */
const SPKI_HEAD = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

/** PEM, base64 or base64url of an Ed25519 key -> its 32 bytes in base64url; anything else is `undefined`. */
export function ed25519Key(typed: string): string | undefined {
  const body = typed.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  const padded = body.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  const bytes = fromBase64(padded + '='.repeat((4 - (padded.length % 4)) % 4))
  if (bytes === undefined) return undefined
  if (bytes.length === KEY_BYTES) return base64Url(bytes)
  const isSpki = bytes.length === SPKI_HEAD.length + KEY_BYTES && SPKI_HEAD.every((byte, at) => bytes[at] === byte)
  return isSpki ? base64Url(bytes.subarray(SPKI_HEAD.length)) : undefined
}

/** `AB:CD:…` as OpenSSL prints it, with or without its name before it -> 64 small hexadecimal digits. */
export function certificateSha256(typed: string): string | undefined {
  const digits = typed
    .trim()
    .replace(/^sha256 fingerprint=/i, '')
    .replace(/[:\s]/g, '')
    .toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined
}
