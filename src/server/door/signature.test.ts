import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toBase64, toBase64Url, utf8 } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { bodyFault } from './content-digest.ts'
import { serviceKeyOf } from './service-key.ts'
import { SIGNATURE_AGE_S_MAX, SIGNATURE_AHEAD_S_MAX, SignatureVerifier } from './signature.ts'
import { type RequestHead, signatureBase } from './signature-base.ts'
import { signRequest, type ToSign } from './signature-sign.ts'

const NOW = 1_772_000_000_000
const SECONDS = NOW / SECOND_MS
const URL_TEXT = 'https://pasu.exchange.example/v1/withdrawals?dry=1'
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')
const BODY = utf8('{"amount":"100"}')

interface Sent extends RequestHead {
  readonly body: Uint8Array
}

/** The request as it arrives, with whatever a test wants otherwise. */
function sent(more: Partial<ToSign> = {}): Sent {
  const asked = { method: 'POST', url: URL_TEXT, body: BODY, service: 'wallet-server', privateKey, now: NOW, ...more }
  const { host, pathname, search, protocol } = new URL(asked.url)
  const length = { 'content-length': String(asked.body.length) }
  return {
    method: asked.method,
    scheme: protocol === 'https:' ? 'https' : 'http',
    authority: host,
    url: `${pathname}${search}`,
    headers: { host, ...(asked.body.length > 0 ? length : {}), ...signRequest(asked) },
    body: asked.body,
  }
}

const verifier = (now = NOW, more: object = {}): SignatureVerifier =>
  new SignatureVerifier({
    keyOf: (name) => (name === 'wallet-server' ? publicKey : undefined),
    now: () => now,
    ...more,
  })

/** `taken`, or the number of the refusal: head first, then the body, as the server does. */
function answer(request: Sent, by = verifier()): string {
  const found = by.verify(request)
  if (isRefusal(found)) return found.code
  return bodyFault(found.digest, request.body)?.code ?? 'taken'
}

/** Headers of a signature over components and parameters of a test's own making. */
function signedAs(components: readonly string[], parameters: string, more: Partial<Sent> = {}): Sent {
  const request = { ...sent(), ...more }
  const params = `(${components.map((name) => `"${name}"`).join(' ')})${parameters}`
  const base = signatureBase(request, components, params)
  if ('missing' in base) throw new Error(base.missing)
  const signature = `s=:${toBase64(sign(null, base.bytes, privateKey))}:`
  return { ...request, headers: { ...request.headers, 'signature-input': `s=${params}`, signature } }
}
const ALL = ['@method', '@target-uri', 'content-digest']
const FRESH = `;created=${SECONDS};nonce="0123456789abcdef";keyid="wallet-server"`
const withHeaders = (request: Sent, headers: object): Sent => ({
  ...request,
  headers: { ...request.headers, ...headers },
})
const inputOf = (request: Sent): string => String(request.headers['signature-input'])
const signatureOf = (request: Sent): string => String(request.headers.signature)

