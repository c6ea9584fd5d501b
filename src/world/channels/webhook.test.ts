/** Against a real HTTP server on the loopback that answers as receivers do. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { approved } from './fixture/approved.ts'
import { NOT_APPROVED } from './letter.ts'
import { webhookCarrier, webhookUrl } from './webhook.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

interface Got {
  readonly path: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

async function receiver(answer: (response: ServerResponse, path: string | undefined) => void) {
  const got: Got[] = []
  const web = createServer((request, response) => {
    text(request).then(
      (body) => {
        got.push({ path: request.url, headers: request.headers, body })
        answer(response, request.url)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => void web.listen(0, '127.0.0.1', () => done()))
  closing.push(() => {
    web.closeAllConnections()
    web.close()
  })
  return { got, to: `http://127.0.0.1:${(web.address() as AddressInfo).port}/notices` }
}

/** Sends one approved notice to the receiver. */
async function send(to: string, timeoutMs = 2_000) {
  const { app, effect, ...rest } = approved({ channel: 'webhook', to })
  const carrier = webhookCarrier({ secret: 'shared', timeoutMs }, { app })
  return { ...rest, app, effect, carrier, sent: await carrier.deliver(effect).catch((fault: Error) => fault) }
}

describe('a notice by webhook', () => {
  it('is one JSON document, signed, under the key of its effect', async () => {
    const { got, to } = await receiver((response) => response.end('{"case":"2026-1"}'))
    const { sent, effect, notice } = await send(to)
    expect(sent).toBe('200 {"case":"2026-1"}')
    const { headers, body, path } = got[0] ?? { headers: {}, body: '', path: '' }
    expect(path).toBe('/notices')
    expect(headers['content-type']).toBe('application/json')
    expect(headers['idempotency-key']).toBe(effect.key)
    expect(headers['pasu-signature']).toBe(`sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`)
    expect(JSON.parse(body)).toMatchObject({
      ...{ notice, obligation: 'ZZ-REPORT', authority: 'KISA', language: 'ko', channel: 'webhook', to },
      body: expect.stringContaining('주식회사 예시거래소'),
    })
  })

  it('is the same bytes under the same key when it is delivered again', async () => {
    const { got, to } = await receiver((response) => response.end())
    const { carrier, effect } = await send(to)
    expect(await carrier.deliver(effect)).toBe('200')
    expect(got).toHaveLength(2)
    expect(got[1]?.body).toBe(got[0]?.body)
    expect(got[1]?.headers['idempotency-key']).toBe(got[0]?.headers['idempotency-key'])
  })

  it('does not leave when it is no longer approved', async () => {
    const { got, to } = await receiver((response) => response.end())
    const { carrier, effect, notice, tell } = await send(to)
    tell('notice.mark_sent', { notice, receipt: 'by hand' })
    expect(await carrier.deliver(effect)).toBe(NOT_APPROVED)
    expect(got).toHaveLength(1)
  })
})

describe('a receiver that does not take it', () => {
  it.each([500, 503, 404, 401, 304])('an answer of %i is a fault that names it', async (status) => {
    const { to } = await receiver((response) =>
      response.writeHead(status).end(status === 304 ? undefined : 'no\r\nwell'),
    )
    const { sent } = await send(to)
    expect(sent).toBeInstanceOf(Error)
    expect(String(sent)).toContain(`answered ${status}`)
    expect(String(sent)).not.toMatch(/[\r\n]/)
  })

  it('silence ends in a fault', async () => {
    const { to } = await receiver(() => undefined)
    expect(String((await send(to, 100)).sent)).toMatch(/did not answer in time/)
  })

  it.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (status) => {
    const { got, to } = await receiver((response) => response.writeHead(status, { location: '/elsewhere' }).end())
    const { sent } = await send(to)
    expect(String(sent)).toMatch(/could not be reached.*redirect/)
    expect(got.map(({ path }) => path)).toEqual(['/notices'])
  })

  it('a connection cut before the answer is a fault that says why', async () => {
    const { to } = await receiver((response) => response.destroy())
    expect(String((await send(to)).sent)).toMatch(/^Error: 127\.0\.0\.1:\d+ could not be reached: \S+/)
  })

  it('nobody listening is a fault that says why', async () => {
    const { to } = await receiver((response) => response.end())
    for (const close of closing.splice(0)) close()
    expect(String((await send(to)).sent)).toMatch(/ECONNREFUSED/)
  })
})

describe('an answer without end', () => {
  it('of a huge body only a line is kept, and the rest is not read', async () => {
    let written = 0
    const { to } = await receiver((response) => {
      const more = (): void => {
        while (written < 200_000_000 && !response.destroyed && response.write('x'.repeat(65_536))) written += 65_536
      }
      response.on('drain', more)
      more()
    })
    const { sent } = await send(to)
    expect(sent).toBe(`200 ${'x'.repeat(160)}`)
    expect(written).toBeLessThan(50_000_000)
  })

  it('a body that never ends does not undo the 200 before it', async () => {
    const { to } = await receiver((response) => void response.writeHead(200).write('taken'))
    expect((await send(to, 200)).sent).toBe('200 taken')
  })

  it('a compressed answer that swells is cut as well', async () => {
    const { gzipSync } = await import('node:zlib')
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x61))
    const { to } = await receiver((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    expect((await send(to)).sent).toBe(`200 ${'a'.repeat(160)}`)
  })
})

describe('where it may go', () => {
  it.each(['https://hooks.example/x', 'http://127.0.0.1:1/x', 'http://localhost/x', 'http://[::1]:9/'])(
    'takes %s',
    (url) => {
      expect(webhookUrl(url).href).toContain('://')
    },
  )

  it.each(['http://hooks.example/x', 'http://127.0.0.1.evil.example/', 'ftp://a.example/', 'file:///etc/passwd', 'x'])(
    'refuses %s',
    (url) => {
      expect(() => webhookUrl(url)).toThrow(/neither https nor http on this machine/)
    },
  )
})
