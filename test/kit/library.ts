/** The peer: what `@simplewebauthn/server` makes of the same assertion. */
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Assertion, Credential, Expected } from '../../src/rooms/access/engine/webauthn/index.ts'

/** Rejects where the library refuses it in words. */
export async function libraryTakes(
  { credential_id, client_data_json, authenticator_data, signature }: Assertion,
  { id, public_key }: Credential,
  { challenge, origins, rpId }: Expected,
): Promise<boolean> {
  const response = { clientDataJSON: client_data_json, authenticatorData: authenticator_data, signature }
  const { verified } = await verifyAuthenticationResponse({
    response: { id: credential_id, rawId: credential_id, type: 'public-key', clientExtensionResults: {}, response },
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    credential: { id, publicKey: Uint8Array.from(Buffer.from(public_key, 'base64url')), counter: 0 },
  })
  return verified
}
