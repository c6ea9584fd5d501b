/** What a ceremony must have been about, and the checks of the authenticator's answer that registration and assertion share. */
import { type Bytes, equalBytes, fromBase64Url, sha256, utf8 } from '../../../../kernel/bytes.ts'
import type { Refusal } from '../../../../kernel/refusal.ts'
import type { AuthenticatorData } from './authenticator-data.ts'
import { refuse } from './refusals.ts'

export interface Expected {
  /** base64url of the bytes that were to be signed. */
  readonly challenge: string
  /** As browsers write them: `https://pasu.exchange.example`, with a port where it is not 443. */
  readonly origins: readonly string[]
  /** The domain to which the keys are bound. */
  readonly rpId: string
}

/** Bytes of canonical base64url, or the refusal that names the field. */
export function bytesOf(text: string, field: string, bytesMax: number): Bytes | Refusal {
  const bytes = text.length > Math.ceil((bytesMax * 4) / 3) ? undefined : fromBase64Url(text)
  if (bytes !== undefined && bytes.length > 0) return bytes
  return refuse('PASSKEY-001', `${field}: expected 1 to ${bytesMax} bytes in base64url without padding`, { field })
}

/** Of WebAuthn Level 3 sections 7.1 and 7.2. User verification is never optional here. */
export function authenticatorFault({ rpIdHash, flags }: AuthenticatorData, expected: Expected): Refusal | undefined {
  const at = (part: string) => ({ field: `authenticator_data.${part}` })
  if (!equalBytes(rpIdHash, sha256(utf8(expected.rpId)))) {
    return refuse('PASSKEY-008', `the key answered for another site than ${expected.rpId}`, at('rp_id_hash'))
  }
  if (!flags.userPresent) return refuse('PASSKEY-009', 'the flag UP is not set', at('flags.up'))
  if (!flags.userVerified) return refuse('PASSKEY-010', 'the flag UV is not set', at('flags.uv'))
  if (flags.backedUp && !flags.backupEligible) {
    return refuse('PASSKEY-011', 'the key says it is backed up (BS) and cannot be (BE)', at('flags.bs'))
  }
  return undefined
}
