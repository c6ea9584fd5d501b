/** Which authenticators a deployment takes: settings, for the makers to trust change by the month. Judged by `server/door`. */
import { z } from 'zod'

export type Conveyance = 'none' | 'direct' | 'enterprise'

/**
 * Formats of which the certificates prove a maker. `fido-u2f` has no user verification; `android-safetynet` has ended; `android-key` is left
 * out because the library follows addresses in the sender's own root certificate before it asks whether that root is one of ours.
 */
export const ATTESTED_FORMATS = ['packed', 'tpm', 'apple'] as const
export type AttestedFormat = (typeof ATTESTED_FORMATS)[number]

/** A company buys a few models; the whole FIDO list has some hundred. */
const AAGUIDS_MAX = 500
const ROOTS_MAX = 100
/** A root certificate in PEM has 600 to 2,000 characters. */
const PEM_LENGTH_MAX = 8_192

export const attestationPolicySchema = z.strictObject({
  /** What the browser is asked to tell of the authenticator; `enterprise` also its serial number, where the browser is managed so. */
  conveyance: z.enum(['none', 'direct', 'enterprise']),
  formats: z.array(z.enum(ATTESTED_FORMATS)).max(ATTESTED_FORMATS.length).default([]),
  /** Models; any that the roots vouch for where the list is empty. */
  aaguids: z
    .array(z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'expected a UUID in lower case'))
    .max(AAGUIDS_MAX)
    .default([]),
  /** Root certificates in PEM, one a text. */
  roots: z.array(z.string().max(PEM_LENGTH_MAX)).max(ROOTS_MAX).default([]),
})
export type AttestationPolicy = z.output<typeof attestationPolicySchema>

export const NO_ATTESTATION: AttestationPolicy = { conveyance: 'none', formats: [], aaguids: [], roots: [] }
