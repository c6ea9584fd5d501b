/**
 * Requests signed by service accounts: HTTP Message Signatures (RFC 9421) with Ed25519. What is covered, how old it may be and that it is
 * used once is decided here; a request that is taken was made by the holder of the service's key, for this server, now, and exactly so.
 */
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import { refuse } from './refusals.ts'
import { Seen, type SeenLimits } from './seen.ts'
import { type RequestHead, signatureBase } from './signature-base.ts'
import { readSignature, type SignatureInput } from './signature-input.ts'

/** A request travels in seconds; a minute allows for a queue. */
export const SIGNATURE_AGE_S_MAX = 60
/** Machines keep their clocks by NTP. What is signed ahead lives longer than it should, so little of it is allowed. */
export const SIGNATURE_AHEAD_S_MAX = 5
/** As long as a signature can be fresh, and a second for the rounding of `created`. */
const KEEP_MS = (SIGNATURE_AGE_S_MAX + SIGNATURE_AHEAD_S_MAX + 1) * SECOND_MS

export interface VerifiedRequest {
  readonly service: string
  /** The value of Content-Digest that the signature covers; to be held against the body with `bodyFault`. */
  readonly digest: string | null
}

export interface SignatureVerifierOptions {
  /** The key of a service that may sign now; `undefined` for all others. */
  readonly keyOf: (service: string) => KeyObject | undefined
  readonly now: () => Instant
  /** What was signed before this instant is refused: its nonce may have been spent before a restart forgot it. */
  readonly since?: Instant
  readonly limits?: Partial<SeenLimits>
}

/** RFC 9421 section 7.2.1: what is not covered, others may change. */
function coverFault(components: readonly string[], hasBody: boolean): Refusal | undefined {
  const covers = (...names: string[]): boolean => names.every((name) => components.includes(name))
  const open = (what: string): Refusal =>
    refuse('DOOR-008', `${what} is not covered`, { field: 'headers.signature-input', expected: what })
  if (!covers('@method')) return open('@method')
  if (!covers('@target-uri') && !covers('@authority', '@path', '@query')) return open('@target-uri')
  return hasBody && !covers('content-digest') ? open('content-digest') : undefined
}

function timeFault({ created, expires }: SignatureInput, now: Instant, since: Instant): Refusal | undefined {
  const late = (why: string): Refusal =>
    refuse('DOOR-010', why, { field: 'headers.signature-input', context: { now: Math.floor(now / SECOND_MS) } })
  const seconds = now / SECOND_MS
  if (created < seconds - SIGNATURE_AGE_S_MAX) return late(`created more than ${SIGNATURE_AGE_S_MAX} s ago`)
  if (created > seconds + SIGNATURE_AHEAD_S_MAX) return late(`created more than ${SIGNATURE_AHEAD_S_MAX} s ahead`)
  if (created < Math.floor(since / SECOND_MS)) return late('created before the server started')
  if (expires !== undefined && expires <= seconds) return late('expired')
  return undefined
}

interface Unverified {
  readonly read: SignatureInput
  readonly base: Uint8Array
  readonly key: KeyObject | undefined
  /** The value of Content-Digest, where it is covered. */
  readonly digest: string | null
}

/** Signed with where no such service is, so that the answer takes as long and a name cannot be told by the clock. */
const DECOY = generateKeyPairSync('ed25519').publicKey

/** A body may follow where either header says so. */
const announcesBody = ({ headers }: RequestHead): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

export class SignatureVerifier {
  readonly #options: SignatureVerifierOptions
  readonly #seen: Seen

  constructor(options: SignatureVerifierOptions) {
    this.#options = options
    this.#seen = new Seen({ keepMs: KEEP_MS, ...options.limits })
  }

  /** All that can be judged before the signature, or what it must be verified over. */
  #asked(head: RequestHead): Unverified | Refusal {
    const { 'signature-input': input, signature } = head.headers
    const read = readSignature(one(input), one(signature))
    if (isRefusal(read)) return read
    // The absolute form of a request line names a host of its own.
    if (!head.url.startsWith('/')) return refuse('DOOR-011', 'the request line holds more than a path')
    const fault = coverFault(read.components, announcesBody(head))
    if (fault !== undefined) return fault
    const untimely = timeFault(read, this.#options.now(), this.#options.since ?? 0)
    if (untimely !== undefined) return untimely
    const base = signatureBase(head, read.components, read.params)
    if ('missing' in base) {
      return refuse('DOOR-008', `${base.missing} is covered and the request has none`, {
        field: 'headers.signature-input',
      })
    }
    const covered = read.components.includes('content-digest') ? one(head.headers['content-digest']) : undefined
    return { read, base: base.bytes, key: this.#options.keyOf(read.keyid), digest: covered ?? null }
  }

  #taken({ read, key, digest }: Unverified, isGood: boolean): VerifiedRequest | Refusal {
    if (key === undefined || !isGood) {
      return refuse('DOOR-011', 'no registered service signed exactly this request', { field: 'headers.signature' })
    }
    const use = this.#seen.use(read.keyid, read.nonce, this.#options.now())
    if (use === 'seen') return refuse('DOOR-012', 'the nonce was used before', { field: 'headers.signature-input' })
    if (use === 'full') return refuse('DOOR-013', `${read.keyid} signed more requests than can be remembered`)
    return { service: read.keyid, digest }
  }

  /** Before a byte of the body is read. Uses up the nonce. */
  verify(head: RequestHead): VerifiedRequest | Refusal {
    const asked = this.#asked(head)
    if (isRefusal(asked)) return asked
    return this.#taken(asked, verify(null, asked.base, asked.key ?? DECOY, asked.read.signature))
  }

  /** The same, with the arithmetic on another thread: a tenth of a millisecond that nobody else should wait for. */
  async verifyAside(head: RequestHead): Promise<VerifiedRequest | Refusal> {
    const asked = this.#asked(head)
    if (isRefusal(asked)) return asked
    const isGood = await new Promise<boolean>((done) => {
      verify(null, asked.base, asked.key ?? DECOY, asked.read.signature, (fault, good) => done(fault === null && good))
    })
    return this.#taken(asked, isGood)
  }
}

/** A list where one text is expected is no text. */
const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
