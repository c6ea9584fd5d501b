/** Judges the answer to a sign-in, so that nobody learns from the refusal, or from its time, which passkeys are registered here. */
import { generateKeyPairSync, verify } from 'node:crypto'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import {
  type Credential,
  type Expected,
  type VerifiedAssertion,
  verifyAssertion,
} from '../../rooms/access/engine/webauthn/index.ts'
import { refuse } from './refusals.ts'
import { type AssertionResponse, assertionOf } from './responses.ts'

/** A key that may sign in now, and whose it is. */
export interface KnownKey {
  readonly credential: Credential
  readonly person: string
  /** What the authenticator was given as the user's handle. */
  readonly userHandle: string
}

export interface SignedIn {
  readonly person: string
  readonly credential: Credential
  readonly verified: VerifiedAssertion
}

const refused = (): Refusal => refuse('DOOR-016', 'no registered passkey signed this ceremony')

const decoy = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const NOTHING = new Uint8Array(64)

/** As long as a real verification takes, near enough: most passkeys are of P-256. */
function spendTime(): void {
  verify('sha256', NOTHING, { key: decoy, dsaEncoding: 'ieee-p1363' }, NOTHING)
}

/** `DOOR-016` for every fault: an unknown key, a wrong signature, another site, an old count. The cause is in `why`, for the log and for alarms. */
export function judgeSignIn(asked: {
  readonly response: AssertionResponse
  readonly expected: Expected
  readonly keyOf: (credentialId: string) => KnownKey | undefined
}): SignedIn | { readonly refusal: Refusal; readonly why: string } {
  const { response, expected, keyOf } = asked
  const known = keyOf(response.id)
  if (known === undefined) {
    spendTime()
    return { refusal: refused(), why: 'unknown key' }
  }
  const { credential, person, userHandle } = known
  // Discoverable keys always tell it (WebAuthn Level 3 section 7.2, step 6); where it names another person, the answer means two people.
  if (response.response.userHandle !== userHandle) {
    spendTime()
    return { refusal: refused(), why: 'another user handle' }
  }
  const verified = verifyAssertion({ credential, assertion: assertionOf(response), expected })
  if (isRefusal(verified)) return { refusal: refused(), why: verified.code }
  return { person, credential, verified }
}
