import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseVerifierKey, verifyCheckpoint } from '../../src/journal/index.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type EchoServer, HOST_TOKEN, problemOf, startEcho, temporaryFolder } from './echo-server.ts'

let server: EchoServer
afterEach(() => server.close())

const get = (path: string) => fetch(server.url + path)
const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer())

describe('the journal as files', () => {
  it('serves checkpoint, key, tiles and bundles to anybody, each cached as it may be', async () => {
    server = await startEcho()
    await server.say(...Array.from({ length: 100 }, (_, place) => `w${place}`))
    expect(server.served.journal.size).toBe(300)
    const checkpoint = await get('/journal/checkpoint')
    expect(checkpoint.headers.get('cache-control')).toBe('no-cache')
    const verifier = parseVerifierKey((await (await get('/journal/vkey')).text()).trim())
    if (isRefusal(verifier)) throw new Error(verifier.detail)
    expect(verifyCheckpoint(await checkpoint.text(), [verifier])).toMatchObject({ size: 300, origin: 'echo/journal' })
    const tile = await get('/journal/tile/0/000')
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(tile.headers.get('content-type')).toBe('application/octet-stream')
    expect((await tile.arrayBuffer()).byteLength).toBe(256 * 32)
    expect(await bytes('/journal/tile/0/001.p/44')).toHaveLength(44 * 32)
    expect(await bytes('/journal/tile/1/000.p/1')).toHaveLength(32)
    const bundle = await bytes('/journal/tile/entries/001.p/44')
    expect(Buffer.from(bundle).readUInt16BE(0)).toBe(server.served.journal.readEntry(256).length)
  })

  it('has one spelling for each file', async () => {
    server = await startEcho()
    await server.say('a')
    for (const path of [
      'tile/0/000',
      'tile/0/000.p/4',
      'tile/0/0',
      'tile/00/000.p/3',
      'tile/0/x000/000.p/3',
      'CHECKPOINT',
      '',
    ]) {
      expect([path, (await get(`/journal/${path}`)).status]).toEqual([path, 404])
    }
    expect((await get('/journal/tile/0/000.p/3')).status).toBe(200)
  })
})

describe('the console as files', () => {
  const build = (): string => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'assets'))
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>console</title><script src="/assets/main-abc.js"></script>',
    )
    writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {}')
    writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    writeFileSync(join(folder, '.hidden'), 'secret')
    return folder
  }
  const page = (path: string) => fetch(server.url + path, { headers: { accept: 'text/html,*/*' } })

  it('answers each of its own addresses with the page, and never the API’s', async () => {
    server = await startEcho({ consoleFolder: build() })
    for (const path of ['/', '/incidents', '/incidents/incident-4-1', '/trace?lang=ko']) {
      const response = await page(path)
      expect([path, response.status, await response.text()]).toEqual([
        path,
        200,
        expect.stringContaining('<title>console'),
      ])
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
    for (const path of [
      '/v1/none',
      '/assets/gone.js',
      '/journal/none',
      '/.well-known/none',
      '/.hidden',
      '/../package.json',
    ]) {
      expect([path, (await page(path)).status]).not.toEqual([path, 200])
    }
  })

  it('keeps built files for ever and others not', async () => {
    server = await startEcho({ consoleFolder: build() })
    const script = await page('/assets/main-abc.js')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(script.headers.get('content-type')).toMatch(/javascript/)
    const icon = await page('/favicon.svg')
    expect([icon.status, icon.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })

  it('asks for JSON and gets a problem, not a page', async () => {
    server = await startEcho({ consoleFolder: build() })
    const response = await fetch(`${server.url}/incidents`, { headers: { accept: 'application/json' } })
    expect(await response.json()).toMatchObject({ status: 404, code: 'HTTP-005' })
  })
})

describe('what the server tells of itself', () => {
  it('is well until the machine stops, then says so to a balancer', async () => {
    server = await startEcho()
    expect(await (await get('/healthz')).json()).toEqual({ ok: true, ready: true })
    await server.say('poison')
    const response = await get('/healthz')
    expect([response.status, await response.json()]).toEqual([503, { ok: false, ready: false }])
    const refused = await fetch(`${server.url}/v1/words`, {
      method: 'POST',
      body: '{"word":"a"}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${HOST_TOKEN}` },
    })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([503, 'MACHINE-006'])
  })

  it('explains every code it can answer with, in both languages', async () => {
    server = await startEcho()
    expect(await (await get('/v1/explain/http-002')).json()).toEqual({
      code: 'HTTP-002',
      kind: 'denied',
      title: { en: 'Nobody is known to ask', ko: '누가 요청하는지 알 수 없습니다' },
      help: {
        en: expect.stringContaining('Authorization: Bearer'),
        ko: expect.stringContaining('Authorization: Bearer'),
      },
    })
    expect(await (await get('/v1/explain/ECHO-001')).json()).toMatchObject({ title: { ko: '침묵' } })
    expect((await get('/v1/explain/__proto__')).status).toBe(404)
  })

  it('serves the keys of permits', async () => {
    server = await startEcho()
    const response = await get('/.well-known/jwks.json')
    expect([response.headers.get('content-type'), await response.json()]).toEqual([
      'application/jwk-set+json; charset=utf-8',
      { keys: [] },
    ])
  })
})
