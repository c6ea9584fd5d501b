/** Which network an address belongs to, and which kind of client a user agent names. */
import { isIP } from 'node:net'

/** Private and local addresses say nothing about where somebody is. */
const PRIVATE = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i

/** `203.0.113.7:443`, `[2001:db8::1]:65123` -> the address. */
export function addressOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(value)?.[1] ?? (/^[\d.]+:\d+$/.test(value) ? value.split(':')[0] : value)
  return bare !== undefined && isIP(bare) !== 0 ? bare.toLowerCase() : undefined
}

/** The prefix that one provider usually holds, where no autonomous system is told: /16 of IPv4, /32 of IPv6. */
export function networkOf(ip: string | undefined, asn: number | undefined): string | undefined {
  if (asn !== undefined && asn > 0) return `AS${asn}`
  if (ip === undefined) return undefined
  if (PRIVATE.test(ip)) return 'private'
  if (isIP(ip) === 4) return `${ip.split('.').slice(0, 2).join('.')}.0.0/16`
  const [first = '', second = ''] = ip.split(':')
  return `${first}:${second === '' ? '0' : second}::/32`
}

/** Longer ones are noise or an attack on the memory. */
const CLIENT_MAX = 160

/** A user agent without its versions: a browser that updates itself is the same browser. */
export function clientOf(agent: string | undefined): string | undefined {
  if (agent === undefined) return undefined
  const kind = agent
    .slice(0, 400)
    .replace(/[\d][\w.]*/g, '')
    .replace(/[\s/_;.-]+/g, ' ')
    .trim()
  return kind === '' ? undefined : kind.slice(0, CLIENT_MAX)
}
