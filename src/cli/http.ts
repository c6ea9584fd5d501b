/** Requests to the running server. Over TLS its certificate is pinned to the one in the settings. */
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { resolve } from 'node:path'
import type { Json } from '../kernel/canonical.ts'
import { SECOND_MS } from '../kernel/time.ts'
import type { Config } from '../world/config.ts'
import { refused } from './refusals.ts'

/** A verification reads the whole journal before it answers. */
export const ANSWER_MS_MAX = 600 * SECOND_MS

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: Json
}

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface Target {
  readonly url: string
  readonly token: string
  readonly listen: Config['listen']
  readonly folder: string
}

function tlsOptions({ listen, folder }: Target): { ca?: string; checkServerIdentity?: () => undefined } {
  if (listen.tls === undefined) return {}
  // Exactly this certificate is trusted, under whichever name it was made out.
  return { ca: readFileSync(resolve(folder, listen.tls.cert), 'utf8'), checkServerIdentity: () => undefined }
}

async function replyOf(message: IncomingMessage): Promise<Reply> {
  const parts: Uint8Array[] = []
  for await (const part of message) parts.push(part)
  return {
    status: message.statusCode ?? 0,
    contentType: message.headers['content-type'] ?? '',
    bytes: Buffer.concat(parts),
  }
}

export function requester(target: Target): (call: Call) => Promise<Reply> {
  const { url, token } = target
  const send = url.startsWith('https:') ? tlsRequest : plainRequest
  const tls = tlsOptions(target)
  return ({ method, path, body }) =>
    new Promise((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      }
      const options: RequestOptions = { method, headers, timeout: ANSWER_MS_MAX, ...tls }
      const asking = send(new URL(path, url), options, (message) => replyOf(message).then(done, fail))
      asking.on('timeout', () => asking.destroy(new Error('no answer in time')))
      asking.on('error', (cause) => fail(refused('CLI-002', `${url} does not answer: ${cause.message}`, { cause })))
      asking.end(text)
    })
}
