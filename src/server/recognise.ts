/** Who asks, by what the request carries: the host's token, a signature, a session with a proof of its device, or a TLS certificate. */
import type { FastifyRequest } from 'fastify'
import { toHex } from '../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import { type AccessState, sessionBy } from '../rooms/access/index.ts'
import type { Alarms } from './alarms.ts'
import { type Caller, HostToken, noCredential } from './auth.ts'
import { serviceBehind } from './certificates.ts'
import {
  networkOf,
  originFault,
  ProofVerifier,
  type RequestHead,
  readCookie,
  SignatureVerifier,
  serviceKeys,
  Tries,
  tokenHash,
} from './door/index.ts'
import { refuse as doorRefuse } from './door/refusals.ts'
import type { Served } from './served.ts'
import type { Site } from './site.ts'

export interface RecogniserOptions {
  readonly served: Served
  readonly hostToken: string
  readonly scheme: 'http' | 'https'
  readonly site: () => Site
  readonly now: () => Instant
  readonly alarms: Alarms
}

export interface Recognised {
  readonly caller: Caller
  /** What the body must be, where the request was signed. */
  readonly digest?: string | null
}

const addressOf = (request: FastifyRequest): string => request.socket.remoteAddress ?? ''

/** Faults of a proof that are no honest client's: another key, another request, a proof that came before. */
const TOLD = new Set(['DOOR-003', 'DOOR-004', 'DOOR-006'])
/** A wrong clock is corrected by the next proof, and is no try. */
const NO_TRY = 'DOOR-005'
/** What a signed request that was taken down and sent again, or made by a stranger, ends with. */
const SIGNATURES_TOLD = new Set(['DOOR-009', 'DOOR-011', 'DOOR-012'])

/** Whether browsers reach the server over TLS, here or at a proxy before it. */
export const isSecure = ({ origins }: Site): boolean => origins.every((origin) => origin.startsWith('https:'))

/** A browser sends these by itself, so a request that has one may have been made by any page. */
const isOfBrowser = ({ headers }: FastifyRequest): boolean =>
  headers.origin !== undefined || headers.cookie !== undefined || headers['sec-fetch-site'] !== undefined

export class Recogniser {
  readonly #options: RecogniserOptions
  readonly #host: HostToken
  readonly #signatures: SignatureVerifier
  readonly proofs: ProofVerifier
  readonly tries: Tries

  constructor(options: RecogniserOptions) {
    this.#options = options
    const { served, hostToken, now, site } = options
    this.#host = new HostToken(hostToken, now)
    this.tries = new Tries(now)
    const since = now()
    const keyOf = serviceKeys((service) => {
      const found = served.app.rooms?.access.state.services.get(service)
      return found?.removed_at === null ? found.public_key : undefined
    })
    this.#signatures = new SignatureVerifier({ keyOf, now, since })
    this.proofs = new ProofVerifier({
      get origins() {
        return site().origins
      },
      now,
      since,
    })
  }

  get #state(): AccessState | undefined {
    return this.#options.served.app.rooms?.access.state
  }

  async #service(request: FastifyRequest): Promise<Recognised | Refusal> {
    const { scheme, alarms } = this.#options
    const { method, url, headers } = request.raw
    const head: RequestHead = { method: method ?? '', scheme, authority: headers.host ?? '', url: url ?? '', headers }
    const verified = await this.#signatures.verifyAside(head)
    if (!isRefusal(verified)) {
      return { caller: { kind: 'service', by: `service:${verified.service}` }, digest: verified.digest }
    }
    if (SIGNATURES_TOLD.has(verified.code)) {
      alarms.note({ what: verified.code, detail: verified.detail, from: addressOf(request), ...this.#claimed(request) })
    }
    return this.tries.wrong(addressOf(request), verified)
  }

  /** The service that a request says it is of, where there is one of that name: an attacker's choice names no other. */
  #claimed({ headers }: FastifyRequest): { service?: string } {
    const name = /;keyid="([A-Za-z0-9._-]{1,64})"/.exec(String(headers['signature-input'] ?? ''))?.[1]
    return name !== undefined && this.#state?.services.has(name) ? { service: name } : {}
  }

  #session(request: FastifyRequest) {
    const token = readCookie(request.headers.cookie, isSecure(this.#options.site()))
    const state = this.#state
    if (token === undefined || state === undefined) return undefined
    return sessionBy(state, `sha256:${toHex(tokenHash(token))}`, this.#options.now())
  }

  #person(request: FastifyRequest): Recognised | Refusal {
    const { site } = this.#options
    const session = this.#session(request)
    const address = addressOf(request)
    if (session === undefined) return this.tries.wrong(address, doorRefuse('DOOR-001', 'no session is open'))
    const { method, headers, url } = request
    const fault =
      originFault({ method, origin: headers.origin, site: one(headers['sec-fetch-site']) }, site().origins) ??
      this.#proofFault(request, { method, url: request.raw.url ?? url }, session)
    if (fault === undefined) {
      const by = `person:${session.person}`
      return { caller: { kind: 'person', by, session: session.session, from: networkOf(address) } }
    }
    const isTold =
      TOLD.has(fault.code) || ((fault.code === 'DOOR-002' || fault.code === 'DOOR-014') && method !== 'GET')
    if (isTold) {
      const { person, session: id } = session
      const stolen = fault.code === 'DOOR-003'
      this.#options.alarms.note({
        ...{ what: fault.code, detail: fault.detail, person, session: id },
        from: address,
        stolen,
      })
    }
    return fault.code === NO_TRY ? fault : this.tries.wrong(address, fault)
  }

  #proofFault(
    { headers }: FastifyRequest,
    asked: { readonly method: string; readonly url: string },
    session: { readonly session: string; readonly device: string },
  ): Refusal | undefined {
    const key = { session: session.session, thumbprint: session.device }
    const proved = this.proofs.verify(one(headers.dpop), asked, key)
    return isRefusal(proved) ? proved : undefined
  }

  #certified(request: FastifyRequest): Recognised | undefined {
    const state = this.#state
    // A certificate is sent along by a browser like a cookie, so a page could use it: machines alone come by it.
    if (state === undefined || isOfBrowser(request)) return undefined
    const service = serviceBehind(request.socket, state, this.#options.now())
    return service === undefined ? undefined : { caller: { kind: 'service', by: `service:${service}` } }
  }

  /** One kind of credential is looked at, the first that is there; that another would have been good does not help. */
  async recognise(request: FastifyRequest): Promise<Recognised | Refusal> {
    const { headers } = request
    if (headers.authorization !== undefined) {
      const caller = this.#host.admit(headers.authorization, addressOf(request))
      return isRefusal(caller) ? caller : { caller }
    }
    if (headers['signature-input'] !== undefined || headers.signature !== undefined) return this.#service(request)
    const hasCookie = readCookie(headers.cookie, isSecure(this.#options.site())) !== undefined
    if (hasCookie || headers.dpop !== undefined) return this.#person(request)
    return this.#certified(request) ?? noCredential()
  }

  /** Whether who was recognised before would still be: for what lasts longer than a request. */
  stillHolds({ kind, by, session }: Caller): boolean {
    const state = this.#state
    if (kind === 'public' || kind === 'host' || state === undefined) return true
    if (kind === 'service') return state.services.get(by.slice('service:'.length))?.removed_at === null
    const found = state.sessions.get(session ?? '')
    return found !== undefined && sessionBy(state, found.token_hash, this.#options.now()) !== undefined
  }
}

/** Two headers of one name are joined by a comma, or come as a list; neither is what a good client sends. */
const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value
