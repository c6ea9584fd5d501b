/** What the server tells about itself: health, keys, its own description, what a refusal means. */
import type { Json } from '../kernel/canonical.ts'
import type { RefusalCatalogue } from '../kernel/refusal.ts'
import { type Endpoint, param, sendJson } from './endpoint.ts'
import type { SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'
import type { Served } from './served.ts'

/** What a code means: `GATE-014` -> kind, title and help in both languages. */
export function explain(catalogue: RefusalCatalogue, code: string): Json | undefined {
  const entry = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
  return entry && { code, kind: entry.kind, title: { ...entry.title }, help: { ...entry.help } }
}

export interface System {
  readonly served: Served
  readonly catalogue: RefusalCatalogue
  readonly sendProblem: SendProblem
}

export const systemEndpoints = ({ served, catalogue, sendProblem }: System): readonly Endpoint[] => [
  {
    method: 'GET',
    path: '/healthz',
    who: 'public',
    summary: 'Whether the machine takes commands. 503 once it has stopped: then no permit is given.',
    handle(request, reply) {
      const ok = served.stopped === undefined
      return sendJson(request, reply.code(ok ? 200 : 503), { ok, ready: ok }, sendProblem)
    },
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    who: 'public',
    summary: 'The public keys that permits are signed with (RFC 7517).',
    mediaType: 'application/jwk-set+json',
    handle: (_request, reply) =>
      reply
        .headers({ 'content-type': 'application/jwk-set+json; charset=utf-8', 'cache-control': 'public, max-age=60' })
        .send(JSON.stringify(served.jwks)),
  },
  {
    method: 'GET',
    path: '/v1/explain/:code',
    who: 'public',
    summary: 'What a refusal means and what to do.',
    handle(request, reply) {
      const code = param(request, 'code').toUpperCase()
      const found = explain(catalogue, code)
      const answer = found ?? refuse('HTTP-020', `there is no refusal ${code.slice(0, 40)}`, { field: 'code' })
      return sendJson(request, reply, answer, sendProblem)
    },
  },
]
