/** The public key of a service account, as it is registered. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { fromBase64Url } from '../../kernel/bytes.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { edwardsFault } from '../../rooms/access/engine/webauthn/edwards.ts'
import { refuse } from './refusals.ts'

const BYTES = 32

/** From base64url without padding. Refuses what node:crypto takes and signs nothing soundly: points of small order, off the curve, respelled. */
export function serviceKeyOf(text: string): KeyObject | Refusal {
  const bytes = text.length > 64 ? undefined : fromBase64Url(text)
  const weak = (why: string): Refusal => refuse('DOOR-022', why, { field: 'public_key' })
  if (bytes?.length !== BYTES) return weak(`expected ${BYTES} bytes in base64url without padding`)
  const why = edwardsFault('Ed25519', bytes)
  if (why !== undefined) return weak(why)
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' })
}

/** Keys kept ready; more services than this have none. */
const KEYS_MAX = 1_000

/** Finds the key of a service by its registered text. What is registered and not sound opens nothing. */
export function serviceKeys(
  textOf: (service: string) => string | undefined,
): (service: string) => KeyObject | undefined {
  const known = new Map<string, KeyObject>()
  return (service) => {
    const text = textOf(service)
    if (text === undefined) return undefined
    const found = known.get(text) ?? serviceKeyOf(text)
    if ('refused' in found) return undefined
    if (known.size < KEYS_MAX) known.set(text, found)
    return found
  }
}
