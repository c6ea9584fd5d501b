/** `GET /v1/stream`: the head of a stream of server-sent events. */
import { isRefusal } from '../kernel/refusal.ts'
import type { Caller } from './auth.ts'
import type { Endpoint } from './endpoint.ts'
import type { Asks } from './permission.ts'
import type { SendProblem } from './problem.ts'
import type { Served } from './served.ts'
import { placeOf, type StreamGuard, type Streams } from './stream.ts'

const ASKS = { action: 'journal.read' }

export const streamEndpoint = (
  served: Served,
  streams: Streams,
  guardOf: (caller: Caller, asks: Asks) => StreamGuard,
  sendProblem: SendProblem,
): Endpoint => ({
  method: 'GET',
  path: '/v1/stream',
  who: 'service',
  asks: () => ASKS,
  summary: 'Every journal entry as it becomes durable, as server-sent events; goes on behind Last-Event-ID.',
  mediaType: 'text/event-stream',
  handle(request, reply) {
    const header = request.headers['last-event-id']
    const next = placeOf(typeof header === 'string' ? header : undefined, served.journal.size)
    if (isRefusal(next)) return sendProblem(request, reply, next)
    const full = streams.full()
    if (full !== undefined) return sendProblem(request, reply, full)
    // Fastify's own reply ends with its payload; this one does not end.
    reply.hijack()
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Asks nginx and its kind not to collect the stream before passing it on.
      'x-accel-buffering': 'no',
    })
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    streams.add(reply.raw, next, guardOf(request.caller, ASKS))
    return reply
  },
})
