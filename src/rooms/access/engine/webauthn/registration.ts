/**
 * Reading a registration: WebAuthn Level 3 section 7.1 up to the credential and its key. The attestation statement is told by its format and
 * not judged: which makers to trust changes by the month and needs certificates and a clock, so it is the door's business, before the journal.
 */
import { type Bytes, toBase64Url } from '../../../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import type { Credential } from './assertion.ts'
import { type AttestedCredential, type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { type CborValue, readCbor } from './cbor.ts'
import { CLIENT_DATA_BYTES_MAX, clientDataFault } from './client-data.ts'
import { keyFromMap } from './cose-key.ts'
import { authenticatorFault, bytesOf, type Expected } from './expected.ts'
import { refuse } from './refusals.ts'

/** What the browser gave for a new key; bytes are base64url. */
export interface Registration {
  readonly credential_id: string
  readonly client_data_json: string
  readonly attestation_object: string
}

export interface NewCredential {
  readonly credential: Credential
  readonly algorithm: string
  readonly backed_up: boolean
  /** Format of the attestation statement, which nobody has judged: `none`, `packed`, `tpm` … */
  readonly format: string
  /** UUID of the authenticator's model, as it says itself. */
  readonly aaguid: string
}

/** TPM and Android statements carry up to four certificates: some 8,000 bytes. An entry of the journal must hold it twice over. */
const ATTESTATION_BYTES_MAX = 16_384
/** The formats that are registered with IANA are shorter; the text goes into the journal. */
const FORMAT_LENGTH_MAX = 32

const malformed = (why: string): Refusal =>
  refuse('PASSKEY-016', `attestation_object: ${why}`, { field: 'attestation_object' })

export interface AttestationObject {
  readonly format: string
  readonly data: AuthenticatorData & { readonly attested: AttestedCredential }
}

/** Section 6.5: a map of `fmt`, `attStmt` and `authData`, and nothing else. */
export function readAttestationObject(bytes: Bytes): AttestationObject | Refusal {
  const read = readCbor(bytes)
  if (!read.ok) return malformed(`not canonical CBOR: ${read.why} (byte ${read.at})`)
  const { value } = read
  if (!(value instanceof Map) || value.size !== 3) return malformed('expected a map of three members')
  const [format, statement, authData]: CborValue[] = ['fmt', 'attStmt', 'authData'].map((name) => value.get(name))
  if (typeof format !== 'string' || format === '' || format.length > FORMAT_LENGTH_MAX) {
    return malformed(`fmt must be a text of 1 to ${FORMAT_LENGTH_MAX} characters`)
  }
  if (!(statement instanceof Map)) return malformed('attStmt must be a map')
  if (!(authData instanceof Uint8Array)) return malformed('authData must be a byte string')
  const data = readAuthenticatorData(authData)
  if (isRefusal(data)) return data
  const { attested } = data
  return attested === undefined ? malformed('authData holds no credential') : { format, data: { ...data, attested } }
}

/** The new credential as it can be journaled, or the refusal that names the first field at fault. */
export function readRegistration(asked: {
  readonly registration: Registration
  readonly expected: Expected
}): NewCredential | Refusal {
  const { registration, expected } = asked
  const clientData = bytesOf(registration.client_data_json, 'client_data_json', CLIENT_DATA_BYTES_MAX)
  if (isRefusal(clientData)) return clientData
  const bytes = bytesOf(registration.attestation_object, 'attestation_object', ATTESTATION_BYTES_MAX)
  if (isRefusal(bytes)) return bytes
  const said = clientDataFault(clientData, 'webauthn.create', expected)
  if (said !== undefined) return said
  const object = readAttestationObject(bytes)
  if (isRefusal(object)) return object
  const fault = authenticatorFault(object.data, expected)
  if (fault !== undefined) return fault
  const { attested, flags, signCount } = object.data
  const id = toBase64Url(attested.id)
  if (id !== registration.credential_id) {
    return refuse('PASSKEY-015', 'the attested credential has another id', { field: 'credential_id' })
  }
  const key = keyFromMap(attested.key)
  if (isRefusal(key)) return key
  const public_key = toBase64Url(attested.keyBytes)
  return {
    credential: { id, public_key, sign_count: signCount, backup_eligible: flags.backupEligible },
    algorithm: key.algorithm.name,
    backed_up: flags.backedUp,
    format: object.format,
    aaguid: attested.aaguid,
  }
}
