/** Headers that tell a browser to trust as little as possible, and the check of the name under which a request came. */
import { isLoopback } from '../world/config.ts'

/** The console's page: everything from this server, nothing inline, no frame around it. */
export const CONSOLE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  // Text becomes markup by the console's one policy alone, which draws the picture of a trace; anything else throws.
  "require-trusted-types-for 'script'",
  'trusted-types pasu',
].join('; ')

/** Data: nothing in it may run, whatever a browser takes it for. */
export const DATA_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
/** A drawing may bring its own styles; still no script and nothing from elsewhere. */
export const PICTURE_CSP = `${DATA_CSP}; style-src 'unsafe-inline'`

export const securityHeaders = {
  'content-security-policy': DATA_CSP,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const

/** Two years, as the preload lists ask; sent over TLS only. */
export const STRICT_TRANSPORT = 'max-age=63072000'

/** `[::1]:7380` -> `[::1]`; `localhost:7330` -> `localhost`. */
export const hostnameOf = (host: string): string => host.replace(/:\d{1,5}$/, '').toLowerCase()

/**
 * Whether the request's Host may name this server. A page elsewhere can let its own name point at 127.0.0.1 (DNS rebinding) and so
 * reach a server on loopback from the victim's browser; but it cannot hide its name here.
 */
export function hostAllowed(host: string | undefined, listening: { host: string; names: readonly string[] }): boolean {
  if (host === undefined) return false
  const name = hostnameOf(host)
  if (listening.names.some((known) => known.toLowerCase() === name)) return true
  if (isLoopback(listening.host)) return isLoopback(name)
  return listening.names.length === 0 || isLoopback(name)
}
