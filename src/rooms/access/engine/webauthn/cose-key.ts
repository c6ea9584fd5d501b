/**
 * A credential's public key: COSE_Key (RFC 9052, RFC 9053, RFC 8230) in exactly the members that WebAuthn Level 3 section 6.5.1 asks for,
 * as a key of node:crypto. What is not on the list of algorithms is refused by its number.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Bytes, fromBase64Url, toBase64Url } from '../../../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { type CborMap, type CborValue, readCbor } from './cbor.ts'
import { type Edwards, edwardsFault } from './edwards.ts'
import { refuse } from './refusals.ts'

interface Curve {
  readonly kty: 1 | 2
  /** COSE's number of the curve. */
  readonly crv: number
  readonly name: string
  readonly bytes: number
}

export interface Algorithm {
  readonly name: 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed448' | 'RS256'
  /** COSE's number of it. */
  readonly id: number
  /** Absent where the algorithm hashes for itself. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
  readonly curve?: Curve
}

/** With each algorithm its one curve: WebAuthn Level 3 section 5.8.5 fixes the pairs, so that no key can be used under another's rules. */
export const ALGORITHMS: readonly Algorithm[] = [
  { name: 'ES256', id: -7, hash: 'sha256', curve: { kty: 2, crv: 1, name: 'P-256', bytes: 32 } },
  { name: 'ES384', id: -35, hash: 'sha384', curve: { kty: 2, crv: 2, name: 'P-384', bytes: 48 } },
  { name: 'ES512', id: -36, hash: 'sha512', curve: { kty: 2, crv: 3, name: 'P-521', bytes: 66 } },
  { name: 'EdDSA', id: -8, curve: { kty: 1, crv: 6, name: 'Ed25519', bytes: 32 } },
  { name: 'Ed448', id: -53, curve: { kty: 1, crv: 7, name: 'Ed448', bytes: 57 } },
  { name: 'RS256', id: -257, hash: 'sha256' },
]

/** NIST SP 800-131A: below this RSA is no longer allowed for signatures. */
export const RSA_BITS_MIN = 2_048
/** No authenticator makes larger ones; verification grows with the square. */
const RSA_BITS_MAX = 4_096
const RSA_EXPONENT = Buffer.from([1, 0, 1])
/** The largest key that is allowed has 4,096 bits of modulus, 3 bytes of exponent and a few of heads. */
const KEY_BYTES_MAX = 600

const KTY = 1
const ALG = 3
const KTY_RSA = 3

export interface PublicKey {
  readonly algorithm: Algorithm
  readonly key: KeyObject
  /** Bytes of an RSA modulus: the length that a signature must have. */
  readonly modulusBytes?: number
}

const weak = (detail: string): Refusal => refuse('PASSKEY-018', detail, { field: 'public_key' })

/** The members that must be there, and no other: WebAuthn forbids the optional ones. */
function membersFault(map: CborMap, members: readonly number[]): Refusal | undefined {
  const expected = new Set<number | string>(members)
  const strange = [...map.keys()].find((key) => !expected.has(key))
  if (strange !== undefined) return weak(`the key has a member ${strange} that is not expected`)
  const missing = members.find((member) => !map.has(member))
  return missing === undefined ? undefined : weak(`the key lacks the member ${missing}`)
}

const bytesAt = (map: CborMap, member: number, length?: number): Bytes | undefined => {
  const value: CborValue | undefined = map.get(member)
  return value instanceof Uint8Array && (length === undefined || value.length === length) ? value : undefined
}

type Jwk = Readonly<Record<string, string>>

function imported(jwk: Jwk): KeyObject | Refusal {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return weak('the numbers are not a public key: the point is not on its curve')
  }
}

