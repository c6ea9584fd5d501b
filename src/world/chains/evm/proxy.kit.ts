/** For tests alone: stands before a node and spoils its answers as told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Rpc {
  readonly method: string
  readonly params: readonly unknown[]
  readonly id: number
}

/** What the node answered, and what it was asked; or how to answer instead. */
export type Mischief =
  | { readonly kind: 'honest' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'endless' }
  /** Changes single results, also within batches. */
  | { readonly kind: 'change'; readonly change: (asked: Rpc, result: unknown) => unknown }

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

type Answer = { readonly id: number; readonly result?: unknown }

async function forward(url: string, body: string, change: (asked: Rpc, result: unknown) => unknown): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const asked = JSON.parse(body) as Rpc | Rpc[]
  const answers = (await response.json()) as Answer | Answer[]
  const changed = (answer: Answer): Answer => {
    const call = Array.isArray(asked) ? asked.find(({ id }) => id === answer.id) : asked
    return call === undefined || answer.result === undefined
      ? answer
      : { ...answer, result: change(call, answer.result) }
  }
  return JSON.stringify(Array.isArray(answers) ? answers.map(changed) : changed(answers))
}

/** A body that never ends, sent as fast as it is taken. */
function endless(response: ServerResponse): void {
  const chunk = '['.repeat(2 ** 16)
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

export async function startProxy(target: string) {
  let mischief: Mischief = { kind: 'honest' }
  let requests = 0
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request)
    requests += 1
    const now = mischief
    if (now.kind === 'silent') return
    if (now.kind === 'endless') return endless(response)
    if (now.kind === 'status') {
      response.writeHead(now.status, now.location === undefined ? {} : { location: now.location })
      response.end()
      return
    }
    const answer =
      now.kind === 'body'
        ? now.body
        : await forward(target, body, now.kind === 'change' ? now.change : (_, result) => result)
    response.setHeader('content-type', 'application/json')
    response.end(answer)
  }
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get requests() {
      return requests
    },
    be(next: Mischief) {
      mischief = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
