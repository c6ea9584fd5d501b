/**
 * Who asks: bearer tokens (RFC 6750) of 256 random bits. Only their hashes are kept and compared, each time all of them and in constant
 * time. A missing, a malformed and an unknown token get the same answer. No token is ever logged.
 */
import { hash } from 'node:crypto'
import { equalBytes } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { type Instant, MINUTE_MS } from '../kernel/time.ts'
import type { Who } from '../machine/route.ts'
import type { Tokens } from '../world/folder.ts'
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
  readonly who: Who
  /** As the journal names it: `person:kim`, `service:signer`, `host`. */
  readonly by: string
  readonly session?: string
  /** The network it comes from, not the machine. */
  readonly from?: string
}
export const PUBLIC: Caller = { who: 'public', by: 'public' }

const UNAUTHORIZED = refuse('HTTP-002', 'this endpoint needs a token', { expected: 'Authorization: Bearer <token>' })

export class Doorkeeper {
  readonly #hashes: readonly { readonly caller: Caller; readonly digest: Uint8Array }[]
  readonly #wrong = new WrongTokens()
  readonly #now: () => Instant

  constructor(tokens: Tokens, now: () => Instant) {
    this.#now = now
    this.#hashes = [
      { caller: { who: 'person', by: 'operator' }, digest: hashOf(tokens.operator) },
      { caller: { who: 'service', by: 'service' }, digest: hashOf(tokens.service) },
    ]
  }

  #callerOf(header: string | undefined): Caller | undefined {
    const token = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(header ?? '')?.[1]
    const presented = hashOf(token ?? '')
    let found: Caller | undefined
    for (const { caller, digest } of this.#hashes) if (equalBytes(presented, digest)) found = caller
    return token === undefined ? undefined : found
  }

  /**
   * The caller, if it may use an endpoint for `who`. Too many wrong tokens change the refusal only: a right token passes at any time,
   * since on loopback all share one address and an operator must not be locked out by a misconfigured machine.
   */
  admit(who: Who, header: string | undefined, address: string): Caller | Refusal {
    if (who === 'public') return PUBLIC
    const caller = this.#callerOf(header)
    if (caller === undefined) {
      const wait = header === undefined ? undefined : this.#wrong.count(address, this.#now())
      if (wait === undefined) return UNAUTHORIZED
      const seconds = Math.ceil(wait / 1000)
      return refuse('HTTP-004', `more than ${WRONG_TOKENS_MAX} wrong tokens in a minute`, {
        context: { retry_after: seconds },
      })
    }
    if (who === 'person' && caller.who !== 'person') return refuse('HTTP-003', 'this endpoint needs the operator token')
    return caller
  }
}

/** Seconds that a refusal of {@link Doorkeeper} asks to wait. */
export const waitOf = (refusal: Refusal): number | undefined => {
  const seconds = isRefusal(refusal) ? refusal.context?.retry_after : undefined
  return typeof seconds === 'number' ? seconds : undefined
}
