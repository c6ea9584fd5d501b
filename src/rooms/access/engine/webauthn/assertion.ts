/** Verifying an assertion: WebAuthn Level 3 section 7.2, without a clock, a store or a network, so that it can be done again years later. */
import { sha256 } from '../../../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { CLIENT_DATA_BYTES_MAX, clientDataFault } from './client-data.ts'
import { type PublicKey, publicKeyOf } from './cose-key.ts'
import { authenticatorFault, bytesOf, type Expected } from './expected.ts'
import { refuse } from './refusals.ts'
import { isSignature, SIGNATURE_BYTES_MAX, verifies } from './signature.ts'

/** A registered key, as the journal keeps it. */
export interface Credential {
  /** base64url, as the browser names it. */
  readonly id: string
  /** The COSE_Key in base64url. */
  readonly public_key: string
  /** The highest count seen; 0 where the authenticator keeps none. */
  readonly sign_count: number
  readonly backup_eligible: boolean
}

/** What the browser gave for one signature; bytes are base64url. */
export interface Assertion {
  readonly credential_id: string
  readonly client_data_json: string
  readonly authenticator_data: string
  readonly signature: string
}

export interface VerifiedAssertion {
  readonly verified: true
  readonly algorithm: string
  /** To be kept with the credential. */
  readonly sign_count: number
  readonly backed_up: boolean
}

/** Extensions that authenticators give with an assertion are some dozens of bytes. */
const AUTHENTICATOR_DATA_BYTES_MAX = 1_024

/** What the authenticator's part says that cannot be of this credential. */
function credentialFault(data: AuthenticatorData, credential: Credential): Refusal | undefined {
  if (data.attested !== undefined) {
    return refuse('PASSKEY-007', 'authenticator_data: an assertion carries no credential', {
      field: 'authenticator_data',
    })
  }
  if (data.flags.backupEligible !== credential.backup_eligible) {
    const now = data.flags.backupEligible ? 'is' : 'is not'
    return refuse('PASSKEY-011', `the key ${now} backup-eligible (BE); it was registered otherwise`, {
      field: 'authenticator_data.flags.be',
    })
  }
  return undefined
}

/** Section 7.2: both zero means that the authenticator counts nothing, which is no alarm. */
function countFault(now: number, before: number): Refusal | undefined {
  if (now > before || (now === 0 && before === 0)) return undefined
  return refuse('PASSKEY-012', `the count is ${now}; expected more than ${before}`, {
    field: 'authenticator_data.sign_count',
    context: { before, now },
  })
}

function signatureFault(key: PublicKey, assertion: Assertion): Refusal | undefined {
  const signature = bytesOf(assertion.signature, 'signature', SIGNATURE_BYTES_MAX)
  if (isRefusal(signature)) return signature
  const { name } = key.algorithm
  if (!isSignature(key, signature)) {
    return refuse('PASSKEY-014', `signature: not of the form of ${name}`, { field: 'signature' })
  }
  const clientData = Buffer.from(assertion.client_data_json, 'base64url')
  const signed = Buffer.concat([Buffer.from(assertion.authenticator_data, 'base64url'), sha256(clientData)])
  if (verifies(key, signed, signature)) return undefined
  return refuse('PASSKEY-013', `signature: not made over this by this ${name} key`, { field: 'signature' })
}

/** Accepted, or the refusal that names the first field at fault. The order of the checks is the specification's. */
export function verifyAssertion(asked: {
  readonly credential: Credential
  readonly assertion: Assertion
  readonly expected: Expected
}): VerifiedAssertion | Refusal {
  const { credential, assertion, expected } = asked
  if (assertion.credential_id !== credential.id) {
    return refuse('PASSKEY-015', 'another credential answered', { field: 'credential_id' })
  }
  const clientData = bytesOf(assertion.client_data_json, 'client_data_json', CLIENT_DATA_BYTES_MAX)
  if (isRefusal(clientData)) return clientData
  const bytes = bytesOf(assertion.authenticator_data, 'authenticator_data', AUTHENTICATOR_DATA_BYTES_MAX)
  if (isRefusal(bytes)) return bytes
  const said = clientDataFault(clientData, 'webauthn.get', expected)
  if (said !== undefined) return said
  const data = readAuthenticatorData(bytes)
  if (isRefusal(data)) return data
  const key = publicKeyOf(credential.public_key)
  if (isRefusal(key)) return key
  const fault =
    authenticatorFault(data, expected) ??
    credentialFault(data, credential) ??
    signatureFault(key, assertion) ??
    countFault(data.signCount, credential.sign_count)
  if (fault !== undefined) return fault
  const { flags, signCount } = data
  return { verified: true, algorithm: key.algorithm.name, sign_count: signCount, backed_up: flags.backedUp }
}
