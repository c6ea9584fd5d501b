/** Content-Digest (RFC 9530 section 2): what binds the body to a signed request. */
import { hash } from 'node:crypto'
import { type Bytes, equalBytes, fromBase64, toBase64 } from '../../kernel/bytes.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { refuse } from './refusals.ts'

/** The two that the registry of RFC 9530 section 7.2 calls active; with their lengths in bytes. */
const ALGORITHMS: Readonly<Record<string, { readonly name: 'sha256' | 'sha512'; readonly bytes: number }>> = {
  'sha-256': { name: 'sha256', bytes: 32 },
  'sha-512': { name: 'sha512', bytes: 64 },
}
const MEMBER = /^(sha-256|sha-512)=:([A-Za-z0-9+/=]{1,88}):$/
/** Both algorithms, their marks, and nothing more. */
const LENGTH_MAX = 200

const wrong = (why: string): Refusal =>
  refuse('DOOR-009', `content-digest: ${why}`, { field: 'headers.content-digest' })

/** `sha-256=:…:` of a body, as its header. */
export const contentDigest = (body: Bytes): string => `sha-256=:${toBase64(hash('sha256', body, 'buffer'))}:`

/** What is wrong with a body for the digest that was signed; `null` where none was. Each digest that is told must hold. */
export function bodyFault(signed: string | null, body: Bytes): Refusal | undefined {
  if (signed === null) return body.length === 0 ? undefined : wrong('there is a body and no signed digest of it')
  const members = signed.length > LENGTH_MAX ? [] : signed.split(', ').map((member) => MEMBER.exec(member))
  const seen = new Set<string>()
  for (const member of members) {
    const [, algorithm = '', base64 = ''] = member ?? []
    const known = ALGORITHMS[algorithm]
    const digest = fromBase64(base64)
    if (known === undefined || digest?.length !== known.bytes || seen.has(algorithm)) {
      return wrong('expected sha-256 or sha-512, each at most once')
    }
    seen.add(algorithm)
    if (!equalBytes(digest, hash(known.name, body, 'buffer'))) return wrong(`${algorithm} is of another body`)
  }
  return seen.size > 0 ? undefined : wrong('expected sha-256 or sha-512')
}
