/** What the authenticator itself says and signs: WebAuthn Level 3 section 6.1, read strictly, to the last byte. */
import { type Bytes, toHex } from '../../../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { type CborMap, readCborAt } from './cbor.ts'
import { refuse } from './refusals.ts'

export interface AuthenticatorFlags {
  readonly userPresent: boolean
  readonly userVerified: boolean
  /** Whether the private key may be copied to other devices; fixed when the key is made. */
  readonly backupEligible: boolean
  /** Whether it is copied now. */
  readonly backedUp: boolean
}

export interface AttestedCredential {
  /** The model of the authenticator as a UUID; all zero where it does not say. */
  readonly aaguid: string
  readonly id: Bytes
  readonly key: CborMap
  /** The COSE_Key as it stands in the data. */
  readonly keyBytes: Bytes
}

export interface AuthenticatorData {
  readonly rpIdHash: Bytes
  readonly flags: AuthenticatorFlags
  readonly signCount: number
  readonly attested?: AttestedCredential
}

/** rpIdHash 32, flags 1, signCount 4. */
const FIXED_BYTES = 37
const AAGUID_BYTES = 16
/** WebAuthn Level 3: at least 16 bytes (section 4, "Credential ID"), at most 1,023 (section 7.1). */
const ID_BYTES_MIN = 16
const ID_BYTES_MAX = 1_023

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08
const BACKED_UP = 0x10
const HAS_CREDENTIAL = 0x40
const HAS_EXTENSIONS = 0x80

const malformed = (why: string): Refusal =>
  refuse('PASSKEY-007', `authenticator_data: ${why}`, { field: 'authenticator_data' })

function uuid(bytes: Bytes): string {
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function mapAt(bytes: Bytes, from: number, what: string): { readonly map: CborMap; readonly end: number } | Refusal {
  const read = readCborAt(bytes, from)
  if (!read.ok) return malformed(`the ${what} is not canonical CBOR: ${read.why} (byte ${read.at})`)
  return read.value instanceof Map ? { map: read.value, end: read.end } : malformed(`the ${what} is no CBOR map`)
}

function attestedAt(bytes: Bytes): { readonly attested: AttestedCredential; readonly end: number } | Refusal {
  const idFrom = FIXED_BYTES + AAGUID_BYTES + 2
  if (bytes.length < idFrom) return malformed('the attested credential is cut short')
  const aaguid = uuid(bytes.subarray(FIXED_BYTES, FIXED_BYTES + AAGUID_BYTES))
  const length = (bytes[idFrom - 2] ?? 0) * 256 + (bytes[idFrom - 1] ?? 0)
  if (length < ID_BYTES_MIN || length > ID_BYTES_MAX) {
    return malformed(`the credential id has ${length} bytes; expected ${ID_BYTES_MIN} to ${ID_BYTES_MAX}`)
  }
  const keyFrom = idFrom + length
  if (bytes.length < keyFrom) return malformed('the credential id is cut short')
  const key = mapAt(bytes, keyFrom, 'public key')
  if (isRefusal(key)) return key
  const attested = {
    aaguid,
    id: bytes.subarray(idFrom, keyFrom),
    key: key.map,
    keyBytes: bytes.subarray(keyFrom, key.end),
  }
  return { attested, end: key.end }
}

/** The two reserved bits of the flags and whatever the extensions say are covered by the signature and otherwise ignored. */
export function readAuthenticatorData(bytes: Bytes): AuthenticatorData | Refusal {
  if (bytes.length < FIXED_BYTES) return malformed(`${bytes.length} bytes; expected at least ${FIXED_BYTES}`)
  const bits = bytes[FIXED_BYTES - 5] ?? 0
  const has = (bit: number): boolean => (bits & bit) !== 0
  const found = has(HAS_CREDENTIAL) ? attestedAt(bytes) : { end: FIXED_BYTES }
  if (isRefusal(found)) return found
  const extensions = has(HAS_EXTENSIONS) ? mapAt(bytes, found.end, 'extension data') : found
  if (isRefusal(extensions)) return extensions
  if (extensions.end !== bytes.length) return malformed(`${bytes.length - extensions.end} bytes too many`)
  return {
    rpIdHash: bytes.subarray(0, 32),
    flags: {
      userPresent: has(USER_PRESENT),
      userVerified: has(USER_VERIFIED),
      backupEligible: has(BACKUP_ELIGIBLE),
      backedUp: has(BACKED_UP),
    },
    signCount: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32BE(33),
    ...('attested' in found ? { attested: found.attested } : {}),
  }
}
