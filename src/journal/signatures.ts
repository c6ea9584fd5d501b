/** Public keys as their raw bytes, for the two algorithms that a note may be signed with. Both are node:crypto's own. */
import { createPublicKey, verify } from 'node:crypto'
import type { Bytes } from '../kernel/bytes.ts'

export type SignatureAlgorithm = 'ed25519' | 'ml-dsa-44'

const SIGNATURE_BYTES: Readonly<Record<SignatureAlgorithm, number>> = { ed25519: 64, 'ml-dsa-44': 2420 }
export const PUBLIC_KEY_BYTES: Readonly<Record<SignatureAlgorithm, number>> = { ed25519: 32, 'ml-dsa-44': 1312 }

/** The fixed bytes before the key in a SubjectPublicKeyInfo: RFC 8410 section 4 and RFC 9881 section 4. */
const SPKI: Readonly<Record<SignatureAlgorithm, string>> = {
  ed25519: '302a300506032b6570032100',
  'ml-dsa-44': '30820532300b06096086480165030403110382052100',
}

/** Whether a signature is the key's over the message. */
export type Verify = (message: Bytes, signature: Bytes) => boolean

/** A verifying function for a raw public key; `undefined` where the bytes are no key of that algorithm. */
export function openPublicKey(algorithm: SignatureAlgorithm, raw: Bytes): Verify | undefined {
  if (raw.length !== PUBLIC_KEY_BYTES[algorithm]) return undefined
  const der = Buffer.concat([Buffer.from(SPKI[algorithm], 'hex'), raw])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return (message, signature) => {
    return signature.length === SIGNATURE_BYTES[algorithm] && verify(null, message, key, signature)
  }
}