describe('vectors of others', () => {
  /** RFC 9421 Appendix B.1.4: test-key-ed25519. */
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
    d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
  }
  /** Appendix B.2: test-request. */
  const head: RequestHead = {
    method: 'POST',
    scheme: 'https',
    authority: 'example.com',
    url: '/foo?param=Value&Pet=dog',
    headers: {
      date: 'Tue, 20 Apr 2021 02:07:55 GMT',
      'content-type': 'application/json',
      'content-digest':
        'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
      'content-length': '18',
    },
  }
  const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length']
  const params =
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'
  const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=='

  it('H3 RFC 9421 Appendix B.2.6: our base is the one that its signature verifies, and our signer writes it', () => {
    const base = signatureBase(head, components, params)
    if ('missing' in base) throw new Error(base.missing)
    expect(Buffer.from(base.bytes).toString()).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        `"@signature-params": ${params}`,
      ].join('\n'),
    )
    const key = serviceKeyOf(jwk.x)
    if (isRefusal(key)) throw new Error(key.detail)
    expect(verify(null, base.bytes, key, Buffer.from(signature, 'base64'))).toBe(true)
    const own = createPrivateKey({ key: jwk, format: 'jwk' })
    expect(toBase64(sign(null, base.bytes, own))).toBe(signature)
  })

  it('H2 it is refused here all the same: it covers neither the query nor the body and has no nonce', () => {
    const by = new SignatureVerifier({
      keyOf: () => createPublicKey({ key: jwk, format: 'jwk' }),
      now: () => 1_618_884_473_000,
    })
    const headers = { ...head.headers, 'signature-input': `sig-b26=${params}`, signature: `sig-b26=:${signature}:` }
    expect(by.verify({ ...head, headers })).toMatchObject({
      code: 'DOOR-007',
      detail: expect.stringContaining('nonce'),
    })
  })

  it.each([
    // RFC 9421 sections 2.2.3 to 2.2.7.
    ['@authority', 'www.example.com', { authority: 'WWW.example.com:443' }],
    ['@authority', 'www.example.com:80', { authority: 'www.example.com:80' }],
    [
      '@target-uri',
      'https://www.example.com/path?param=value',
      { authority: 'www.example.com', url: '/path?param=value' },
    ],
    ['@path', '/path', { url: '/path?param=value' }],
    ['@query', '?param=value&foo=bar&baz=batman', { url: '/path?param=value&foo=bar&baz=batman' }],
    ['@query', '?queryString', { url: '/path?queryString' }],
    ['@query', '?', { url: '/path' }],
    ['@scheme', 'https', {}],
  ])('H3 the component %s is %s', (name, value, more) => {
    const base = signatureBase({ ...head, ...more }, [name], '()')
    expect('bytes' in base && Buffer.from(base.bytes).toString()).toBe(`"${name}": ${value}\n"@signature-params": ()`)
  })
})

describe('an honest request', () => {
  it.each([
    ['H2 with a body', {}],
    ['H2 without one', { method: 'GET', body: new Uint8Array() }],
    ['H3 over plain HTTP on another port', { url: 'http://127.0.0.1:7380/v1/withdrawals' }],
    ['H3 with a query that is only a question mark away', { url: 'https://pasu.exchange.example/v1/withdrawals?' }],
    ['H5 as old as may be', { now: NOW - SIGNATURE_AGE_S_MAX * SECOND_MS }],
    ['H5 as far ahead as may be', { now: NOW + SIGNATURE_AHEAD_S_MAX * SECOND_MS }],
  ])('%s is taken', (_, more) => {
    expect(answer(sent(more))).toBe('taken')
  })

  it('H2 with authority, path and query in place of the target', () => {
    expect(answer(signedAs(['@method', '@authority', '@path', '@query', 'content-digest'], FRESH))).toBe('taken')
  })

  it('H1 tells whose it is', () => {
    expect(verifier().verify(sent())).toMatchObject({ service: 'wallet-server' })
  })
})

