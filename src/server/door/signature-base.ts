/** The text that is signed: the signature base of RFC 9421 section 2.5. It needs no clock, no chance and no network, so both sides use it. */
import { type Bytes, utf8 } from '../../kernel/bytes.ts'

/** A request as far as a signature can speak of it. */
export interface RequestHead {
  /** `POST`, as on the wire. */
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** The value of Host (or `:authority`). */
  readonly authority: string
  /** Path and query as they stand in the request line; beginning with `/`. */
  readonly url: string
  /** Names in lower case, values as Node joins them. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
}

const DEFAULT_PORT = { http: ':80', https: ':443' } as const

/** RFC 9421 section 2.2.3: lower case, without the default port of the scheme. */
export function authorityOf({ authority, scheme }: RequestHead): string {
  const name = authority.toLowerCase()
  const port = DEFAULT_PORT[scheme]
  return name.endsWith(port) ? name.slice(0, -port.length) : name
}

const pathEnd = (url: string): number => (url.includes('?') ? url.indexOf('?') : url.length)

/**
 * Sections 2.2.1 to 2.2.7. Path and query are taken as they came and not normalised: what the router reads is what was signed.
 * `undefined` where the component is not known or not there.
 */
function componentOf(head: RequestHead, name: string): string | undefined {
  const { method, scheme, url, headers } = head
  if (name === '@method') return method
  if (name === '@authority') return authorityOf(head)
  if (name === '@scheme') return scheme
  if (name === '@target-uri') return `${scheme}://${authorityOf(head)}${url}`
  if (name === '@path') return url.slice(0, pathEnd(url))
  // Without a query the value is the question mark alone.
  if (name === '@query') return url.slice(pathEnd(url)) || '?'
  const value = name.startsWith('@') ? undefined : headers[name]
  return typeof value === 'string' ? value : undefined
}

/** A line break in a value would let one component pass for two. Node refuses it in headers; the signer's own are checked here too. */
const isOneLine = (text: string): boolean => /^[\x20-\x7e\t]*$/.test(text)

/** The base, or the name of the component that the request does not have. */
export function signatureBase(
  head: RequestHead,
  components: readonly string[],
  params: string,
): { readonly bytes: Bytes } | { readonly missing: string } {
  const lines: string[] = []
  for (const name of components) {
    const value = componentOf(head, name)
    if (value === undefined || !isOneLine(value)) return { missing: name }
    lines.push(`"${name}": ${value}`)
  }
  lines.push(`"@signature-params": ${params}`)
  return { bytes: utf8(lines.join('\n')) }
}
