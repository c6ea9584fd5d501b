/**
 * Judges a registration twice: by our own reader, whose answer the journal keeps, and by `@simplewebauthn/server`, which knows attestation
 * statements. Both must accept it, and both must have read the same key.
 */
import { X509Certificate } from 'node:crypto'
import { fromBase64Url, toBase64Url } from '../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type CborValue, readCbor } from '../../rooms/access/engine/webauthn/cbor.ts'
import {
  ALGORITHMS,
  type Expected,
  type NewCredential,
  readRegistration,
} from '../../rooms/access/engine/webauthn/index.ts'
import { ATTESTED_FORMATS, type AttestationPolicy, type AttestedFormat } from '../../world/attestation.ts'
import { refuse } from './refusals.ts'
import { type RegistrationResponse, registrationOf } from './responses.ts'

/** Loaded with the first registration: no start and no other request needs it. */
const library = () => import('@simplewebauthn/server')

/** A leaf, two authorities in between and a root are more than any maker uses. */
const CERTIFICATES_MAX = 4

const notAllowed = (why: string): Refusal =>
  refuse('DOOR-017', why, { field: 'registration.response.attestationObject' })

const isAttested = (format: string): format is AttestedFormat => ATTESTED_FORMATS.some((known) => known === format)

/** The certificates of the statement; `undefined` where it has none: then the key vouches for itself, which proves no maker. */
function certificatesOf({ response }: RegistrationResponse): readonly CborValue[] | undefined {
  const read = readCbor(fromBase64Url(response.attestationObject) ?? new Uint8Array())
  const object = read.ok ? read.value : undefined
  const statement = object instanceof Map ? object.get('attStmt') : undefined
  const certificates = statement instanceof Map ? statement.get('x5c') : undefined
  return Array.isArray(certificates) ? certificates : undefined
}

/** The library builds a chain without asking whether those in between may sign certificates at all. */
function chainFault(certificates: readonly CborValue[] | undefined): Refusal | undefined {
  const [leaf, ...between] = certificates ?? []
  if (leaf === undefined) return notAllowed('the authenticator names no maker')
  if (between.length >= CERTIFICATES_MAX) return notAllowed(`more than ${CERTIFICATES_MAX} certificates`)
  const isAuthority = (certificate: CborValue): boolean => {
    try {
      return certificate instanceof Uint8Array && new X509Certificate(certificate).ca
    } catch {
      return false
    }
  }
  return between.every(isAuthority) ? undefined : notAllowed('a certificate was issued by one that may issue none')
}

/** By the policy's lists, before the library looks at a certificate: it must meet none that nobody asked for. */
function policyFault(
  policy: AttestationPolicy,
  found: NewCredential,
  response: RegistrationResponse,
): Refusal | undefined {
  const { format, aaguid } = found
  const certificates = certificatesOf(response)
  if (policy.conveyance === 'none') {
    // What a browser leaves of a statement when none was asked for (WebAuthn Level 3 section 5.1.3, step 22).
    const isPlain = format === 'none' || (format === 'packed' && certificates === undefined)
    return isPlain ? undefined : notAllowed(`the format ${format} was not asked for`)
  }
  if (!isAttested(format) || !policy.formats.includes(format)) return notAllowed(`the format ${format} is not allowed`)
  if (policy.aaguids.length > 0 && !policy.aaguids.includes(aaguid)) {
    return notAllowed(`the model ${aaguid} is not allowed`)
  }
  return chainFault(certificates)
}

interface TheirReading {
  readonly id: string
  readonly publicKey: string
  readonly format: string
  readonly aaguid: string
}

/** What the library read; `undefined` where it refuses. Its words may quote what was sent, so they go nowhere. */
async function theirReading(response: RegistrationResponse, expected: Expected): Promise<TheirReading | undefined> {
  const { id, rawId, type } = response
  const { clientDataJSON, attestationObject } = response.response
  try {
    const { verifyRegistrationResponse } = await library()
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: [...expected.origins],
      expectedRPID: expected.rpId,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS.map((algorithm) => algorithm.id),
    })
    if (!verified) return undefined
    const { credential, fmt, aaguid } = registrationInfo
    return { id: credential.id, publicKey: toBase64Url(credential.publicKey), format: fmt, aaguid }
  } catch {
    return undefined
  }
}

/** The library keeps its root certificates for the whole process, so one registration is judged at a time. They are rare. */
let turn: Promise<unknown> = Promise.resolve()

function withRoots<T>(roots: readonly string[], work: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    const { SettingsService } = await library()
    for (const identifier of ATTESTED_FORMATS) {
      SettingsService.setRootCertificates({ identifier, certificates: [...roots] })
    }
    return work()
  })
  turn = mine.catch(() => undefined)
  return mine
}

/**
 * The new credential as it can be journaled. Refusals: `PASSKEY-…` by our reader, which names the field; `DOOR-017` by the policy or the
 * library; `DOOR-018` where the two readers disagree.
 */
export async function judgeRegistration(asked: {
  readonly response: RegistrationResponse
  readonly expected: Expected
  readonly policy: AttestationPolicy
}): Promise<NewCredential | Refusal> {
  const { response, expected, policy } = asked
  const ours = readRegistration({ registration: registrationOf(response), expected })
  if (isRefusal(ours)) return ours
  const fault = policyFault(policy, ours, response)
  if (fault !== undefined) return fault
  const theirs = await withRoots(policy.roots, () => theirReading(response, expected))
  if (theirs === undefined) return notAllowed('the attestation does not verify')
  const { credential, format, aaguid } = ours
  const isSame =
    theirs.id === credential.id &&
    theirs.publicKey === credential.public_key &&
    theirs.format === format &&
    theirs.aaguid === aaguid
  return isSame ? ours : refuse('DOOR-018', 'they read another credential id, key, format or model')
}
