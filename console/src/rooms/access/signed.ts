/**
 * What an approval signs, computed here from the proposal that this page shows: SHA-256 over canonical JSON (RFC 8785). If the server's digest
 * or challenge is another one, somebody would sign what they were not shown.
 */
import type { Signed } from '../../api/access.ts'
import { base64Url } from '../../api/proof.ts'
import { hex } from '../evidence/proof.ts'

/** What stands beside the proposal in what is hashed; of the engine's `proposal.ts`. */
const DOMAIN = 'pasu.approval.v1'

/** Thrown for what has no canonical form: it can't have been proposed. */
export class NotCanonical extends Error {
  override name = 'NotCanonical'
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new NotCanonical('half of a surrogate pair')
  return JSON.stringify(value)
}

/**
 * RFC 8785 for texts, whole numbers, true, false, null, lists and objects. Members in the order of UTF-16 code units (section 3.2.3), which
 * is the order of `sort`. The kernel's own is written for node; a test holds both to the same text.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(`${value} is no whole number that a double holds`)
    return Object.is(value, -0) ? '0' : String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new NotCanonical(`a ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([name, member]) => `${text(name)}:${canonical(member)}`).join(',')}}`
}

export const signedText = (proposal: Signed): string => canonical({ domain: DOMAIN, proposal })

export interface Digest {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly name: string
  /** The same as a WebAuthn challenge. */
  readonly challenge: string
}

export async function digestOf(proposal: Signed): Promise<Digest> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(signedText(proposal))))
  return { name: `sha256:${hex(bytes)}`, challenge: base64Url(bytes) }
}
