/**
 * The signer's door: HTTP on the loopback. Withdrawals want a credential, as a real signer's API does; it opens the door and signs
 * nothing. Evacuations want none: whoever brings a genuine permit for one can only bring coins to the refuge.
 */

import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { parse } from '../../kernel/input.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type LiveSigner, type Order, orderSchema, type Signed } from './signer.ts'

/** A permit is below 2 kB; nothing else of size is asked here. */
const BODY_BYTES_MAX = 16_384

export interface Door {
  readonly url: string
  close(): Promise<void>
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > BODY_BYTES_MAX) throw new RangeError('too much')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function isOpenedBy(request: IncomingMessage, credential: string): boolean {
  const [given, wanted] = [Buffer.from(String(request.headers.authorization)), Buffer.from(`Bearer ${credential}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function tell(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function orderOf(text: string): Order | undefined {
  try {
    const order = parse(orderSchema, JSON.parse(text))
    return isRefusal(order) ? undefined : order
  } catch {
    return undefined
  }
}

async function answer(signer: LiveSigner, credential: string, request: IncomingMessage): Promise<[number, object]> {
  const status = (signed: Signed): [number, object] => [signed.ok ? 200 : 403, signed]
  if (request.method === 'POST' && request.url === '/evacuate')
    return status(await signer.evacuate(await textOf(request)))
  if (request.method !== 'POST' || request.url !== '/sign') return [404, { ok: false }]
  if (!isOpenedBy(request, credential)) return [401, { ok: false }]
  const order = orderOf(await textOf(request))
  return order === undefined ? [400, { ok: false }] : status(await signer.sign(order))
}

export async function openDoor(signer: LiveSigner, credential: string): Promise<Door> {
  const server = createServer((request, response) => {
    answer(signer, credential, request).then(
      ([status, body]) => tell(response, status, body),
      (fault: unknown) => tell(response, 500, { ok: false, detail: String(fault).slice(0, 200) }),
    )
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', () => done()))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the signer has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((done) => void server.close(() => done()))
    },
  }
}

const answerSchema = z.union([
  z.object({ ok: z.literal(true), receipt: z.string() }),
  z.object({ ok: z.literal(false), code: z.string(), detail: z.string() }),
])
export type DoorAnswer = z.output<typeof answerSchema>

/** Asks the signer as anybody does who has the credential: the platform's own payout service, or who stole it. */
export async function askSigner(url: string, credential: string, order: Order): Promise<DoorAnswer> {
  const response = await fetch(`${url}/sign`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
    body: JSON.stringify(order),
  })
  const told = answerSchema.safeParse(await response.json())
  if (!told.success) throw new Error(`the signer answered ${response.status} without a reason`)
  return told.data
}
