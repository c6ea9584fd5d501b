/** How an evacuation reaches whoever holds the keys. Pasu holds none: it states what may be moved, and the signer moves it. */
import { faultLine } from '../../kernel/names.ts'
import type { Data } from '../../machine/room.ts'
import { refused } from './refusals.ts'

export interface EvacuationSigner {
  /**
   * Has the permitted movement signed and sent to its chain. `receipt` is the signer's own word for it, such as the transaction's hash.
   * The same permit may come again after a restart; the signer tells it by its id. Rejects with `Refused`, and may then be asked again.
   */
  broadcast(claims: Data, jws: string): Promise<{ readonly receipt: string }>
}

/** A signer that has not answered by then is asked again: the thief does not wait. */
export const ANSWER_MS_MAX = 10_000
/** An answer is one short JSON object. */
export const ANSWER_BYTES_MAX = 16_384
const RECEIPT = /^[^\p{Cc}\p{Cs}]{1,300}$/u
const SHOWN_MAX = 200

const LOOPBACK = /^(127(\.[0-9]{1,3}){3}|\[::1\]|localhost)$/i

/** The URL of a signer, or `SIGNER-001`: a permit read by others on the way could be spent by them. */
export function signerUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw refused('SIGNER-001', `${text.slice(0, SHOWN_MAX)} is not a URL`)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  if (!isSafe) throw refused('SIGNER-001', `${url.protocol}//${url.host} is neither https nor on this machine`)
  if (url.username !== '' || url.password !== '') throw refused('SIGNER-001', `the URL of ${url.host} holds a password`)
  return url
}

/** Posts the JWS as `application/jose` (RFC 7515 section 9.2.1); the answer is JSON with a `receipt`. */
export function httpSigner(address: string, answerMs = ANSWER_MS_MAX): EvacuationSigner {
  const url = signerUrl(address)
  return {
    async broadcast({ permit }, jws) {
      const response = await post(url, jws, String(permit), answerMs)
      const text = await boundedText(response, url)
      if (!response.ok) throw refused('SIGNER-003', `${url.host} answered ${response.status}: ${line(text)}`)
      return { receipt: receiptOf(text, url) }
    },
  }
}

async function post(url: URL, jws: string, permit: string, answerMs: number): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', accept: 'application/json', 'idempotency-key': permit },
      body: jws,
      // A redirect could carry the permit to anybody.
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    })
  } catch (cause) {
    throw refused('SIGNER-002', `${url.host} does not answer: ${reasonOf(cause)}`, { cause })
  }
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel()
    throw refused('SIGNER-004', `${url.host} answered with a redirect (${response.status})`)
  }
  return response
}

async function boundedText(response: Response, url: URL): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of response.body ?? []) {
      size += part.length
      if (size > ANSWER_BYTES_MAX) break
      parts.push(part)
    }
  } catch (cause) {
    throw refused('SIGNER-002', `${url.host} broke off its answer: ${reasonOf(cause)}`, { cause })
  }
  if (size > ANSWER_BYTES_MAX) throw refused('SIGNER-004', `${url.host} answered more than ${ANSWER_BYTES_MAX} bytes`)
  return Buffer.concat(parts).toString('utf8')
}

function receiptOf(text: string, url: URL): string {
  try {
    const answer: unknown = JSON.parse(text)
    const receipt = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'receipt') : undefined
    if (typeof receipt === 'string' && RECEIPT.test(receipt)) return receipt
  } catch {
    // Not JSON: said below.
  }
  throw refused('SIGNER-004', `${url.host} gave no receipt but ${line(text)}`)
}

const line = (text: string): string => JSON.stringify(text.replace(/\s+/g, ' ').slice(0, SHOWN_MAX))

const reasonOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return faultLine(inner, SHOWN_MAX)
}
