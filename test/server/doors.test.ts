import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asHost, type EchoServer, HOST_TOKEN, problemOf, startEcho } from './echo-server.ts'

let server: EchoServer
beforeAll(async () => {
  server = await startEcho()
})
afterAll(() => server.close())

const json = { 'content-type': 'application/json' }
const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body, headers: { ...json, ...asHost, ...headers } })

/** Sends bytes as they are and gives back all that comes. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    let got = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (bytes) => {
      got += String(bytes)
    })
    socket.on('close', () => resolve(got))
    socket.on('error', reject)
  })

describe('the door: malformed input', () => {
  const deep = `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`
  const table: readonly [what: string, body: string | Uint8Array, status: number, code: string, says: RegExp][] = [
    ['no JSON', '{"word":', 400, 'HTTP-001', /not JSON/],
    ['a list', '["a"]', 400, 'HTTP-001', /no object/],
    ['null', 'null', 400, 'HTTP-001', /no object/],
    ['a number', '12', 400, 'HTTP-001', /no object/],
    ['a member twice', '{"word":"a","word":"b"}', 400, 'HTTP-001', /"word" stands twice/],
    ['a member twice, once escaped', '{"word":"a","w\\u006frd":"b"}', 400, 'HTTP-001', /"word" stands twice/],
    ['a member twice, deep inside', '{"word":"a","x":[{"y":1, "y" :2}]}', 400, 'HTTP-001', /"y" stands twice/],
    ['__proto__', '{"word":"a","__proto__":{"times":3}}', 400, 'HTTP-001', /__proto__/],
    ['__proto__, escaped', '{"\\u005f_proto__":{}}', 400, 'HTTP-001', /__proto__/],
    ['deep nesting', deep, 400, 'HTTP-001', /nests too deep/],
    ['no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 400, 'HTTP-001', /not UTF-8/],
    ['an unknown member', '{"word":"a","mood":"b"}', 400, 'INPUT-001', /mood/],
    ['a wrong type', '{"word":12}', 400, 'INPUT-001', /word.*got 12/],
    ['a missing member', '{}', 400, 'INPUT-001', /word/],
    ['a number that is none', '{"word":"a","times":1e400}', 400, 'INPUT-001', /times/],
    ['a body too large', `{"word":"${'a'.repeat(300_000)}"}`, 413, 'HTTP-008', /longer than the limit/],
    ['a word too long for its entry', `{"word":"${'a'.repeat(69_000)}"}`, 400, 'MACHINE-002', /65535/],
    ['what the room denies', '{"word":""}', 403, 'ECHO-001', /nothing was said/],
    ['what makes the room fall over', '{"word":"crash"}', 500, 'MACHINE-007', /fell over/],
  ]
  it.each(table)('%s', async (_what, body, status, code, says) => {
    const before = server.served.journal.size
    const response = await post('/v1/words', body)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ status, code, type: `/v1/explain/${code}`, instance: '/v1/words' })
    expect(problem.detail).toMatch(says)
    expect(problem.detail).not.toContain('\n')
    expect(response.status).toBe(status)
    expect(server.served.journal.size).toBe(before)
  })

  it('names the field and what was expected', async () => {
    const problem = await (await post('/v1/words', '{"word":"a","times":11}')).json()
    expect(problem).toMatchObject({
      field: 'times',
      expected: expect.stringMatching(/10/),
      title: 'The input has the wrong shape',
    })
  })

  it('takes a sound body whatever it holds inside strings', async () => {
    const response = await post('/v1/words', JSON.stringify({ word: '{"word":"a","word":"b"} [[ \\" __proto__ : ' }))
    expect(response.status).toBe(200)
  })

  it('speaks Korean to who asks for it, under the same code', async () => {
    const response = await post('/v1/words', '{}', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })
    expect(await response.json()).toMatchObject({ code: 'INPUT-001', title: '입력 형식이 올바르지 않습니다' })
    expect(response.headers.get('content-language')).toBe('ko')
  })

  it('refuses another media type, and a missing one', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await post('/v1/words', 'word=a', { 'content-type': type })
      expect([response.status, (await problemOf(response)).code]).toEqual([415, 'HTTP-007'])
    }
  })

  const paths: readonly [what: string, method: string, path: string, status: number, code: string][] = [
    ['an unknown path', 'GET', '/v1/nothing', 404, 'HTTP-005'],
    ['an unknown file', 'GET', '/nothing.js', 404, 'HTTP-005'],
    ['a wrong method', 'DELETE', '/v1/words', 405, 'HTTP-006'],
    ['a wrong method on a path with a parameter', 'PUT', '/v1/words/a', 405, 'HTTP-006'],
    ['a query that nobody asked for', 'GET', '/v1/count?a=1', 400, 'HTTP-010'],
    ['a query that names a member twice', 'GET', '/v1/words/a?min=1&min=2', 400, 'HTTP-010'],
    ['a query that contradicts the path', 'GET', '/v1/words/a?word=b', 400, 'HTTP-010'],
    ['a query beside a command', 'POST', '/v1/words?times=3', 400, 'HTTP-010'],
    ['a query with an unknown member', 'GET', '/v1/words/a?max=1', 400, 'INPUT-001'],
    ['a query with a wrong value', 'GET', '/v1/words/a?min=x', 400, 'INPUT-001'],
    ['a path that cannot be decoded', 'GET', '/v1/words/%zz', 400, 'HTTP-014'],
    ['a path that is too long', 'GET', `/v1/words/${'a'.repeat(500)}`, 400, 'HTTP-014'],
    ['an entry that is not there', 'GET', '/journal/tile/0/x001/000', 404, 'HTTP-019'],
    ['a climb out of the journal', 'GET', '/journal/..%2f..%2fetc%2fpasswd', 404, 'HTTP-019'],
    ['a code that is none', 'GET', '/v1/explain/GATE-999', 404, 'HTTP-020'],
  ]
  it.each(paths)('%s', async (_what, method, path, status, code) => {
    const response = await fetch(server.url + path, { method, headers: { ...asHost, accept: 'application/json' } })
    expect([response.status, (await problemOf(response)).code]).toEqual([status, code])
  })

  it('says which methods a path takes', async () => {
    const response = await fetch(`${server.url}/v1/words`, { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('POST')
  })

  it('refuses a body member that contradicts the path', async () => {
    const response = await post('/v1/words/a/shout', '{"word":"b"}', asHost)
    expect(await response.json()).toMatchObject({ code: 'HTTP-010', field: 'word' })
  })

  it('answers what is no HTTP in one problem and closes', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost localhost\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('"code":"HTTP-014"')
  })

  it('never shows a stack, and keeps a bigint from JSON', async () => {
    const text = await (await fetch(`${server.url}/v1/big`)).text()
    expect(JSON.parse(text)).toMatchObject({ code: 'HTTP-013', status: 500, detail: 'the answer could not be made' })
    expect(text).not.toMatch(/bigint|at .*\.ts/i)
  })
})

describe('the door: who asks', () => {
  const call = (path: string, authorization?: string) =>
    fetch(server.url + path, { headers: authorization === undefined ? {} : { authorization } })

  it('gives a missing, a malformed and an unknown token the same answer', async () => {
    const bodies = new Set<string>()
    for (const token of [
      undefined,
      'Basic abc',
      'Bearer',
      `Bearer ${'x'.repeat(43)}`,
      `Bearer ${HOST_TOKEN.slice(1)}`,
    ]) {
      const response = await call('/v1/words/a', token)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('DPoP algs="ES256", Bearer realm="pasu"')
      bodies.add(await response.text())
    }
    expect(bodies.size).toBe(1)
  })

  it('lets in without a credential where that is public, and by the host token elsewhere', async () => {
    const may = async (path: string, token?: string) => (await call(path, token && `Bearer ${token}`)).status
    await server.say('here')
    expect([await may('/v1/count'), await may('/v1/words/here'), await may('/v1/words.txt')]).toEqual([200, 401, 401])
    expect([await may('/v1/words/here', HOST_TOKEN), await may('/v1/words.txt', HOST_TOKEN)]).toEqual([200, 200])
  })

  it('H28 does nothing more for the host where it is no rehearsal and nobody is registered', async () => {
    const bare = await startEcho({ rehearsal: false })
    const ask = (path: string, method = 'GET') => fetch(bare.url + path, { method, headers: asHost })
    expect((await ask('/v1/words.txt')).status).toBe(200)
    const refused = await ask('/v1/words/a/shout', 'POST')
    expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'HTTP-022'])
    await bare.close()
  })

  it('slows wrong tokens, never a right one, and forgets after a minute', async () => {
    const wrong = `Bearer ${'w'.repeat(43)}`
    const statuses: number[] = []
    for (let tries = 0; tries < 14; tries++) statuses.push((await call('/v1/words/a', wrong)).status)
    expect(statuses.at(-1)).toBe(429)
    const slowed = await call('/v1/words/a', wrong)
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemOf(slowed)).toMatchObject({ code: 'HTTP-004', kind: 'busy' })
    expect((await call('/v1/words.txt', asHost.authorization)).status).toBe(200)
    server.pass(60_000)
    expect((await call('/v1/words/a', wrong)).status).toBe(401)
  })

  it('journals who asked, and nothing of the token', async () => {
    await post('/v1/words', '{"word":"mine"}')
    const [entry] = server.served.entries(0, 1_000).filter(({ data }) => data.word === 'mine')
    expect(entry?.by).toBe('host')
    expect(JSON.stringify(server.served.entries(0, 1_000))).not.toContain(HOST_TOKEN)
  })
})

describe('the door: under which name', () => {
  const ask = (host: string) => raw(`GET /v1/count HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  const get = async (host: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(await ask(host))?.[1])
  it('answers to loopback names and refuses others, so that no rebound name reaches it', async () => {
    const good = await Promise.all(['127.0.0.1', 'localhost:7380', '[::1]:80', 'LOCALHOST'].map(get))
    expect(good).toEqual([200, 200, 200, 200])
    const bad = await Promise.all(
      ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', ''].map(get),
    )
    expect(bad).toEqual([421, 421, 421, 421, 421])
    expect(await ask('evil.example')).toContain('"code":"HTTP-009"')
  })
})

describe('the door: headers', () => {
  it('lets nothing run in data, and offers nothing to other origins', async () => {
    const response = await fetch(`${server.url}/v1/count`, { headers: { origin: 'https://evil.example' } })
    const { headers } = response
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const preflight = await fetch(`${server.url}/v1/words`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(405)
  })

  it('sends the console under its strict policy, built or not', async () => {
    const response = await fetch(`${server.url}/incidents/incident-1`, { headers: { accept: 'text/html' } })
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types pasu",
    )
    const page = await response.text()
    expect(page).toContain('its console is not built')
    expect(page).not.toMatch(/<script|style=|onclick/)
  })
})
