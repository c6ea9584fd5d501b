/** The HTTP application: rooms' routes and the server's own endpoints behind one set of hooks. It carries and decides nothing. */
import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import type { Refusal } from '../kernel/refusal.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { BoundRoute, Who } from '../machine/route.ts'
import { type AttestationPolicy, NO_ATTESTATION } from '../world/attestation.ts'
import { type AdminFeedDoor, adminEventsEndpoint } from './admin-events.ts'
import { Alarms } from './alarms.ts'
import type { Caller } from './auth.ts'
import { type Carrying, carry } from './carry.ts'
import { catalogueOf } from './catalogue.ts'
import { askForCertificates } from './certificates.ts'
import { isPage, serveConsole } from './console.ts'
import { Ceremonies } from './door/index.ts'
import { bodyOf, type Endpoint, pathParams, queryText, sendJson } from './endpoint.ts'
import { answerFaults, limits } from './faults.ts'
import { type Door, doorOf, guard, noteApproval } from './guard.ts'
import { journalFiles } from './journal-files.ts'
import { readBody } from './json.ts'
import { openApi } from './openapi.ts'
import { type About, type FirstLink, peopleEndpoints } from './people/index.ts'
import type { Asks, PermissionOptions } from './permission.ts'
import { problemSender, type SendProblem } from './problem.ts'
import { commandSchemas, type Served } from './served.ts'
import type { ConfiguredSite, Site } from './site.ts'
import { type StreamGuard, type StreamLimits, Streams } from './stream.ts'
import { streamEndpoint } from './stream-endpoint.ts'
import { systemEndpoints } from './system.ts'
import { type Picture, traceFiles } from './traces.ts'
import { type VerifyTask, verifyEndpoint } from './verify.ts'

export interface HttpOptions {
  readonly served: Served
  readonly hostToken: string
  /** Names the deployment until somebody enrolled. */
  readonly platform?: string | undefined
  readonly configuredSite?: ConfiguredSite | undefined
  readonly attestation?: AttestationPolicy | undefined
  /** The link of the first enrolment, where it is not spent. */
  readonly firstLink?: FirstLink | undefined
  /** See `PermissionOptions`: a throw-away deployment. */
  readonly rehearsal?: boolean | undefined
  readonly authority?: PermissionOptions['authority'] | undefined
  /** Where the server listens, and under which further names it is known. */
  readonly listening: { readonly host: string; readonly names: readonly string[] }
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
  readonly version: string
  readonly now?: (() => Instant) | undefined
  /** The built console; without it a plain page says how to build it. */
  readonly consoleFolder?: string | undefined
  readonly picture?: Picture | undefined
  /** Where uploads of administrators' acts go; absent where this server takes none. */
  readonly adminFeed?: AdminFeedDoor | undefined
  /** The folder that a verification reads; absent for a journal in memory. */
  readonly verify?: VerifyTask | undefined
  /** One line for each fault of ours; requests are not logged. */
  readonly log?: ((line: string) => void) | undefined
  readonly streamLimits?: Partial<StreamLimits> | undefined
}

function mountRoute(
  app: FastifyInstance,
  route: BoundRoute,
  carrying: Carrying,
  onApproval: (request: FastifyRequest, refusal: Refusal) => void,
  sendProblem: SendProblem,
): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { who: route.who, room: route.room, ...(route.command !== undefined && { command: route.command }) },
    async handler(request, reply) {
      const body = route.command === undefined ? {} : readBody(bodyOf(request))
      if (isRefusal(body)) return sendProblem(request, reply, body)
      const asked = { path: pathParams(request), query: queryText(request), body }
      const { status, answer } = await carry(carrying, route, asked, request.caller)
      if (!isRefusal(answer)) reply.code(status)
      else if (route.command === 'proposal.approve') onApproval(request, answer)
      if (route.mediaType === undefined || typeof answer !== 'string')
        return sendJson(request, reply, answer, sendProblem)
      return reply.headers({ 'content-type': textType(route.mediaType), 'cache-control': 'no-store' }).send(answer)
    },
  })
}

const textType = (mediaType: string): string =>
  mediaType.includes('charset') ? mediaType : `${mediaType}; charset=utf-8`

function mountEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  const { method, path, who, body, asks } = endpoint
  const mount = (on: FastifyInstance): void => {
    on.route({
      ...{ method, url: path },
      config: { who, ...(asks && { asks }), ...(body === undefined ? {} : { bodyTypes: body.types }) },
      ...(body === undefined ? {} : { bodyLimit: body.bytesMax }),
      handler: (request, reply) => endpoint.handle(request, reply),
    })
  }
  if (body === undefined) mount(app)
  else app.register(async (scope) => mountAlone(scope, body.types, mount))
}