function curveKey(map: CborMap, algorithm: Algorithm, curve: Curve): PublicKey | Refusal {
  const isPoint = curve.kty === 2
  const fault = membersFault(map, isPoint ? [KTY, ALG, -1, -2, -3] : [KTY, ALG, -1, -2])
  if (fault !== undefined) return fault
  if (map.get(-1) !== curve.crv) return weak(`${algorithm.name} goes with the curve ${curve.name} only`)
  const x = bytesAt(map, -2, curve.bytes)
  const y = isPoint ? bytesAt(map, -3, curve.bytes) : x
  if (x === undefined || y === undefined) return weak(`coordinates of ${curve.name} have ${curve.bytes} bytes each`)
  if (!isPoint) {
    const why = edwardsFault(curve.name as Edwards, x)
    if (why !== undefined) return weak(why)
  }
  const crv = curve.name
  const jwk = isPoint
    ? { kty: 'EC', crv, x: toBase64Url(x), y: toBase64Url(y) }
    : { kty: 'OKP', crv, x: toBase64Url(x) }
  const key = imported(jwk)
  return isRefusal(key) ? key : { algorithm, key }
}

function rsaKey(map: CborMap, algorithm: Algorithm): PublicKey | Refusal {
  const fault = membersFault(map, [KTY, ALG, -1, -2])
  if (fault !== undefined) return fault
  const modulus = bytesAt(map, -1)
  const exponent = bytesAt(map, -2)
  if (modulus === undefined || exponent === undefined) return weak('modulus and exponent must be byte strings')
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24
  if (modulus[0] === 0 || bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
    return weak(`the modulus has ${bits} bits; expected ${RSA_BITS_MIN} to ${RSA_BITS_MAX}, without leading zeros`)
  }
  if (((modulus.at(-1) ?? 0) & 1) === 0) return weak('the modulus is even')
  // Small exponents have been the door to forgeries (Bleichenbacher 2006); every TPM and authenticator uses this one.
  if (!RSA_EXPONENT.equals(exponent)) return weak('the exponent is not 65537')
  const key = imported({ kty: 'RSA', n: toBase64Url(modulus), e: toBase64Url(exponent) })
  return isRefusal(key) ? key : { algorithm, key, modulusBytes: modulus.length }
}

/** A key that was read as CBOR already. */
export function keyFromMap(map: CborValue): PublicKey | Refusal {
  if (!(map instanceof Map)) return weak('the key is not a CBOR map')
  const id: unknown = map.get(ALG)
  const algorithm = ALGORITHMS.find((one) => one.id === id)
  if (algorithm === undefined) {
    const shown = typeof id === 'number' ? `has the COSE number ${id}` : 'is absent or no number'
    return refuse('PASSKEY-017', `the algorithm ${shown}`, { field: 'public_key' })
  }
  const kty = algorithm.curve?.kty ?? KTY_RSA
  if (map.get(KTY) !== kty) return weak(`${algorithm.name} goes with the key type ${kty} only`)
  return algorithm.curve === undefined ? rsaKey(map, algorithm) : curveKey(map, algorithm, algorithm.curve)
}

function readKey(text: string): PublicKey | Refusal {
  const bytes = fromBase64Url(text)
  if (bytes === undefined || bytes.length > KEY_BYTES_MAX) {
    return refuse('PASSKEY-001', `public_key: expected base64url of at most ${KEY_BYTES_MAX} bytes`, {
      field: 'public_key',
    })
  }
  const read = readCbor(bytes)
  return read.ok ? keyFromMap(read.value) : weak(`the key is not canonical CBOR: ${read.why} (byte ${read.at})`)
}

/** So many keys are kept ready: making one takes about as long as verifying with it. The eldest goes first. */
const READY_MAX = 4_096
const ready = new Map<string, PublicKey>()

/** The key of a COSE_Key in base64url. The same text always gives the same answer; that some answers are kept is not seen from outside. */
export function publicKeyOf(text: string): PublicKey | Refusal {
  const known = ready.get(text)
  if (known !== undefined) return known
  const key = readKey(text)
  if (isRefusal(key)) return key
  const [eldest] = ready.size < READY_MAX ? [] : ready.keys()
  if (eldest !== undefined) ready.delete(eldest)
  ready.set(text, key)
  return key
}
