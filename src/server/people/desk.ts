/** What the endpoints about people share, and how each reads what it takes. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Bytes } from '../../kernel/bytes.ts'
import { sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import type { Json } from '../../kernel/canonical.ts'
import { parse } from '../../kernel/input.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { DataOf } from '../../machine/room.ts'
import type { AccessState, Role } from '../../rooms/access/index.ts'
import type { commands } from '../../rooms/access/messages.ts'
import type { AttestationPolicy } from '../../world/attestation.ts'
import type { Alarms } from '../alarms.ts'
import type { Caller } from '../auth.ts'
import type { Carrying } from '../carry.ts'
import type { Ceremonies } from '../door/index.ts'
import { originFault } from '../door/index.ts'
import { bodyOf, type Endpoint, pathParams, queryText, sendJson } from '../endpoint.ts'
import { readBody } from '../json.ts'
import type { Permission } from '../permission.ts'
import type { SendProblem } from '../problem.ts'
import type { Recogniser } from '../recognise.ts'
import { refuse } from '../refusals.ts'
import type { Site } from '../site.ts'

export type NewKey = DataOf<typeof commands, 'key.add'>['key']

/** What a ceremony is about; a sign-in is about nobody yet. */
export interface About {
  readonly person: string
  readonly roles: readonly Role[]
  /** Of the link that was shown; null where somebody adds a key of their own. */
  readonly token_hash: string | null
  readonly isFounder: boolean
  readonly key?: NewKey
}

/** The link of the first enrolment, while nobody is registered. */
export interface FirstLink {
  readonly token: string
  /** Called once somebody enrolled by it. */
  readonly spent: () => void
}

export interface Desk {
  readonly carrying: Carrying
  readonly state: AccessState
  readonly site: () => Site
  readonly ceremonies: Ceremonies<About>
  readonly attestation: AttestationPolicy
  readonly recogniser: Recogniser
  readonly permission: Permission
  readonly alarms: Alarms
  readonly firstLink: FirstLink | undefined
  readonly random: (bytes: number) => Bytes
  readonly sendProblem: SendProblem
}

export interface Asking {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly caller: Caller
  readonly address: string
  readonly path: Readonly<Record<string, string>>
}

export const hashText = (text: string): string => `sha256:${toHex(sha256(utf8(text)))}`

interface Takes<T> extends Pick<Endpoint, 'path' | 'who' | 'summary' | 'asks'> {
  readonly takes: z.ZodType<T>
  /** 202 where nothing of it is done yet. */
  readonly status?: 202
  readonly handle: (data: T, asking: Asking) => Promise<Json | Refusal> | Json | Refusal
}

/** An endpoint that takes a JSON object, from our own page where it is a browser's. */
export function taking<T>(desk: Desk, { takes, status, handle, ...rest }: Takes<T>): Endpoint {
  const answer = async (asking: Asking): Promise<Json | Refusal> => {
    const { request } = asking
    const body = readBody(bodyOf(request))
    if (isRefusal(body)) return body
    const extra = queryText(request)
    if (extra !== '') return refuse('HTTP-010', 'this endpoint takes no query', { field: extra.slice(0, 60) })
    const data = parse(takes, body)
    if (isRefusal(data)) return data
    const site = request.headers['sec-fetch-site']
    const from = { method: 'POST', origin: request.headers.origin, site: typeof site === 'string' ? site : undefined }
    // The sessions of people were asked before; a ceremony begins without one.
    const fault = rest.who === 'public' ? originFault(from, desk.site().origins) : undefined
    return fault ?? handle(data, asking)
  }
  return {
    ...{ method: 'POST', takes, ...rest },
    async handle(request, reply) {
      const { caller } = request
      const address = request.socket.remoteAddress ?? ''
      const given = await answer({ request, reply, caller, address, path: pathParams(request) })
      if (status !== undefined && !isRefusal(given)) reply.code(status)
      return sendJson(request, reply, given, desk.sendProblem)
    },
  }
}

/** An endpoint that shows something and takes nothing. */
export const showing = (
  desk: Desk,
  {
    show,
    ...rest
  }: Pick<Endpoint, 'path' | 'who' | 'summary' | 'asks'> & {
    readonly show: (caller: Caller) => Promise<Json | Refusal> | Json
  },
): Endpoint => ({
  ...{ method: 'GET', ...rest },
  async handle(request, reply) {
    const extra = queryText(request)
    if (extra !== '') {
      const refusal = refuse('HTTP-010', 'this endpoint takes no query', { field: extra.slice(0, 60) })
      return desk.sendProblem(request, reply, refusal)
    }
    return sendJson(request, reply, await show(request.caller), desk.sendProblem)
  },
})
