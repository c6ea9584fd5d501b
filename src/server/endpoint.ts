/** Endpoints of the server itself, beside those of the rooms; as data, so that they stand in the same lists. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Json } from '../kernel/canonical.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Who } from '../machine/route.ts'
import type { Asks } from './permission.ts'
import type { SendProblem } from './problem.ts'

export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly who: Who
  readonly summary: string
  /** What the authority is asked; the members of the path are given. An endpoint for more than the public without it is for nobody. */
  readonly asks?: (path: Readonly<Record<string, string>>) => Asks | Refusal
  /** The JSON object that it takes. */
  readonly takes?: z.ZodType
  /** What a good answer is; JSON unless said. */
  readonly mediaType?: string
  /** Query members it knows, each with what it means. */
  readonly query?: Readonly<Record<string, string>>
  /** What a body may be, where it is not one JSON object of the usual size: it comes to `handle` as bytes. */
  readonly body?: { readonly types: readonly string[]; readonly bytesMax: number; readonly what: string }
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | FastifyReply
}

export const JSON_TYPE = 'application/json; charset=utf-8'

/** Sends JSON, or the refusal. State changes with every turn, so nothing of it may be kept by a cache. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Json | Refusal,
  sendProblem: SendProblem,
): FastifyReply {
  if (isRefusal(answer)) return sendProblem(request, reply, answer)
  return reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(JSON.stringify(answer))
}

/** A path parameter, decoded. */
export function param(request: FastifyRequest, name: string): string {
  const { params } = request
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof value === 'string' ? value : ''
}

export const pathParams = (request: FastifyRequest): Record<string, string> =>
  typeof request.params === 'object' && request.params !== null ? { ...(request.params as Record<string, string>) } : {}

export const queryText = (request: FastifyRequest): string => {
  const at = request.url.indexOf('?')
  return at < 0 ? '' : request.url.slice(at + 1)
}

/** The body's bytes; none where there is no body. */
export const bodyOf = (request: FastifyRequest): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array()
