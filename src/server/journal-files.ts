/** The log under `/journal/`, as static files (c2sp.org/tlog-tiles): for anybody, since a stranger must be able to check it. */
import { logFile } from '../journal/index.ts'
import { type Endpoint, param } from './endpoint.ts'
import type { SendProblem } from './problem.ts'
import { refuse } from './refusals.ts'
import type { Served } from './served.ts'

/** A tile never changes under its name. */
const FOR_EVER = 'public, max-age=31536000, immutable'

export const journalFiles = (served: Served, sendProblem: SendProblem): Endpoint => ({
  method: 'GET',
  path: '/journal/*',
  who: 'public',
  summary: 'The journal as static files (c2sp.org/tlog-tiles): checkpoint, vkey, tile/…, tile/entries/….',
  mediaType: 'application/octet-stream',
  handle(request, reply) {
    const path = param(request, '*')
    const file = logFile(served.journal, path)
    if (file === undefined) {
      return sendProblem(request, reply, refuse('HTTP-019', `the journal has no file "${path.slice(0, 100)}"`))
    }
    return reply
      .headers({
        'content-type': file.contentType,
        'cache-control': file.immutable ? FOR_EVER : 'no-cache',
      })
      .send(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length))
  },
})
