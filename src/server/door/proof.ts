/**
 * That a request comes from the device that opened the session: DPoP proofs (RFC 9449), made for one request each. A cookie alone, stolen or
 * sent along by another site, admits nobody.
 */
import { type KeyObject, verify } from 'node:crypto'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../kernel/time.ts'
import { type DeviceJwk, deviceKeyOf, thumbprintOf } from './device-key.ts'
import { type Proof, type ProofClaims, readProof } from './proof-read.ts'
import { refuse } from './refusals.ts'
import { Seen, type SeenLimits } from './seen.ts'

/** Either way: people's clocks are worse than machines', and the proof is of use only together with the cookie. */
export const PROOF_SKEW_MS_MAX = MINUTE_MS
/** A console asks a few times a second at most. */
export const PROOFS_PER_SESSION_MAX = 5_000
/** Some hundred people with the console open. */
export const PROOFS_MAX = 200_000

/** Devices whose key is kept ready: making it costs as much as verifying. */
const KEYS_MAX = 1_024

/** What a session keeps of the device. The key itself comes with each proof, and is the one that the thumbprint names. */
export interface SessionKey {
  readonly session: string
  readonly thumbprint: string
}

export interface ProvedRequest {
  readonly method: string
  /** Path and query as they stand in the request line; beginning with `/`. */
  readonly url: string
}

export interface ProofVerifierOptions {
  /** Where the console is served: `https://pasu.exchange.example`, with a port where it is not the scheme's own. */
  readonly origins: readonly string[]
  readonly now: () => Instant
  /** Proofs made before this instant are refused: they may have been used before a restart forgot it. Leave it out where sessions end with the process. */
  readonly since?: Instant
  readonly limits?: Partial<SeenLimits>
}

/** Without query and fragment, in the form that browsers send (RFC 9449 section 4.3, step 9). */
const plainAddress = (text: string): string | undefined => {
  const url = URL.parse(text)
  return url === null || url.username !== '' || url.password !== '' ? undefined : `${url.origin}${url.pathname}`
}

function isFor({ htm, htu }: ProofClaims, { method, url }: ProvedRequest, origins: readonly string[]): boolean {
  if (htm !== method) return false
  const path = url.split(/[?#]/, 1)[0] ?? ''
  if (origins.some((origin) => htu === `${origin}${path}`)) return true
  const address = plainAddress(htu)
  return address !== undefined && origins.some((origin) => address === plainAddress(`${origin}${path}`))
}

export class ProofVerifier {
  readonly #options: ProofVerifierOptions
  readonly #seen: Seen
  /** By thumbprint; the eldest goes first. */
  readonly #keys = new Map<string, KeyObject>()

  constructor(options: ProofVerifierOptions) {
    this.#options = options
    this.#seen = new Seen({
      // Made a minute ahead it is fresh for two.
      keepMs: 2 * PROOF_SKEW_MS_MAX + SECOND_MS,
      perOwnerMax: PROOFS_PER_SESSION_MAX,
      max: PROOFS_MAX,
      ...options.limits,
    })
  }

  #keyOf(jwk: DeviceJwk, thumbprint: string): KeyObject | undefined {
    const known = this.#keys.get(thumbprint)
    if (known !== undefined) return known
    const made = deviceKeyOf(jwk)
    if (isRefusal(made)) return undefined
    const [eldest] = this.#keys.size < KEYS_MAX ? [] : this.#keys.keys()
    if (eldest !== undefined) this.#keys.delete(eldest)
    this.#keys.set(thumbprint, made.key)
    return made.key
  }

  #fault({ jwk, claims, signed, signature }: Proof, request: ProvedRequest, session: SessionKey): Refusal | undefined {
    const at = (member: string) => ({ field: `headers.dpop.${member}` })
    if (thumbprintOf(jwk) !== session.thumbprint) {
      return refuse('DOOR-003', 'the proof is by another key than the session’s', at('jwk'))
    }
    const key = this.#keyOf(jwk, session.thumbprint)
    if (key === undefined || !verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) {
      return refuse('DOOR-003', 'the session’s key did not sign the proof', at('signature'))
    }
    if (claims.sid !== session.session) return refuse('DOOR-004', 'the proof names another session', at('sid'))
    if (!isFor(claims, request, this.#options.origins)) {
      return refuse('DOOR-004', `the proof is for another request than ${request.method} of this address`, at('htu'))
    }
    return undefined
  }

  /** Uses the proof up. */
  verify(header: string | undefined, request: ProvedRequest, session: SessionKey): ProofClaims | Refusal {
    const proof = readProof(header)
    if (isRefusal(proof)) return proof
    const fault = this.#fault(proof, request, session)
    if (fault !== undefined) return fault
    const { claims } = proof
    const now = this.#options.now()
    const seconds = Math.floor(now / SECOND_MS)
    if (Math.abs(claims.iat - seconds) > PROOF_SKEW_MS_MAX / SECOND_MS) {
      // Told with our time, by which a console with a wrong clock can correct its next proof.
      return refuse('DOOR-005', `made ${claims.iat - seconds} s from now`, {
        field: 'headers.dpop.iat',
        context: { now: seconds },
      })
    }
    if (claims.iat < Math.floor((this.#options.since ?? 0) / SECOND_MS)) {
      return refuse('DOOR-005', 'made before the server started', {
        field: 'headers.dpop.iat',
        context: { now: seconds },
      })
    }
    const use = this.#seen.use(session.session, claims.jti, now)
    if (use === 'seen') return refuse('DOOR-006', 'the proof was used before', { field: 'headers.dpop.jti' })
    if (use === 'full') return refuse('DOOR-013', 'the session made more requests than can be remembered')
    return claims
  }
}
