/** Uploads of administrators' acts: the platform's machines send the logs of its identity provider, clouds and proxies here. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { asJson } from '../kernel/canonical.ts'
import { parse } from '../kernel/input.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { FORMATS, type Format, UPLOAD_BYTES_MAX } from '../world/admin/formats.ts'
import type { Taken } from '../world/admin/take.ts'
import { queryOf } from './carry.ts'
import { bodyOf, type Endpoint, queryText, sendJson } from './endpoint.ts'
import type { SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'

/** `world/admin` has the real one. */
export interface AdminFeedDoor {
  take(from: Format, bytes: Uint8Array, by: string): Promise<Taken | Refusal>
}

const asked = z.strictObject({ from: z.enum(FORMATS) })

function askedOf(request: FastifyRequest): z.output<typeof asked> | Refusal {
  const query = queryOf(queryText(request))
  if (isRefusal(query)) return query
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding === 'identity') return parse(asked, query)
  // Compressed bytes would be read as a log of nonsense, and answered as one.
  return refuse('HTTP-007', `the body is coded as ${coding.slice(0, 40)}`, { expected: 'no Content-Encoding' })
}

export const adminEventsEndpoint = (feed: AdminFeedDoor, sendProblem: SendProblem): Endpoint => ({
  method: 'POST',
  path: '/v1/admin/events',
  who: 'service',
  asks: () => ({ action: 'admin.report' }),
  summary: 'Takes a log of administrators’ acts, judges it and tells of what is unusual.',
  query: { from: `who wrote the log: ${FORMATS.join(', ')}` },
  body: {
    types: ['application/x-ndjson', 'application/json'],
    bytesMax: UPLOAD_BYTES_MAX,
    what: 'One JSON event a line, or one JSON array of events. The same bytes a second time tell nothing new.',
  },
  async handle(request, reply) {
    const params = askedOf(request)
    if (isRefusal(params)) return sendProblem(request, reply, params)
    const taken = await feed.take(params.from, bodyOf(request), request.caller.by)
    return sendJson(request, reply, isRefusal(taken) ? taken : asJson(taken), sendProblem)
  },
})
