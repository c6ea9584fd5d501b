/** Whether the settings about authenticators can be judged by at all. */
import { X509Certificate } from 'node:crypto'
import type { Refusal } from '../../kernel/refusal.ts'
import type { AttestationPolicy } from '../../world/attestation.ts'
import { refuse } from './refusals.ts'

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
