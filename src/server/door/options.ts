/** What a browser is asked for, as JSON that `@simplewebauthn/browser` takes (WebAuthn Level 3 sections 5.4 and 5.5). */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { sha256, toBase64Url } from '../../kernel/bytes.ts'
import { canonicalBytes } from '../../kernel/canonical.ts'
import { ALGORITHMS } from '../../rooms/access/engine/webauthn/index.ts'
import type { Conveyance } from '../../world/attestation.ts'
import { CEREMONY_MS } from './ceremonies.ts'

/** The browser asks the library's type; `enterprise` is of Level 2 and not in it. */
export type RegistrationOptions = Omit<PublicKeyCredentialCreationOptionsJSON, 'attestation'> & {
  readonly attestation: Conveyance
}

/**
 * The handle that the authenticator keeps with the key. A hash, for it can be read without user verification by whoever holds the
 * authenticator (WebAuthn Level 3 section 14.6.1); the same for all keys of one person, so that one authenticator holds one of them.
 */
export const userHandle = (deployment: string, person: string): string =>
  toBase64Url(sha256(canonicalBytes({ domain: 'pasu.user.v1', deployment, person })))

export function registrationOptions(asked: {
  readonly challenge: string
  readonly rpId: string
  readonly deployment: string
  readonly person: string
  /** Ids of the keys that the person has, in base64url: an authenticator that holds one makes no second. */
  readonly keys: readonly string[]
  readonly conveyance: Conveyance
}): RegistrationOptions {
  const { challenge, rpId, deployment, person, keys, conveyance } = asked
  return {
    rp: { id: rpId, name: `Pasu · ${deployment}` },
    user: { id: userHandle(deployment, person), name: person, displayName: person },
    challenge,
    pubKeyCredParams: ALGORITHMS.map(({ id }) => ({ type: 'public-key', alg: id })),
    timeout: CEREMONY_MS,
    excludeCredentials: keys.map((id) => ({ type: 'public-key', id })),
    // The second member is what Level 1 authenticators read.
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: conveyance,
  }
}

/** `keys` absent: any passkey of this site, so that nobody learns who has one. Given: those of one person, to confirm a key. */
export const assertionOptions = (asked: {
  readonly challenge: string
  readonly rpId: string
  readonly keys?: readonly string[]
}): PublicKeyCredentialRequestOptionsJSON => ({
  challenge: asked.challenge,
  rpId: asked.rpId,
  timeout: CEREMONY_MS,
  userVerification: 'required',
  ...(asked.keys === undefined ? {} : { allowCredentials: asked.keys.map((id) => ({ type: 'public-key', id })) }),
})
