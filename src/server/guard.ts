/** Before a byte of a body is read: headers, the name the request came under, who asks, and whether that caller may. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Who } from '../machine/route.ts'
import { type AccessState, personOf } from '../rooms/access/index.ts'
import { authority } from '../world/authority.ts'
import type { Alarms } from './alarms.ts'
import { type Caller, PUBLIC, waitOf } from './auth.ts'
import { bodyFault } from './door/index.ts'
import { bodyOf, type Endpoint, pathParams } from './endpoint.ts'
import { hostAllowed, STRICT_TRANSPORT, securityHeaders } from './headers.ts'
import type { HttpOptions } from './http.ts'
import { asksOf, Permission } from './permission.ts'
import { type SendProblem, statusOf } from './problem.ts'
import { Recogniser } from './recognise.ts'
import { refuse } from './refusals.ts'
import { hostsOf, type Site, siteNow } from './site.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    who?: Who
    /** Of a route: what it does, and what it reads. */
    command?: string
    room?: string
    /** Of an endpoint. */
    asks?: Endpoint['asks']
    /** Where they are others than JSON alone. */
    bodyTypes?: readonly string[]
  }
  interface FastifyRequest {
    caller: Caller
    /** What the body must be, where the request was signed. */
    digest: string | null | undefined
  }
}

/** What a request needs before it is carried. */
export interface Door {
  readonly recogniser: Recogniser
  readonly permission: Permission
  readonly state: AccessState | undefined
  readonly listening: HttpOptions['listening']
  readonly site: () => Site
  readonly isTls: boolean
}

/** What the path names is asked about, so it is read before the body. */
const asksFor = ({ state }: Door, { config }: FastifyRequest['routeOptions'], request: FastifyRequest) => {
  const path = pathParams(request)
  if (config.asks !== undefined) return config.asks(path)
  if (config.command !== undefined) return asksOf(state, config.command, path)
  return { action: `${config.room ?? ''}.read` }
}

/** Headers, the name it came under, who it is, whether that caller may: in this order, before a byte of the body is read. */
export function guard(app: FastifyInstance, door: Door, alarms: Alarms, sendProblem: SendProblem): void {
  const { listening, recogniser, permission } = door
  app.decorateRequest('caller')
  app.decorateRequest('digest')
  app.addHook('onRequest', async (request, reply) => {
    request.caller = PUBLIC
    reply.headers(securityHeaders)
    if (door.isTls) reply.header('strict-transport-security', STRICT_TRANSPORT)
    if (!hostAllowed(request.headers.host, { ...listening, names: [...listening.names, ...hostsOf(door.site())] })) {
      const host = (request.headers.host ?? '').slice(0, 100)
      return sendProblem(request, reply, refuse('HTTP-009', `"${host}" is not a name of this server`))
    }
    const { who } = request.routeOptions.config
    if (who === undefined || who === 'public') return
    const recognised = await recogniser.recognise(request)
    if (isRefusal(recognised)) return turnAway(request, reply, recognised, sendProblem)
    request.caller = recognised.caller
    request.digest = recognised.digest
    const asks = asksFor(door, request.routeOptions, request)
    const fault = await permission.fault(request.caller, who, asks)
    if (fault === undefined) return
    if (!isRefusal(asks)) noteApproval(alarms, request, fault, asks.action)
    return turnAway(request, reply, fault, sendProblem)
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.digest === undefined) return
    const fault = bodyFault(request.digest, bodyOf(request))
    if (fault === undefined) return
    const { by } = request.caller
    alarms.note({ what: fault.code, detail: fault.detail, service: by.slice('service:'.length) })
    return turnAway(request, reply, fault, sendProblem)
  })
}

/** An approval that may not be given, or was not made so, is an attempt to make a quorum of fewer people. */
const FORGED = /^(AUTHORITY-\d{3}|APPROVAL-00[12478]|PASSKEY-\d{3})$/

export function noteApproval(alarms: Alarms, request: FastifyRequest, { code, detail }: Refusal, action: string): void {
  if (!action.startsWith('approve.') || !FORGED.test(code)) return
  const { by, session } = request.caller
  const from = request.socket.remoteAddress
  alarms.note({ what: code, detail: `${action}: ${detail}`, person: personOf(by), session, from })
}

function turnAway(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, sendProblem: SendProblem) {
  const wait = waitOf(refusal)
  if (wait !== undefined) reply.header('retry-after', wait)
  // RFC 9110 section 11.6.1 wants a challenge beside every 401; RFC 9449 names this one.
  if (statusOf(refusal) === 401) reply.header('www-authenticate', 'DPoP algs="ES256", Bearer realm="pasu"')
  return sendProblem(request, reply, refusal)
}

export function doorOf(options: HttpOptions, app: FastifyInstance, alarms: Alarms): Door {
  const { served, hostToken, now = Date.now, log = () => {}, rehearsal = false, tls, listening } = options
  const scheme = tls === undefined ? 'http' : 'https'
  // Asked at each request; a system call each time would be felt.
  let known = 0
  const port = (): number => {
    const address = known === 0 ? app.server.address() : null
    if (typeof address === 'object' && address !== null) known = address.port
    return known
  }
  const { platform = 'pasu', configuredSite: configured } = options
  const site = (): Site => siteNow({ served, platform, configured, scheme, port })
  return {
    recogniser: new Recogniser({ served, hostToken, scheme, site, now, alarms }),
    permission: new Permission({ served, authority: options.authority ?? authority, rehearsal, log }),
    state: served.app.rooms?.access.state,
    ...{ listening, site, isTls: tls !== undefined },
  }
}
