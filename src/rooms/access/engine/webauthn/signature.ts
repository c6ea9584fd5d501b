/** Signatures of assertions (WebAuthn Level 3, "Signature Formats"): their form is checked here, so that no later library can take a looser one. */
import { verify } from 'node:crypto'
import type { Bytes } from '../../../../kernel/bytes.ts'
import type { PublicKey } from './cose-key.ts'

/** The longest is RSA's with a modulus of 4,096 bits. */
export const SIGNATURE_BYTES_MAX = 512

/** RFC 8032 sections 5.1.6 and 5.2.6. */
const EDWARDS_BYTES: Readonly<Record<string, number>> = { Ed25519: 64, Ed448: 114 }

/** Where a DER integer that begins at `from` ends; `undefined` unless it is positive, minimal and no longer than a number of the curve. */
function integerEnd(der: Bytes, from: number, bytesMax: number): number | undefined {
  const length = der[from + 1] ?? 0
  const first = der[from + 2] ?? 0
  const second = der[from + 3] ?? 0
  if (der[from] !== 2 || length === 0 || from + 2 + length > der.length || first > 127) return undefined
  const isPadded = first === 0
  // A zero in front is there only to keep the number positive; a zero alone is no part of any signature.
  if (isPadded && (length === 1 || second < 128)) return undefined
  return length - (isPadded ? 1 : 0) > bytesMax ? undefined : from + 2 + length
}

/** ECDSA-Sig-Value (RFC 3279 section 2.2.3) in DER. A P-521 signature is longer than 127 bytes and takes the longer head. */
function isEcdsa(der: Bytes, coordinateBytes: number): boolean {
  const isLong = der[1] === 0x81
  const from = isLong ? 3 : 2
  const length = der[from - 1] ?? 0
  if (der[0] !== 0x30 || der.length !== from + length || isLong !== length > 127) return false
  const middle = integerEnd(der, from, coordinateBytes)
  return middle !== undefined && integerEnd(der, middle, coordinateBytes) === der.length
}

/** Whether the bytes can be a signature of that key at all. */
export function isSignature({ algorithm, modulusBytes }: PublicKey, signature: Bytes): boolean {
  const { curve } = algorithm
  if (curve === undefined) return signature.length === modulusBytes
  const fixed = EDWARDS_BYTES[curve.name]
  return fixed === undefined ? isEcdsa(signature, curve.bytes) : signature.length === fixed
}

export const verifies = ({ algorithm, key }: PublicKey, signed: Bytes, signature: Bytes): boolean =>
  verify(algorithm.hash ?? null, signed, key, signature)