describe('attacks on a signed request', () => {
  const honest = sent()
  const expired = `;created=${SECONDS - 10};expires=${SECONDS};nonce="0123456789abcdef";keyid="wallet-server"`
  it.each<[string, string, Sent]>([
    ['H3 another method', 'DOOR-011', { ...honest, method: 'PUT' }],
    ['H3 another path', 'DOOR-011', { ...honest, url: '/v1/withdrawals/2?dry=1' }],
    ['H3 another spelling of the path', 'DOOR-011', { ...honest, url: '/v1/%77ithdrawals?dry=1' }],
    ['H3 another query', 'DOOR-011', { ...honest, url: '/v1/withdrawals?dry=0' }],
    ['H3 no query', 'DOOR-011', { ...honest, url: '/v1/withdrawals' }],
    ['H3 another host', 'DOOR-011', { ...honest, authority: 'test.exchange.example' }],
    ['H3 another port', 'DOOR-011', { ...honest, authority: 'pasu.exchange.example:7380' }],
    ['H3 another scheme', 'DOOR-011', { ...honest, scheme: 'http' }],
    [
      'H3 a request line that names a host of its own',
      'DOOR-011',
      signedAs(ALL, FRESH, { url: 'http://evil.example/v1' }),
    ],
    ['H4 another body', 'DOOR-009', { ...honest, body: utf8('{"amount":"999"}') }],
    ['H4 a body of nothing', 'DOOR-009', { ...honest, body: new Uint8Array() }],
    [
      'H4 another body with its digest',
      'DOOR-011',
      withHeaders(
        { ...honest, body: utf8('{}') },
        { 'content-digest': 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:' },
      ),
    ],
    ['H4 no digest', 'DOOR-008', withHeaders(honest, { 'content-digest': undefined })],
    ['H2 a body that the signature does not cover', 'DOOR-008', signedAs(['@method', '@target-uri'], FRESH)],
    [
      'H2 such a body in chunks',
      'DOOR-008',
      withHeaders(signedAs(['@method', '@target-uri'], FRESH), {
        'content-length': undefined,
        'transfer-encoding': 'chunked',
      }),
    ],
    [
      'H4 such a body that nothing announced',
      'DOOR-009',
      withHeaders(signedAs(['@method', '@target-uri'], FRESH), { 'content-length': undefined }),
    ],
    ['H2 a method left open', 'DOOR-008', signedAs(['@target-uri', 'content-digest'], FRESH)],
    ['H2 a target left open', 'DOOR-008', signedAs(['@method', 'content-digest'], FRESH)],
    ['H2 a query left open', 'DOOR-008', signedAs(['@method', '@authority', '@path', 'content-digest'], FRESH)],
    ['H2 an authority left open', 'DOOR-008', signedAs(['@method', '@path', '@query', 'content-digest'], FRESH)],
    [
      'H2 a covered header that is not there',
      'DOOR-008',
      withHeaders(signedAs([...ALL, 'host'], FRESH), { host: undefined }),
    ],
    ['H1 no signature', 'DOOR-007', withHeaders(honest, { signature: undefined })],
    ['H1 no input', 'DOOR-007', withHeaders(honest, { 'signature-input': undefined })],
    [
      'H1 two signatures',
      'DOOR-007',
      withHeaders(honest, {
        'signature-input': `${inputOf(honest)}, b=("@method")`,
        signature: `${signatureOf(honest)}, b=:AA==:`,
      }),
    ],
    [
      'H1 one label twice',
      'DOOR-007',
      withHeaders(honest, { 'signature-input': `${inputOf(honest)}, ${inputOf(honest)}` }),
    ],
    [
      'H1 labels that differ',
      'DOOR-007',
      withHeaders(honest, { signature: signatureOf(honest).replace('pasu=', 'other=') }),
    ],
    ['H1 the algorithm of another key', 'DOOR-007', signedAs(ALL, `${FRESH};alg="hmac-sha256"`)],
    ['H1 the algorithm none', 'DOOR-007', signedAs(ALL, `${FRESH};alg="none"`)],
    ['H1 a signature of another use', 'DOOR-007', signedAs(ALL, `${FRESH};tag="web-bot-auth"`)],
    ['H1 a parameter that is not known', 'DOOR-007', signedAs(ALL, `${FRESH};x="1"`)],
    ['H1 a parameter twice', 'DOOR-007', signedAs(ALL, `${FRESH};created=${SECONDS}`)],
    ['H1 a component twice', 'DOOR-007', signedAs([...ALL, '@method'], FRESH)],
    [
      'H1 a component with parameters',
      'DOOR-007',
      withHeaders(honest, { 'signature-input': inputOf(honest).replace('"@method"', '"@method";req') }),
    ],
    [
      'H1 another spelling',
      'DOOR-007',
      withHeaders(honest, { 'signature-input': inputOf(honest).replace(';created', '; created') }),
    ],
    [
      'H1 a signature in another spelling',
      'DOOR-007',
      withHeaders(honest, { signature: signatureOf(honest).replace('==:', '=:') }),
    ],
    [
      'H1 an input without end',
      'DOOR-007',
      withHeaders(honest, { 'signature-input': inputOf(honest) + ';x="1"'.repeat(5_000) }),
    ],
    ['H1 a key that is no name', 'DOOR-007', signedAs(ALL, FRESH.replace('wallet-server', ''))],
    ['H6 no nonce', 'DOOR-007', signedAs(ALL, `;created=${SECONDS};keyid="wallet-server"`)],
    [
      'H6 a nonce that anybody guesses',
      'DOOR-007',
      signedAs(ALL, `;created=${SECONDS};nonce="1";keyid="wallet-server"`),
    ],
    ['H5 no time', 'DOOR-007', signedAs(ALL, ';nonce="0123456789abcdef";keyid="wallet-server"')],
    ['H5 an old one', 'DOOR-010', sent({ now: NOW - (SIGNATURE_AGE_S_MAX + 1) * SECOND_MS })],
    ['H5 a future one', 'DOOR-010', sent({ now: NOW + (SIGNATURE_AHEAD_S_MAX + 1) * SECOND_MS })],
    ['H5 an expired one', 'DOOR-010', signedAs(ALL, expired)],
    ['H7 another key', 'DOOR-011', sent({ privateKey: stranger.privateKey })],
    ['H7 another service', 'DOOR-011', sent({ service: 'withdrawal-server' })],
    [
      'H7 another service that signs for ours',
      'DOOR-011',
      withHeaders(honest, { 'signature-input': inputOf(honest).replace('wallet-server', 'x') }),
    ],
  ])('%s', (_, code, request) => {
    expect(answer(request)).toBe(code)
  })

  it('H3 one bit of the signature, wherever it is', () => {
    const [, text = ''] = /:(.*):/.exec(signatureOf(honest)) ?? []
    const good = Buffer.from(text, 'base64')
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const bad = Buffer.from(good)
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(answer(withHeaders(honest, { signature: `pasu=:${toBase64(bad)}:` }))).toBe('DOOR-011')
    }
  })
})

