/** The key of the device that opened a session: P-256, made in the browser and never leaving it (WebCrypto, not extractable). */
import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

/** 32 bytes in base64url. */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'expected 32 bytes in base64url')

/** Exactly the members that RFC 7638 section 3.2 hashes. A private part, or anything else, is refused. */
export const deviceJwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
})
export type DeviceJwk = z.infer<typeof deviceJwkSchema>

export interface DeviceKey {
  readonly jwk: DeviceJwk
  /** The JWK thumbprint of RFC 7638 with SHA-256, in base64url: what a session keeps. */
  readonly thumbprint: string
  readonly key: KeyObject
}

/** RFC 7638 section 3: the members in the order of their names, without a space. */
export const thumbprintOf = ({ crv, kty, x, y }: DeviceJwk): string =>
  hash('sha256', `{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`, 'base64url')

/** From what a browser sent. `DOOR-023` where it is no sound public key: private, of another curve, off the curve. */
export function deviceKeyOf(input: unknown): DeviceKey | Refusal {
  const parsed = deviceJwkSchema.safeParse(input)
  const weak = (why: string): Refusal => refuse('DOOR-023', why, { field: 'device' })
  if (!parsed.success) return weak('expected the members kty, crv, x and y of a P-256 key, and no other')
  const jwk = parsed.data
  const key = imported(jwk) ?? weak('the numbers are no point of P-256')
  return isRefusal(key) ? key : { jwk, thumbprint: thumbprintOf(jwk), key }
}

function imported(jwk: DeviceJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}
