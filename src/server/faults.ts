/** What goes wrong before or around a route: unknown paths, wrong methods, bodies too large, requests that are no HTTP. */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import type { Refusal } from '../kernel/refusal.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { SECOND_MS } from '../kernel/time.ts'
import type { SendPage } from './console.ts'
import { securityHeaders } from './headers.ts'
import type { ListedRoute } from './http.ts'
import { PROBLEM_TYPE, problemOf, type SendProblem } from './problem.ts'
import { refuse, serverRefusals } from './refusals.ts'

/** Four journal entries of 65,535 bytes: the same text escaped as \uXXXX takes three times the room, and spaces some more. */
export const BODY_BYTES_MAX = 256 * 1024
/** For a whole request to arrive; a slower one holds a connection to exhaust them. */
export const REQUEST_MS_MAX = 30 * SECOND_MS
/** A connection that is kept for the next request; longer than a common balancer's own minute would race it. */
export const KEEP_ALIVE_MS = 65 * SECOND_MS
/** The longest id is a CAIP-19 asset of some 180 characters. */
export const PARAM_LENGTH_MAX = 200

function answerClient(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const refusal = refuse('HTTP-014', late ? 'the request took too long to arrive' : 'the request is not sound HTTP')
  const problem = { ...problemOf(refusal, serverRefusals, '', 'en'), ...(late && { status: 408 }) }
  const body = JSON.stringify(problem)
  const status = late
    ? '408 Request Timeout'
    : error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request'
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** The router meets these before any hook has run, so they are answered without Fastify's help. */
function answerRaw(response: ServerResponse, detail: string): void {
  const problem = problemOf(refuse('HTTP-014', detail), serverRefusals, '', 'en')
  response.writeHead(problem.status, { ...securityHeaders, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' })
  response.end(JSON.stringify(problem))
}

const noSchema = (): never => {
  throw new Error('no route may have a schema of the framework: the rooms check what comes in')
}

export const limits = {
  bodyLimit: BODY_BYTES_MAX,
  requestTimeout: REQUEST_MS_MAX,
  keepAliveTimeout: KEEP_ALIVE_MS,
  exposeHeadRoutes: false,
  // No route has a schema of the framework's: what comes in is checked by the rooms' own. Without these two it loads its compilers.
  schemaController: { compilersFactory: { buildValidator: () => noSchema, buildSerializer: () => noSchema } },
  routerOptions: {
    maxParamLength: PARAM_LENGTH_MAX,
    onBadUrl: (_path, _request, response) => answerRaw(response, 'the path cannot be decoded'),
    onMaxParamLength: (_path, _request, response) => answerRaw(response, 'a part of the path is too long'),
  },
  clientErrorHandler: answerClient,
} satisfies FastifyServerOptions

const byFastify: Readonly<Record<string, (request: FastifyRequest) => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ routeOptions }) =>
    refuse('HTTP-008', 'the body is longer than the limit', {
      expected: `at most ${routeOptions.bodyLimit ?? BODY_BYTES_MAX} bytes`,
    }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ headers, routeOptions }) =>
    refuse('HTTP-007', `the body is ${(headers['content-type'] ?? 'of no type').slice(0, 80)}`, {
      expected: (routeOptions.config.bodyTypes ?? ['application/json']).join(' or '),
    }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => refuse('HTTP-014', 'the body is not as long as Content-Length says'),
}

/** A pattern for each path, to tell a wrong method from a wrong path. */
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replace(/[.]/g, '\\.')
      .replace(/:[A-Za-z_]+/g, '[^/]+')
      .replace('*', '.*')}$`,
  )

export interface Around {
  readonly listed: readonly ListedRoute[]
  readonly sendProblem: SendProblem
  readonly sendPage: SendPage
  readonly isPage: (request: FastifyRequest) => boolean
  readonly log: (line: string) => void
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/'

export function answerFaults(app: FastifyInstance, { listed, sendProblem, sendPage, isPage, log }: Around): void {
  const patterns = listed.map(({ method, path }) => ({ method, pattern: patternOf(path) }))
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request)
    const methods = [...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '))
      return sendProblem(request, reply, refuse('HTTP-006', `${path.slice(0, 200)} takes ${methods.join(', ')}`))
    }
    if (isPage(request)) return sendPage(reply)
    return sendProblem(request, reply, refuse('HTTP-005', `there is no ${request.method} ${path.slice(0, 200)}`))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = error instanceof Refused ? error.refusal : byFastify[error.code]?.(request)
    if (isRefusal(refusal)) return sendProblem(request, reply, refusal)
    // The path alone: queries, headers and bodies may hold secrets or customers' data.
    log(`${request.method} ${pathOf(request)}: ${error.message}`)
    return sendProblem(request, reply, refuse('HTTP-013', 'the answer could not be made'))
  })
}
