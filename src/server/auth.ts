/** Callers, and the host's token: a bearer token (RFC 6750) of 256 random bits, kept and compared as its hash, in constant time. Never logged. */
import { hash } from 'node:crypto'
import { equalBytes } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { type Instant, MINUTE_MS } from '../kernel/time.ts'
import { refuse } from './refusals.ts'

/** Nobody mistypes a token of 43 characters this often in a minute; a misconfigured machine does, and must be slowed. */
export const WRONG_TOKENS_MAX = 10
export const WRONG_TOKENS_WINDOW_MS = MINUTE_MS
/** Addresses remembered; with more the oldest is forgotten, for memory must not be the caller's to fill. */
export const ADDRESSES_MAX = 10_000

/** Wrong tokens by connection address, in fixed windows. */
export class WrongTokens {
  readonly #seen = new Map<string, { since: Instant; count: number }>()

  get size(): number {
    return this.#seen.size
  }

  /** Counts one; milliseconds to wait where it is one too many. */
  count(address: string, now: Instant): number | undefined {
    const seen = this.#seen.get(address)
    if (seen === undefined || now - seen.since >= WRONG_TOKENS_WINDOW_MS) {
      this.#seen.delete(address)
      this.#seen.set(address, { since: now, count: 1 })
      const [oldest] = this.#seen.keys()
      if (this.#seen.size > ADDRESSES_MAX && oldest !== undefined) this.#seen.delete(oldest)
      return undefined
    }
    seen.count += 1
    return seen.count > WRONG_TOKENS_MAX ? seen.since + WRONG_TOKENS_WINDOW_MS - now : undefined
  }
}

/** In one call: asked at every request. */
const hashOf = (token: string): Uint8Array => hash('sha256', token, 'buffer')

/** What a caller proved to be; `public` proved nothing. */
export interface Caller {
  readonly kind: 'public' | 'host' | 'service' | 'person'
  /** As the journal names it: `person:kim`, `service:signer`, `host`. */
  readonly by: string
  readonly session?: string
  /** The network it comes from, not the machine. */
  readonly from?: string
}
export const PUBLIC: Caller = { kind: 'public', by: 'public' }
const HOST: Caller = { kind: 'host', by: 'host' }

/** A missing, a malformed and an unknown credential get the same answer. */
export const noCredential = (): Refusal =>
  refuse('HTTP-002', 'this endpoint is not for everybody', { expected: 'a session, a signature or the host token' })

export class HostToken {
  readonly #digest: Uint8Array
  readonly #wrong = new WrongTokens()
  readonly #now: () => Instant

  constructor(token: string, now: () => Instant) {
    this.#digest = hashOf(token)
    this.#now = now
  }

  /**
   * The host, where the header holds its token. Too many wrong tokens change the refusal only: the right one passes at any time, since on
   * loopback all share one address and the host must not be locked out by a misconfigured machine.
   */
  admit(header: string, address: string): Caller | Refusal {
    const token = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(header)?.[1]
    const isOurs = equalBytes(hashOf(token ?? ''), this.#digest)
    if (token !== undefined && isOurs) return HOST
    const wait = this.#wrong.count(address, this.#now())
    if (wait === undefined) return noCredential()
    return refuse('HTTP-004', `more than ${WRONG_TOKENS_MAX} wrong tokens in a minute`, {
      context: { retry_after: Math.ceil(wait / 1000) },
    })
  }
}

/** Seconds that a refusal of the door asks to wait. */
export const waitOf = (refusal: Refusal): number | undefined => {
  const seconds = isRefusal(refusal) ? refusal.context?.retry_after : undefined
  return typeof seconds === 'number' ? seconds : undefined
}
