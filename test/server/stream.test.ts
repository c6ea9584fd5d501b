import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { asHost, type EchoServer, startEcho } from './echo-server.ts'

let server: EchoServer
afterEach(() => server.close())

interface Event {
  readonly id: number
  readonly event: string
  readonly data: { readonly index: number; readonly type: string; readonly data: { readonly word?: string } }
}

function parse(text: string): Event[] {
  // The last piece has no empty line behind it yet.
  const blocks = text
    .split('\n\n')
    .slice(0, -1)
    .filter((block) => block.startsWith('id: '))
  return blocks.map((block) => {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
    return { id: Number(field('id')), event: field('event'), data: JSON.parse(field('data')) }
  })
}

/** Reads a stream until it has so many events, or something else in its text, then leaves. */
async function listen(until: (text: string) => boolean, headers: Record<string, string> = {}, begin?: () => unknown) {
  const leave = new AbortController()
  const response = await fetch(`${server.url}/v1/stream`, {
    headers: { ...asHost, ...headers },
    signal: leave.signal,
  })
  let text = ''
  await begin?.()
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (until(text)) break
  }
  leave.abort()
  return { response, text, events: parse(text) }
}

/** The greeting is a block too, and the last piece is none yet. */
const events = (count: number) => (text: string) => text.split('\n\n').length - 2 >= count

describe('the stream of events', () => {
  it('tells each entry once, in order, from where it was opened', async () => {
    server = await startEcho()
    await server.say('before')
    const from = server.served.journal.size
    const { response, events: got } = await listen(events(6), {}, () => server.say('a', 'b'))
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(got.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5].map((place) => from + place))
    expect(got.map(({ event }) => event)).toEqual([
      'echo.say',
      'echo.said',
      'echo.answered',
      'echo.say',
      'echo.said',
      'echo.answered',
    ])
    expect(got.every(({ id, event, data }) => data.index === id && data.type === event)).toBe(true)
  })

  it('goes on behind Last-Event-ID without a gap or a repeat, whatever happened in between', async () => {
    server = await startEcho()
    const first = await listen(events(3), {}, () => server.say('a'))
    const last = first.events.at(-1)?.id ?? -1
    await server.say(...Array.from({ length: 300 }, (_, place) => `w${place}`))
    const again = await listen(events(906), { 'last-event-id': String(last) }, () => server.say('live', 'live2'))
    const ids = again.events.map(({ id }) => id)
    expect(ids).toEqual(Array.from({ length: 906 }, (_, place) => last + 1 + place))
  })

  it('tells the whole journal to who names no entry before the first: id 0 was seen, 1 is next', async () => {
    server = await startEcho()
    await server.say('a')
    const { events: got } = await listen(events(2), { 'last-event-id': '0' })
    expect(got.map(({ id }) => id)).toEqual([1, 2])
  })

  it.each(['99999', '-1', 'abc', '1e3', '9007199254740993'])('refuses Last-Event-ID %s', async (id) => {
    server = await startEcho()
    const response = await fetch(`${server.url}/v1/stream`, { headers: { ...asHost, 'last-event-id': id } })
    expect(await response.json()).toMatchObject({ status: 400, code: 'HTTP-012', field: 'Last-Event-ID' })
  })

  it('is not for everybody', async () => {
    server = await startEcho()
    expect((await fetch(`${server.url}/v1/stream`)).status).toBe(401)
  })

  it('stays awake between events', async () => {
    server = await startEcho({ streamLimits: { heartbeatMs: 20 } })
    const { text } = await listen((all) => all.split(': still here').length > 3)
    expect(text).toContain(': still here\n\n: still here\n\n')
  })

  it('opens no more than its limit, and takes new ones when old ones leave', async () => {
    server = await startEcho({ streamLimits: { streams: 1 } })
    const leave = new AbortController()
    await fetch(`${server.url}/v1/stream`, { headers: asHost, signal: leave.signal })
    const second = await fetch(`${server.url}/v1/stream`, { headers: asHost })
    expect(await second.json()).toMatchObject({ status: 503, code: 'HTTP-011' })
    expect(second.headers.get('retry-after')).toBe('1')
    leave.abort()
    while (server.http.streams.count > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const third = await listen((text) => text.includes('open'))
    expect(third.response.status).toBe(200)
  })

  it('drops a reader that takes nothing, and tells it everything when it comes back', async () => {
    server = await startEcho({ streamLimits: { bufferBytes: 50_000, stallMs: 300 } })
    const { hostname, port } = new URL(server.url)
    const asking = httpRequest({ hostname, port, path: '/v1/stream', headers: asHost }, (response) => {
      // Paused: nothing is ever read, so the system's buffers fill and then ours.
      response.pause()
    })
    asking.on('error', () => {})
    asking.end()
    const long = 'x'.repeat(20_000)
    while (server.http.streams.count === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    for (let said = 0; server.http.streams.count > 0 && said < 2_000; said++) {
      await server.say(`${said}${long}`)
      if (said % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 350))
    }
    expect(server.http.streams.count).toBe(0)
    asking.destroy()
    const { events: got } = await listen(events(20), { 'last-event-id': '0' })
    expect(got.slice(0, 20).map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1))
  })

  it('ends when the server stops, so that stopping need not wait', async () => {
    server = await startEcho()
    const response = await fetch(`${server.url}/v1/stream`, { headers: asHost })
    const ended = response.text()
    await server.close()
    expect(await ended).toContain('open')
  })
})
