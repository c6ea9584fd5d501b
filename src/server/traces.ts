/** The result of a trace and its picture: files that the trace's state names by their digest. */
import { fromUtf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/canonical.ts'
import { isRefusal, type Refusal, Refused } from '../kernel/refusal.ts'
import { type Carrying, carry } from './carry.ts'
import { type Endpoint, JSON_TYPE, pathParams, queryText } from './endpoint.ts'
import { PICTURE_CSP } from './headers.ts'
import type { Language, SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'

/** Draws a stored result as SVG. */
export type Picture = (result: Uint8Array, language: Language) => string | Promise<string>

const STATE_PATH = '/v1/traces/:trace'

/** The stored bytes of the trace that the path names. */
async function resultOf(carrying: Carrying, path: Record<string, string>): Promise<Uint8Array | Refusal> {
  const route = carrying.served.app.routes.find(({ method, path: at }) => method === 'GET' && at === STATE_PATH)
  if (route === undefined) return refuse('HTTP-019', 'this deployment traces nothing')
  const caller = { kind: 'service', by: 'server' } as const
  const { answer: state } = await carry(carrying, route, { path, query: '', body: {} }, caller)
  if (isRefusal(state)) return state
  const digest = (state as { readonly [key: string]: Json }).digest
  if (typeof digest !== 'string') return refuse('HTTP-019', `the trace ${path.trace} has no result yet`)
  try {
    return carrying.served.blobs.get(digest)
  } catch (fault) {
    if (fault instanceof Refused) return fault.refusal
    throw fault
  }
}

function pictureLanguage(query: string): Language | Refusal {
  const lang = new URLSearchParams(query).get('lang') ?? 'en'
  return lang === 'ko' || lang === 'en'
    ? lang
    : refuse('HTTP-010', `lang is "${lang.slice(0, 20)}"`, { field: 'lang', expected: '"ko" or "en"' })
}

export const traceFiles = (carrying: Carrying, sendProblem: SendProblem, picture?: Picture): readonly Endpoint[] => [
  {
    method: 'GET',
    path: `${STATE_PATH}/result`,
    who: 'person',
    asks: () => ({ action: 'trace.read' }),
    summary: 'The whole result of a trace, as it was journaled by its digest.',
    async handle(request, reply) {
      const result = await resultOf(carrying, pathParams(request))
      if (isRefusal(result)) return sendProblem(request, reply, result)
      return reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(fromUtf8(result))
    },
  },
  {
    method: 'GET',
    path: `${STATE_PATH}/picture.svg`,
    who: 'person',
    asks: () => ({ action: 'trace.read' }),
    summary: 'The flow of stolen coins as a picture.',
    mediaType: 'image/svg+xml',
    query: { lang: 'ko or en; en unless given' },
    async handle(request, reply) {
      const language = pictureLanguage(queryText(request))
      if (isRefusal(language)) return sendProblem(request, reply, language)
      const result = await resultOf(carrying, pathParams(request))
      if (isRefusal(result)) return sendProblem(request, reply, result)
      if (picture === undefined) return sendProblem(request, reply, refuse('HTTP-019', 'this server draws no pictures'))
      return reply
        .headers({
          'content-type': 'image/svg+xml; charset=utf-8',
          'content-security-policy': PICTURE_CSP,
          'cache-control': 'no-store',
        })
        .send(await picture(result, language))
    },
  },
]
