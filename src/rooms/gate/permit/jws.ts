/** A compact JWS (RFC 7515) under Ed25519 (RFC 8037), and nothing else: everything that a header could choose is fixed beforehand. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type NotPermitted, no } from './codes.ts'

/** A permit has about 900 bytes. */
const JWS_LENGTH_MAX = 4_096
const SIGNATURE_BYTES = 64

export const PERMIT_TYPE = 'pasu-permit+jwt'

/** A public Ed25519 key (RFC 8037 section 2). */
export interface Jwk {
  readonly kty: string
  readonly crv?: string
  readonly x?: string
  readonly kid?: string
  readonly use?: string
  readonly alg?: string
}

/** As Pasu publishes it under `/.well-known/jwks.json`. */
export interface Jwks {
  readonly keys: readonly Jwk[]
}

/** Making a key object takes as long as verifying with it. */
const prepared = new WeakMap<Jwk, KeyObject>()

/** Bytes of canonical base64url without padding (RFC 7515 appendix C); Node alone would also take other spellings of the same bytes. */
function bytesOf(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url')
  return part !== '' && bytes.toString('base64url') === part ? bytes : undefined
}

function objectOf(bytes: Buffer): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function keyOf(jwk: Jwk): KeyObject | undefined {
  const known = prepared.get(jwk)
  if (known !== undefined) return known
  const { kty, crv, x = '' } = jwk
  if (kty !== 'OKP' || crv !== 'Ed25519' || bytesOf(x)?.length !== 32) return undefined
  try {
    const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' })
    prepared.set(jwk, key)
    return key
  } catch {
    return undefined
  }
}

/** The one key of that id that may verify signatures, or why there is none. */
function chooseKey(jwks: Jwks, kid: string): KeyObject | NotPermitted {
  const found = jwks.keys.filter((key) => key.kid === kid)
  const [jwk] = found
  if (jwk === undefined) return no('PERMIT-003', `no key of the set has the id ${JSON.stringify(kid.slice(0, 60))}`)
  if (found.length > 1) return no('PERMIT-013', `the key set has the id ${kid} ${found.length} times`)
  const isForUs = (jwk.use ?? 'sig') === 'sig' && (jwk.alg ?? 'EdDSA') === 'EdDSA'
  const key = isForUs ? keyOf(jwk) : undefined
  return key ?? no('PERMIT-003', `the key ${kid} is not an Ed25519 key for signatures`)
}

const ALLOWED_HEADER = new Set(['alg', 'kid', 'typ'])

function headerFault(header: { readonly [name: string]: unknown }): NotPermitted | undefined {
  // Also covers `crit`, and `jwk`, `jku`, `x5c`, `x5u`, by which a token would bring its own key along.
  const strange = Object.keys(header).find((name) => !ALLOWED_HEADER.has(name))
  if (strange !== undefined) return no('PERMIT-002', `the header has a member ${JSON.stringify(strange.slice(0, 60))}`)
  if (header.alg !== 'EdDSA') return no('PERMIT-002', `alg is ${shown(header.alg)}; expected "EdDSA"`)
  if (header.typ !== PERMIT_TYPE) return no('PERMIT-002', `typ is ${shown(header.typ)}; expected "${PERMIT_TYPE}"`)
  if (typeof header.kid !== 'string') return no('PERMIT-002', 'the header names no key id')
  return undefined
}

export const shown = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 80)

export interface Signed {
  readonly ok: true
  readonly text: string
  readonly claims: { readonly [name: string]: unknown }
}

/** The payload, once the signature over it is seen to be of a known key. */
export function verifyJws(jws: string, jwks: Jwks): Signed | NotPermitted {
  if (typeof jws !== 'string' || jws.length > JWS_LENGTH_MAX) {
    return no('PERMIT-001', `expected a text of at most ${JWS_LENGTH_MAX} characters`)
  }
  const parts = jws.split('.')
  const [headerBytes, payload, signature] = parts.map(bytesOf)
  if (parts.length !== 3 || headerBytes === undefined || payload === undefined || signature === undefined) {
    return no('PERMIT-001', 'expected three parts of base64url')
  }
  const header = objectOf(headerBytes)
  if (header === undefined) return no('PERMIT-001', 'the header is not a JSON object')
  const fault = headerFault(header)
  if (fault !== undefined) return fault
  const key = chooseKey(jwks, String(header.kid))
  if ('ok' in key) return key
  const input = Buffer.from(jws.slice(0, jws.lastIndexOf('.')), 'ascii')
  if (signature.length !== SIGNATURE_BYTES || !verify(null, input, key, signature)) {
    return no('PERMIT-004', 'the signature does not fit header and claims')
  }
  const claims = objectOf(payload)
  return claims === undefined
    ? no('PERMIT-005', 'the claims are not a JSON object')
    : { ok: true, text: payload.toString('utf8'), claims }
}
