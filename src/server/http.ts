/** The HTTP application: rooms' routes and the server's own endpoints behind one set of hooks. It carries and decides nothing. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Refusal } from '../kernel/refusal.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { BoundRoute, Who } from '../machine/route.ts'
import type { Tokens } from '../world/folder.ts'
import { type AdminFeedDoor, adminEventsEndpoint } from './admin-events.ts'
import { type Caller, Doorkeeper, PUBLIC, waitOf } from './auth.ts'
import { type Carrying, carry } from './carry.ts'
import { catalogueOf } from './catalogue.ts'
import { isPage, serveConsole } from './console.ts'
import { bodyOf, type Endpoint, pathParams, queryText, sendJson } from './endpoint.ts'
import { answerFaults, limits } from './faults.ts'
import { hostAllowed, STRICT_TRANSPORT, securityHeaders } from './headers.ts'
import { journalFiles } from './journal-files.ts'
import { readBody } from './json.ts'
import { openApi } from './openapi.ts'
import { problemSender, type SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'
import { commandSchemas, type Served } from './served.ts'
import { type StreamLimits, Streams } from './stream.ts'
import { streamEndpoint } from './stream-endpoint.ts'
import { systemEndpoints } from './system.ts'
import { type Picture, traceFiles } from './traces.ts'
import { type VerifyTask, verifyEndpoint } from './verify.ts'

export interface HttpOptions {
  readonly served: Served
  readonly tokens: Tokens
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

declare module 'fastify' {
  interface FastifyContextConfig {
    who?: Who
    /** Where they are others than JSON alone. */
    bodyTypes?: readonly string[]
  }
  interface FastifyRequest {
    caller: Caller
  }
}

function mountRoute(app: FastifyInstance, route: BoundRoute, carrying: Carrying, sendProblem: SendProblem): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { who: route.who },
    async handler(request, reply) {
      const body = route.command === undefined ? {} : readBody(bodyOf(request))
      if (isRefusal(body)) return sendProblem(request, reply, body)
      const asked = { path: pathParams(request), query: queryText(request), body }
      const { status, answer } = await carry(carrying, route, asked, request.caller)
      if (!isRefusal(answer)) reply.code(status)
      if (route.mediaType === undefined || typeof answer !== 'string')
        return sendJson(request, reply, answer, sendProblem)
      return reply.headers({ 'content-type': textType(route.mediaType), 'cache-control': 'no-store' }).send(answer)
    },
  })
}

const textType = (mediaType: string): string =>
  mediaType.includes('charset') ? mediaType : `${mediaType}; charset=utf-8`

function mountEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  const { method, path, who, body } = endpoint
  const mount = (on: FastifyInstance): void => {
    on.route({
      ...{ method, url: path },
      config: { who, ...(body === undefined ? {} : { bodyTypes: body.types }) },
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

/** Headers, the name it came under, who it is: in this order, before a byte of the body is read. */
function guard(app: FastifyInstance, options: HttpOptions, sendProblem: SendProblem): void {
  const { tokens, listening, tls, now = Date.now } = options
  const door = new Doorkeeper(tokens, now)
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request, reply) => {
    request.caller = PUBLIC
    reply.headers(securityHeaders)
    if (tls !== undefined) reply.header('strict-transport-security', STRICT_TRANSPORT)
    if (!hostAllowed(request.headers.host, listening)) {
      const host = (request.headers.host ?? '').slice(0, 100)
      return sendProblem(request, reply, refuse('HTTP-009', `"${host}" is not a name of this server`))
    }
    const { who } = request.routeOptions.config
    if (who === undefined) return
    const caller = door.admit(who, request.headers.authorization, request.socket.remoteAddress ?? '')
    if (!isRefusal(caller)) {
      request.caller = caller
      return
    }
    return turnAway(request, reply, caller, sendProblem)
  })
}

function turnAway(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, sendProblem: SendProblem) {
  const wait = waitOf(refusal)
  if (wait !== undefined) reply.header('retry-after', wait)
  if (refusal.code === 'HTTP-002') reply.header('www-authenticate', 'Bearer realm="pasu"')
  return sendProblem(request, reply, refusal)
}

function endpointsOf(options: HttpOptions, carrying: Carrying, streams: Streams, sendProblem: SendProblem): Endpoint[] {
  const { served, now } = carrying
  const catalogue = catalogueOf(served.app)
  return [
    ...systemEndpoints({ served, catalogue, sendProblem }),
    ...traceFiles(carrying, sendProblem, options.picture),
    journalFiles(served, sendProblem),
    ...(options.adminFeed === undefined ? [] : [adminEventsEndpoint(options.adminFeed, sendProblem)]),
    streamEndpoint(served, streams, sendProblem),
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
}

export async function buildHttp(options: HttpOptions): Promise<Http> {
  const { served, tls, now = Date.now, log = () => {} } = options
  const app = (tls === undefined ? Fastify(limits) : Fastify({ ...limits, https: tls })) as FastifyInstance
  const sendProblem = problemSender(catalogueOf(served.app))
  const carrying: Carrying = { served, schemas: commandSchemas(served.app), now }
  const streams = new Streams(served, options.streamLimits)
  // The body is taken as bytes and read by the route, so that a fault in it is told by our own strict reader.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  guard(app, options, sendProblem)
  const endpoints = endpointsOf(options, carrying, streams, sendProblem)
  const all = [...endpoints, descriptionEndpoint(options, carrying, endpoints)]
  for (const route of served.app.routes) mountRoute(app, route, carrying, sendProblem)
  for (const endpoint of all) mountEndpoint(app, endpoint)
  const sendPage = await serveConsole(app, options.consoleFolder)
  const listed = [...served.app.routes, ...all].map(({ method, path, who }) => ({ method, path, who }))
  answerFaults(app, { listed, sendProblem, sendPage, isPage, log })
  app.addHook('preClose', async () => streams.close())
  return { app, listed, streams }
}
