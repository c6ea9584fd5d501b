/** Which authenticators a deployment takes: configuration, for the makers to trust change by the month. */
import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

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

const contradicts = (why: string, field: string): Refusal => refuse('DOOR-019', why, { field: `attestation.${field}` })

function rootFault(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).ca ? undefined : 'a root is no certificate of an authority'
  } catch {
    return 'a root is no certificate in PEM'
  }
}

/** What must not be started with: attestation that is asked for and judged by nothing, or judged and never asked for. */
export function attestationPolicyFault({
  conveyance,
  formats,
  aaguids,
  roots,
}: AttestationPolicy): Refusal | undefined {
  if (conveyance === 'none') {
    const judged = formats.length + aaguids.length + roots.length
    return judged === 0
      ? undefined
      : contradicts('nothing can be judged where no attestation is asked for', 'conveyance')
  }
  if (formats.length === 0) return contradicts('no format is allowed', 'formats')
  // The library takes any chain where it has no root to end in.
  if (roots.length === 0) return contradicts('no root certificate is given', 'roots')
  const why = roots.map(rootFault).find((found) => found !== undefined)
  return why === undefined ? undefined : contradicts(why, 'roots')
}
