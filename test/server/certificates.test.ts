/** Service accounts by mutual TLS, with certificates that openssl made. */
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { type RequestOptions, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/kernel/time.ts'
import { type BareServer, startBare } from '../kit/real.ts'

const folder = mkdtempSync(join(tmpdir(), 'pasu-test-'))

/** A key and a certificate of its own, for two days. */
function made(name: string, more: readonly string[] = ['-days', '2']): { key: string; cert: string } | undefined {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const args = ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-subj', `/CN=${name}`, ...more]
  try {
    execFileSync('openssl', args, { stdio: 'pipe' })
    return { key, cert }
  } catch {
    return undefined
  }
}

const own = made('localhost', ['-days', '2', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'])
const known = made('withdrawals')
const another = made('stranger')
if (own === undefined) console.log('certificates: this machine has no openssl that makes them, skipped')

const hashOf = (path: string): string =>
  createHash('sha256')
    .update(new X509Certificate(readFileSync(path)).raw)
    .digest('hex')

describe.skipIf(own === undefined)('mutual TLS', () => {
  let server: BareServer
  beforeAll(async () => {
    const { key = '', cert = '' } = own ?? {}
    const listen = { host: '127.0.0.1', port: 0, names: ['127.0.0.1'], tls: { key, cert } }
    server = await startBare({ listen }, { rehearsal: true })
  })
  afterAll(() => server.close())

  const register = (service: string, cert = '', scopes = ['gate.read']) =>
    server.deployment.submit({
      ...{ type: 'service.register', by: 'test' },
      data: { service, scopes, certificate_sha256: hashOf(cert) },
    })

  /** A new connection each time: a certificate belongs to its connection. */
  const ask = (path: string, by?: { key: string; cert: string }, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; code: string | undefined }>((done, failed) => {
      const shown = by && { key: readFileSync(by.key), cert: readFileSync(by.cert) }
      const options: RequestOptions = { ...shown, headers, agent: false, ca: readFileSync(own?.cert ?? '') }
      request(new URL(path, server.url), options, async (response) => {
        let text = ''
        for await (const part of response) text += String(part)
        done({ status: response.statusCode ?? 0, code: JSON.parse(text).code })
      })
        .on('error', failed)
        .end()
    })

  it('H30 asks for none until a service account has one, then takes exactly that one', async () => {
    expect(Reflect.get(server.server, 'url')).toMatch(/^https:/)
    expect(await ask('/v1/halts', known)).toEqual({ status: 401, code: 'HTTP-002' })
    await register('withdrawals', known?.cert)
    expect((await ask('/v1/halts', known)).status).toBe(200)
    expect(await ask('/v1/halts', another)).toEqual({ status: 401, code: 'HTTP-002' })
    expect(await ask('/v1/halts')).toEqual({ status: 401, code: 'HTTP-002' })
  })

  it('H30 has the scopes of its account, and is not for what a browser asks', async () => {
    expect(await ask('/v1/events', known)).toEqual({ status: 403, code: 'HTTP-003' })
    for (const header of ['origin', 'cookie', 'sec-fetch-site']) {
      const { status } = await ask('/v1/halts', known, { [header]: header === 'origin' ? 'https://evil.example' : 'x' })
      expect([header, status]).toEqual([header, 401])
    }
  })

  it('H30 ends with its dates, and with the account', async () => {
    await server.pass(3 * DAY_MS)
    expect(await ask('/v1/halts', known)).toEqual({ status: 401, code: 'HTTP-002' })
    await server.pass(-3 * DAY_MS)
    expect((await ask('/v1/halts', known)).status).toBe(200)
    const data = { service: 'withdrawals', reason: 'a test' }
    await server.deployment.submit({ type: 'service.remove', data, by: 'test' })
    expect(await ask('/v1/halts', known)).toEqual({ status: 401, code: 'HTTP-002' })
  })
})
