/** Notices by webhook: one signed POST, no redirects, a bounded answer. */

import { createHmac } from 'node:crypto'
import { canonical } from '../../kernel/canonical.ts'
import { oneLine } from '../../kernel/names.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Carrier } from '../carrier.ts'
import { isLoopback } from '../config.ts'
import { type LetterSource, letterFor, NOT_APPROVED } from './letter.ts'

const TIMEOUT_MS = 15 * SECOND_MS
/** Of the answer only a line is kept. */
const ANSWER_BYTES_MAX = 4_096

export interface WebhookOptions {
  /** Shared with the receiver: the body's HMAC-SHA-256 under it stands in `Pasu-Signature`. */
  readonly secret: string
  /** How long the whole exchange may take, in milliseconds. */
  readonly timeoutMs?: number
}

/** `https`, or `http` on this machine: a notice of an incident is not read by the network in between. */
export function webhookUrl(text: string): URL {
  const url = URL.parse(text)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === null || !isSafe) throw new Error(`${oneLine(text, 100)} is neither https nor http on this machine`)
  return url
}

/** The whole answer as text. Throws where it breaks off, or has more bytes. */
export async function boundedText(response: Response, max: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    size += part.length
    if (size > max) throw new Error(`the answer is longer than ${max} bytes`)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The answer's first line. What breaks off or goes on for ever is no reason to doubt the status that came before it. */
async function firstBytes(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of response.body ?? []) {
      parts.push(part)
      size += part.length
      if (size >= ANSWER_BYTES_MAX) break
    }
  } catch {
    // What came so far is told.
  }
  return oneLine(Buffer.concat(parts).subarray(0, ANSWER_BYTES_MAX).toString('utf8'), 160)
}

/** `fetch failed` alone tells nobody anything; the reason is its cause. */
export function explained(fault: unknown, host: string): Error {
  const { name, message, cause } = fault instanceof Error ? fault : new Error(String(fault))
  if (name === 'TimeoutError') return new Error(`${host} did not answer in time`)
  return new Error(`${host} could not be reached: ${cause instanceof Error ? cause.message || String(cause) : message}`)
}

/** One signed POST; resolves with the receipt. */
export async function postSigned(
  { secret, timeoutMs = TIMEOUT_MS }: WebhookOptions,
  to: string,
  key: string,
  body: string,
): Promise<string> {
  const url = webhookUrl(to)
  const response = await fetch(url, {
    method: 'POST',
    // Followed, a redirect would carry the notice to whoever the receiver names.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    body,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'pasu-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }).catch((fault) => {
    throw explained(fault, url.host)
  })
  const told = await firstBytes(response)
  if (!response.ok) throw new Error(`the receiver answered ${response.status}: ${told}`)
  return `${response.status} ${told}`.trim()
}

export function webhookCarrier(options: WebhookOptions, source: LetterSource): Carrier {
  return {
    async deliver({ key, data }) {
      const letter = letterFor(source, data.notice)
      if (letter === undefined) return NOT_APPROVED
      // A receipt would mark the notice as sent, which it was not.
      if (letter.channel !== 'webhook') throw new Error(`the notice goes by ${letter.channel}, not by webhook`)
      return postSigned(options, letter.to, key, canonical({ ...letter }))
    },
  }
}
