/** Notices by webhook: one signed POST, no redirects, a bounded answer. */
import { createHmac } from 'node:crypto'
import { canonical } from '../../kernel/canonical.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Carrier } from '../carrier.ts'
import { isLoopback } from '../config.ts'
import { type LetterSource, letterFor, NOT_APPROVED, oneLine } from './letter.ts'

const ANSWER_MS_MAX = 15 * SECOND_MS
/** Of the answer only a line is kept. */
const ANSWER_BYTES_MAX = 4_096

export interface WebhookOptions {
  /** Shared with the receiver: the body's HMAC-SHA-256 under it stands in `Pasu-Signature`. */
  readonly secret: string
  readonly answerMs?: number
}

/** `https`, or `http` on this machine: a notice of an incident is not read by the network in between. */
export function webhookUrl(text: string): URL {
  const url = URL.parse(text)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === null || !isSafe)
    throw new Error(`${oneLine(text).slice(0, 100)} is neither https nor http on this machine`)
  return url
}

async function firstBytes(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    size += part.length
    if (size >= ANSWER_BYTES_MAX) break
  }
  return oneLine(Buffer.concat(parts).subarray(0, ANSWER_BYTES_MAX).toString('utf8')).slice(0, 160)
}

export function webhookCarrier({ secret, answerMs = ANSWER_MS_MAX }: WebhookOptions, source: LetterSource): Carrier {
  return {
    async deliver({ key, data }) {
      const letter = letterFor(source, data.notice)
      if (letter === undefined || letter.channel !== 'webhook') return NOT_APPROVED
      const body = canonical({ ...letter })
      const response = await fetch(webhookUrl(letter.to), {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(answerMs),
        body,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          'pasu-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        },
      })
      const told = await firstBytes(response)
      if (!response.ok) throw new Error(`the receiver answered ${response.status}: ${told}`)
      return `${response.status} ${told}`.trim()
    },
  }
}
