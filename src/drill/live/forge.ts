/** What a thief can make of permits that he saw: other claims, another key, another algorithm. None of it is a permit. */
import { type KeyObject, sign } from 'node:crypto'
import { toBase64Url } from '../../kernel/bytes.ts'
import { canonicalBytes } from '../../kernel/canonical.ts'

interface Forgery {
  readonly header?: { readonly [member: string]: string }
  readonly claims?: { readonly [member: string]: string | number }
  /** Signs anew with this key; without one the old signature stays. */
  readonly key?: KeyObject
}

const read = (part: string): Record<string, string | number> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))

/** Canonical, as permits are, so that nothing but the forgery itself is wrong with it. */
const written = (members: Readonly<Record<string, string | number>>): string => toBase64Url(canonicalBytes(members))

export function forge(genuine: string, { header, claims, key }: Forgery): string {
  const [head = '', payload = '', signature = ''] = genuine.split('.')
  const input = `${written({ ...read(head), ...header })}.${written({ ...read(payload), ...claims })}`
  if (key === undefined) return `${input}.${signature}`
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
}