/** In a scope of its own, so that no other endpoint takes bodies of these types. */
function mountAlone(scope: FastifyInstance, types: readonly string[], mount: (on: FastifyInstance) => void): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([...types], { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
  mount(scope)
}

function endpointsOf(
  options: HttpOptions,
  carrying: Carrying,
  streams: Streams,
  door: Door,
  sendProblem: SendProblem,
): Endpoint[] {
  const { recogniser, permission } = door
  const guardOf = (caller: Caller, asks: Asks): StreamGuard => ({
    holds: () => recogniser.stillHolds(caller),
    may: async () => (await permission.fault(caller, 'service', asks)) === undefined,
  })
  const { served, now } = carrying
  const catalogue = catalogueOf(served.app)
  return [
    ...systemEndpoints({ served, catalogue, sendProblem }),
    ...traceFiles(carrying, sendProblem, options.picture),
    journalFiles(served, sendProblem),
    ...(options.adminFeed === undefined ? [] : [adminEventsEndpoint(options.adminFeed, sendProblem)]),
    streamEndpoint(served, streams, guardOf, sendProblem),
    verifyEndpoint({ task: options.verify, now, noteVerified: (size) => served.noteVerified(size) }, sendProblem),
  ]
}

function descriptionEndpoint(options: HttpOptions, carrying: Carrying, endpoints: readonly Endpoint[]): Endpoint {
  // Written when somebody asks: it is long, and a start need not wait for it.
  let text: string | undefined
  const describe = (): string => JSON.stringify(openApi(all))
  const self: Endpoint = {
    method: 'GET',
    path: '/openapi.json',
    who: 'public',
    summary: 'This description.',
    handle: (_request, reply) => {
      text ??= describe()
      return reply
        .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
        .send(text)
    },
  }
  const { schemas, served } = carrying
  const all = { routes: served.app.routes, endpoints: [...endpoints, self], schemas, version: options.version }
  return self
}

/** Every endpoint, as the lists of routes and of who may use them have it. */
export interface ListedRoute {
  readonly method: string
  readonly path: string
  readonly who: Who
}

export interface Http {
  readonly app: FastifyInstance
  readonly listed: readonly ListedRoute[]
  readonly streams: Streams
  /** Of which ceremonies are. */
  readonly site: () => Site
}

/** Nobody enrols or signs in where the machine knows no people. */
function endpointsForPeople(
  options: HttpOptions,
  carrying: Carrying,
  door: Door,
  alarms: Alarms,
  sendProblem: SendProblem,
) {
  const { state, site, recogniser, permission } = door
  if (state === undefined) return []
  const ceremonies = new Ceremonies<About>({ now: carrying.now })
  const { attestation = NO_ATTESTATION, firstLink } = options
  return peopleEndpoints({
    ...{ carrying, state, site, ceremonies, attestation, recogniser, permission, alarms, firstLink, sendProblem },
    random: randomBytes,
  })
}

export async function buildHttp(options: HttpOptions): Promise<Http> {
  const { served, tls, now = Date.now, log = () => {} } = options
  // Certificates are compared with the registered ones, so no authority is asked.
  const https = tls && { ...tls, requestCert: false, rejectUnauthorized: false }
  const app = (https === undefined ? Fastify(limits) : Fastify({ ...limits, https })) as FastifyInstance
  const sendProblem = problemSender(catalogueOf(served.app))
  const carrying: Carrying = { served, schemas: commandSchemas(served.app), now }
  const streams = new Streams(served, options.streamLimits)
  const alarms = new Alarms({ served, now, log })
  const door = doorOf(options, app, alarms)
  // The body is taken as bytes and read by the route, so that a fault in it is told by our own strict reader.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  guard(app, door, alarms, sendProblem)
  const endpoints = [
    ...endpointsOf(options, carrying, streams, door, sendProblem),
    ...endpointsForPeople(options, carrying, door, alarms, sendProblem),
  ]
  const all = [...endpoints, descriptionEndpoint(options, carrying, endpoints)]
  const onApproval = (request: FastifyRequest, refusal: Refusal): void =>
    noteApproval(alarms, request, refusal, 'approve.proposal')
  for (const route of served.app.routes) mountRoute(app, route, carrying, onApproval, sendProblem)
  for (const endpoint of all) mountEndpoint(app, endpoint)
  const sendPage = await serveConsole(app, options.consoleFolder)
  const listed = [...served.app.routes, ...all].map(({ method, path, who }) => ({ method, path, who }))
  answerFaults(app, { listed, sendProblem, sendPage, isPage, log })
  const quiet = tls === undefined ? () => {} : askForCertificates(app.server, served)
  app.addHook('preClose', async () => {
    streams.close()
    alarms.close()
    quiet()
  })
  return { app, listed, streams, site: door.site }
}
