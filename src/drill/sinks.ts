/** Where a drill's notices really go: a mail server and a web server of its own, on the loopback, that keep what they are given. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly channel: 'mail' | 'webhook'
  readonly to: string
  readonly key: string
  readonly text: string
}

export interface Sinks {
  readonly mailPort: number
  readonly webhookUrl: string
  readonly received: readonly Received[]
  close(): Promise<void>
}

/** A notice is a few kilobytes; a drill never sends a megabyte. */
const BODY_BYTES_MAX = 1_000_000

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    size += part.length
    if (size <= BODY_BYTES_MAX) parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

export async function openSinks(): Promise<Sinks> {
  const received: Received[] = []
  const mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      collect(stream).then((text) => {
        const key = /^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? ''
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        received.push({ channel: 'mail', to, key, text })
        done()
      }, done)
    },
  })
  const web = createServer((request, response) => {
    collect(request).then(
      (text) => {
        const key = String(request.headers['idempotency-key'] ?? '')
        received.push({ channel: 'webhook', to: request.url ?? '', key, text })
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}')
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => void mail.listen(0, '127.0.0.1', () => done()))
  await new Promise<void>((done) => void web.listen(0, '127.0.0.1', () => done()))
  const port = (address: unknown): number => (address as AddressInfo).port
  return {
    mailPort: port(mail.server.address()),
    webhookUrl: `http://127.0.0.1:${port(web.address())}/notices`,
    received,
    async close() {
      await new Promise<void>((done) => mail.close(() => done()))
      web.closeAllConnections()
      await new Promise<void>((done) => void web.close(() => done()))
    },
  }
}