describe('replay', () => {
  it('H6 a request that comes again is refused, for as long as its time would let it in', () => {
    let now = NOW
    const by = new SignatureVerifier({ keyOf: () => publicKey, now: () => now })
    const request = sent({ now: NOW + SIGNATURE_AHEAD_S_MAX * SECOND_MS })
    expect(answer(request, by)).toBe('taken')
    const answers = new Set<string>()
    for (let second = 0; second <= 70; second += 1) {
      now = NOW + second * SECOND_MS
      answers.add(answer(request, by))
    }
    expect([...answers]).toEqual(['DOOR-012', 'DOOR-010'])
  })

  it('H6 the same nonce of another service is another', () => {
    const by = verifier(NOW, { keyOf: () => publicKey })
    const nonce = '0123456789abcdef'
    expect(answer(sent({ nonce }), by)).toBe('taken')
    expect(answer(sent({ nonce, service: 'another' }), by)).toBe('taken')
    expect(answer(sent({ nonce }), by)).toBe('DOOR-012')
  })

  it('H6 a stranger spends nobody’s nonce', () => {
    const by = verifier()
    const nonce = '0123456789abcdef'
    expect(answer(sent({ nonce, privateKey: stranger.privateKey }), by)).toBe('DOOR-011')
    expect(answer(sent({ nonce }), by)).toBe('taken')
  })

  it('H6 what cannot be remembered is not taken', () => {
    const by = verifier(NOW, { limits: { perOwnerMax: 2 } })
    expect([sent(), sent(), sent()].map((request) => answer(request, by))).toEqual(['taken', 'taken', 'DOOR-013'])
  })

  it('H5 a restart forgets nonces, so what was signed before it is refused', () => {
    expect(answer(sent({ now: NOW - 2 * SECOND_MS }), verifier(NOW, { since: NOW - SECOND_MS }))).toBe('DOOR-010')
    expect(answer(sent(), verifier(NOW, { since: NOW - SECOND_MS }))).toBe('taken')
  })

  it('H7 an unknown service and a wrong signature get the same answer', () => {
    const unknown = verifier().verify(sent({ service: 'nobody' }))
    expect(verifier().verify(sent({ privateKey: stranger.privateKey }))).toEqual(unknown)
  })
})

describe('keys of services', () => {
  const x = String(publicKey.export({ format: 'jwk' }).x)
  it('H8 a sound one is taken', () => {
    expect(isRefusal(serviceKeyOf(x))).toBe(false)
  })
  it.each([
    ['a point of small order', toBase64Url(Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]))],
    ['no point of the curve', toBase64Url(Buffer.concat([Buffer.from([2]), Buffer.alloc(31)]))],
    ['31 bytes', toBase64Url(Buffer.alloc(31, 9))],
    ['padding', `${x}=`],
    ['a PEM', '-----BEGIN PUBLIC KEY-----'],
  ])('H8 %s is refused', (_, text) => {
    expect(serviceKeyOf(text)).toMatchObject({ code: 'DOOR-022' })
  })
})
