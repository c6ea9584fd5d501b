import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { PERMIT_TYPE, signedClaims } from '../../rooms/gate/index.ts'
import { memorySpentStore, verifyPermit } from '../../rooms/gate/permit/index.ts'
import { ANSWER_BYTES_MAX } from './evacuation.ts'
import { attester, httpSigner, publicJwk } from './index.ts'

/** RFC 8037 appendix A.1: the private key; A.3: its thumbprint; A.4: a JWS under it. */
const RFC8037 = {
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  thumbprint: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  input: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc',
  signature: 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
}
const rfcKey = createPrivateKey({ key: RFC8037.key, format: 'jwk' })

describe('the attester', () => {
  it('G12: names and uses keys as RFC 8037 does (A.1, A.3, A.4)', async () => {
    const jwk = publicJwk(rfcKey)
    expect(jwk).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: RFC8037.key.x,
      kid: RFC8037.thumbprint,
      use: 'sig',
      alg: 'EdDSA',
    })
    expect(await calculateJwkThumbprint({ ...jwk })).toBe(jwk.kid)
    expect(sign(null, Buffer.from(RFC8037.input), rfcKey).toString('base64url')).toBe(RFC8037.signature)
    const jws = `${RFC8037.input}.${RFC8037.signature}`
    expect((await compactVerify(jws, await importJWK({ ...jwk }, 'EdDSA'))).protectedHeader).toEqual({ alg: 'EdDSA' })
    // A genuine signature of our own key over something that is no permit is still no permit.
    const expected = { from: 'eip155:1:0x1', to: 'eip155:1:0x2', asset: 'eip155:1/slip44:60', amount: '1' }
    const options = {
      keys: { keys: [{ ...RFC8037.key, d: undefined, ...jwk } as never] },
      issuer: 'x',
      expected,
      now: 1,
      haltEpoch: 0,
    }
    expect(await verifyPermit(jws, { ...options, spent: memorySpentStore() })).toMatchObject({ code: 'PERMIT-002' })
  })

  it('G12: writes canonical claims with its issuer, the same for the same, and keeps its secret', async () => {
    const { attest, jwks, kid } = attester(rfcKey, 'exchange', [{ kty: 'OKP', kid: 'old' }])
    const jws = await attest('pasu-permit+jwt', { b: 1, a: 'x', iss: 'somebody else' })
    const [header = '', payload = ''] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(header).toBe(`{"alg":"EdDSA","kid":"${kid}","typ":"pasu-permit+jwt"}`)
    expect(payload).toBe('{"a":"x","b":1,"iss":"exchange"}')
    expect(await attest('pasu-permit+jwt', { a: 'x', b: 1 })).toBe(jws)
    expect(jwks).toMatchObject({ keys: [{ kid }, { kid: 'old' }] })
    expect(JSON.stringify(jwks)).not.toContain(RFC8037.key.d)
  })

  it('G12: the vector in docs/permits.md is what we make, and is accepted and refused as it says', async () => {
    const guide = readFileSync(new URL('../../../docs/permits.md', import.meta.url), 'utf8')
    const vector = /```text\n(.*?)\n```/s.exec(guide)?.[1] ?? ''
    const account = (digit: string): string => `eip155:1:0x${digit.repeat(40)}`
    const move = { from: account('a'), to: account('1'), asset: 'eip155:1/slip44:60', amount: '1500000000000000000' }
    const named = { permit: 'permit-41', kind: 'withdrawal' as const, subject: 'w-2026-000041', wallet: 'hot-1' }
    const life = { issued_at: 1_767_571_200_000, expires_at: 1_767_571_260_000, halt_epoch: 3 }
    const { attest, jwks } = attester(rfcKey, 'exchange')
    expect(await attest(PERMIT_TYPE, signedClaims({ ...named, ...move, ...life }))).toBe(vector)
    expect(JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '')).toEqual(jwks)
    const accepted = async (now: number, haltEpoch: number, spent = memorySpentStore()) => {
      const keys = JSON.parse(JSON.stringify(jwks))
      return (await verifyPermit(vector, { keys, issuer: 'exchange', expected: move, now, haltEpoch, spent })).ok
    }
    const spent = memorySpentStore()
    expect(await accepted(1_767_571_259_999, 3)).toBe(true)
    expect(await accepted(1_767_571_200_000, 3, spent)).toBe(true)
    expect(await accepted(1_767_571_200_000, 3, spent)).toBe(false)
    expect(await accepted(1_767_571_260_000, 3)).toBe(false)
    expect(await accepted(1_767_571_194_999, 3)).toBe(false)
    expect(await accepted(1_767_571_200_000, 4)).toBe(false)
  })

  it('G12: many at once are each their own', async () => {
    const { attest } = attester(generateKeyPairSync('ed25519').privateKey, 'exchange')
    const made = await Promise.all(Array.from({ length: 200 }, (_, n) => attest('t', { n })))
    const numbers = made.map((jws) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).n)
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => n))
  })
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/evacuate`
}
async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await work())
  } catch (error) {
    return error instanceof Refused && isRefusal(error.refusal) ? error.refusal.code : String(error)
  }
}
const broadcast = (url: string, ms?: number) =>
  codeOf(() => httpSigner(url, ms).broadcast({ permit: 'permit-4' }, 'a.b.c'))

describe('the signer over HTTP', () => {
  it('G8: gets the permit as it is, with a key that tells repeats', async () => {
    const got: unknown[] = []
    const url = await serve((request, response) => {
      const { method, headers } = request
      request.on('data', (body) => got.push(method, headers['content-type'], headers['idempotency-key'], String(body)))
      request.on('end', () => response.end('{"receipt":"0xabc"}'))
    })
    expect(await broadcast(url)).toBe('{"receipt":"0xabc"}')
    expect(got).toEqual(['POST', 'application/jose', 'permit-4', 'a.b.c'])
  })

  it.each([
    ['SIGNER-003', 'a refusal', (): RequestListener => (_, response) => response.writeHead(403).end('expired')],
    [
      'SIGNER-004',
      'a redirect',
      (): RequestListener => (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['SIGNER-004', 'no JSON', (): RequestListener => (_, response) => response.end('<html>')],
    ['SIGNER-004', 'no receipt', (): RequestListener => (_, response) => response.end('{"ok":true}')],
    [
      'SIGNER-004',
      'a receipt of several lines',
      (): RequestListener => (_, response) => response.end('{"receipt":"a\\nb"}'),
    ],
    ['SIGNER-004', 'too much', (): RequestListener => (_, response) => response.end('x'.repeat(ANSWER_BYTES_MAX + 1))],
    ['SIGNER-002', 'silence', (): RequestListener => () => undefined],
    [
      'SIGNER-002',
      'half an answer',
      (): RequestListener => (_, response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"rec')
        setTimeout(() => response.destroy(), 10)
      },
    ],
  ])('G8: %s for %s', async (code, _what, listener) => {
    expect(await broadcast(await serve(listener()), 300)).toBe(code)
  })

  it('G8: that is not there', async () => {
    expect(await broadcast('http://127.0.0.1:1/')).toBe('SIGNER-002')
  })

  it.each([
    'http://signer.example/',
    'ftp://127.0.0.1/',
    'https://user:secret@signer.example/',
    'signer',
    'http://127.0.0.1.example.com/',
  ])('G8: is not reached over %s', (url) => {
    expect(() => httpSigner(url)).toThrow(/SIGNER-001/)
  })

  it('G8: is reached over https, and over http on this machine alone', () => {
    for (const url of ['https://signer.example/', 'http://localhost:1/', 'http://[::1]:1/', 'http://127.0.0.9/']) {
      expect(() => httpSigner(url)).not.toThrow()
    }
  })
})
