/** The session's cookie: 256 random bits that only the browser knows; here are kept their hashes alone. */
import { hash, randomBytes } from 'node:crypto'
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../../kernel/bytes.ts'

export const SESSION_TOKEN_BYTES = 32
/** A browser sends at most some 8 KB of cookies; ours is 60 characters. */
const COOKIES_LENGTH_MAX = 8_192

/** With `__Host-` browsers keep it to this very host and to TLS (RFC 6265bis section 4.1.3.2), so no sister domain can plant one. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-pasu' : 'pasu')

export interface SessionToken {
  /** For the browser; never kept, never logged. */
  readonly token: string
  readonly hash: Bytes
}

export const tokenHash = (token: string): Bytes => hash('sha256', token, 'buffer')

/** Made anew at each sign-in, so that nobody can fix a session beforehand. */
export function newSessionToken(random: (bytes: number) => Bytes = randomBytes): SessionToken {
  const token = toBase64Url(random(SESSION_TOKEN_BYTES))
  return { token, hash: tokenHash(token) }
}

/** In a time that does not depend on where they differ. */
export const isToken = (token: string, kept: Bytes): boolean => equalBytes(tokenHash(token), kept)

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** The value of Set-Cookie. `secure`: whether browsers reach this server over TLS. */
export const setCookie = (token: string, secure: boolean, maxAgeSeconds: number): string =>
  `${cookieName(secure)}=${token}; Max-Age=${maxAgeSeconds}; ${attributes(secure)}`

/** The value of Set-Cookie that makes a browser forget it. */
export const clearCookie = (secure: boolean): string => `${cookieName(secure)}=; Max-Age=0; ${attributes(secure)}`

/**
 * The token of a Cookie header; `undefined` where there is none, where it cannot be one of ours, and where two stand there: then somebody
 * planted one, and which of them the browser means is not known.
 */
export function readCookie(header: string | undefined, secure: boolean): string | undefined {
  if (header === undefined || header.length > COOKIES_LENGTH_MAX) return undefined
  const before = `${cookieName(secure)}=`
  const ours = header.split(';').map((pair) => pair.trim())
  const [found, another] = ours.filter((pair) => pair.startsWith(before))
  if (found === undefined || another !== undefined) return undefined
  const token = found.slice(before.length)
  return fromBase64Url(token)?.length === SESSION_TOKEN_BYTES ? token : undefined
}
