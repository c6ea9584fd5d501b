import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { toBase64Url, utf8 } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { type DeviceJwk, deviceKeyOf, thumbprintOf } from './device-key.ts'
import { PROOF_SKEW_MS_MAX, ProofVerifier, type SessionKey } from './proof.ts'
import { makeProof, newDevice, type ToProve } from './proof-make.ts'
import { readProof } from './proof-read.ts'

const NOW = 1_772_000_000_000
const SECONDS = NOW / SECOND_MS
const ORIGIN = 'https://pasu.exchange.example'
const ADDRESS = `${ORIGIN}/v1/proposals`
const REQUEST = { method: 'POST', url: '/v1/proposals?limit=5' }
const device = newDevice()
const another = newDevice()

function sessionOf(jwk: DeviceJwk, session = 'session-1'): SessionKey {
  const key = deviceKeyOf(jwk)
  if (isRefusal(key)) throw new Error(key.detail)
  return { session, thumbprint: key.thumbprint }
}
const session = sessionOf(device.jwk)
const proof = (more: Partial<ToProve> = {}): string =>
  makeProof({ device, method: 'POST', url: ADDRESS, session: 'session-1', now: NOW, ...more })
const verifier = (now = NOW, more: object = {}): ProofVerifier =>
  new ProofVerifier({ origins: [ORIGIN], now: () => now, ...more })

function answer(text: string | undefined, by = verifier(), request = REQUEST): string {
  const found = by.verify(text, request, session)
  return isRefusal(found) ? found.code : 'taken'
}

describe('vectors of others', () => {
  /** RFC 9449 section 4.1, Figures 1 and 2. */
  const text =
    'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.' +
    'eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.' +
    '2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg'
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
    y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
  } as const

  it('H10 the thumbprint of RFC 9449 section 6.1, Figure 9', () => {
    expect(thumbprintOf(jwk)).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I')
  })

  it('H9 its proof has the form and signature that we verify, and is refused only for having no session', () => {
    expect(readProof(text)).toMatchObject({ code: 'DOOR-002', detail: expect.stringContaining('sid') })
    const signed = utf8(text.slice(0, text.lastIndexOf('.')))
    const signature = Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url')
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  })

  it('H10 jose reads our proofs and gives our thumbprint', async () => {
    const made = proof()
    const { payload } = await jwtVerify(made, EmbeddedJWK, { typ: 'dpop+jwt', currentDate: new Date(NOW) })
    expect(payload).toMatchObject({ htm: 'POST', htu: ADDRESS, iat: SECONDS, sid: 'session-1' })
    expect(await calculateJwkThumbprint(decodeProtectedHeader(made).jwk ?? {})).toBe(session.thumbprint)
  })

  it('H9 we take what jose makes', async () => {
    const made = await new SignJWT({ htm: 'POST', htu: ADDRESS, sid: 'session-1' })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: device.jwk })
      .setIssuedAt(SECONDS)
      .setJti('0123456789abcdef')
      .sign(device.privateKey)
    expect(answer(made)).toBe('taken')
  })
})

describe('an honest proof', () => {
  it.each([
    ['H11 for the address without its query', {}],
    ['H11 with a query, which is not compared', { claims: { htu: `${ADDRESS}?limit=5` } }],
    ['H11 with another query', { claims: { htu: `${ADDRESS}?limit=6#top` } }],
    [
      'H11 in another spelling of the same address',
      { claims: { htu: 'HTTPS://PASU.exchange.example:443/v1/proposals' } },
    ],
    ['H12 as old as may be', { now: NOW - PROOF_SKEW_MS_MAX }],
    ['H12 as far ahead as may be', { now: NOW + PROOF_SKEW_MS_MAX }],
  ])('%s is taken', (_, more) => {
    expect(answer(proof(more))).toBe('taken')
  })
})

const part = (value: unknown): string => toBase64Url(utf8(JSON.stringify(value)))
const [head = '', body = '', mark = ''] = proof().split('.')

describe('attacks on a proof', () => {
  const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const { publicKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const whole = device.privateKey.export({ format: 'jwk' })
  it.each<[string, string, string | undefined]>([
    ['H9 none', 'DOOR-002', undefined],
    ['H9 two of them', 'DOOR-002', `${proof()}, ${proof()}`],
    ['H9 no JWS', 'DOOR-002', 'x.y'],
    ['H9 four parts', 'DOOR-002', `${proof()}.x`],
    ['H9 the algorithm none', 'DOOR-002', `${part({ typ: 'dpop+jwt', alg: 'none', jwk: device.jwk })}.${body}.`],
    ['H9 an HMAC under the public key', 'DOOR-002', proof({ header: { alg: 'HS256' } })],
    ['H9 another algorithm', 'DOOR-002', proof({ header: { alg: 'ES384' } })],
    ['H9 another kind of token', 'DOOR-002', proof({ header: { typ: 'JWT' } })],
    ['H9 no key', 'DOOR-002', proof({ header: { jwk: undefined } })],
    ['H9 a private key', 'DOOR-002', proof({ header: { jwk: whole } })],
    ['H9 a key of RSA', 'DOOR-002', proof({ header: { jwk: rsa.export({ format: 'jwk' }) } })],
    ['H9 a key of another curve', 'DOOR-002', proof({ header: { jwk: p384.export({ format: 'jwk' }) } })],
    ['H9 a key from elsewhere', 'DOOR-002', proof({ header: { jku: 'https://evil.example/keys' } })],
    ['H9 a critical extension', 'DOOR-002', proof({ header: { crit: ['b64'], b64: false } })],
    ['H9 a claim that is not known', 'DOOR-002', proof({ claims: { exp: SECONDS + 9_999 } })],
    [
      'H9 a claim twice',
      'DOOR-002',
      `${head}.${toBase64Url(utf8(Buffer.from(body, 'base64url').toString().replace('{', '{"sid":"session-2",')))}.${mark}`,
    ],
    ['H10 the key of another, signed by the session’s', 'DOOR-003', proof({ header: { jwk: another.jwk } })],
    ['H9 no JSON', 'DOOR-002', `${head}.${toBase64Url(utf8('{'))}.${mark}`],
    ['H9 padding', 'DOOR-002', `${head}.${body}=.${mark}`],
    ['H9 a signature in DER', 'DOOR-002', `${head}.${body}.${toBase64Url(Buffer.alloc(70, 48))}`],
    ['H9 a time that is no number', 'DOOR-002', proof({ claims: { iat: String(SECONDS) } as never })],
    ['H9 a time in parts of seconds', 'DOOR-002', proof({ claims: { iat: SECONDS + 0.5 } })],
    ['H12 no identifier', 'DOOR-002', proof({ claims: { jti: undefined } as never })],
    ['H12 an identifier that anybody guesses', 'DOOR-002', proof({ claims: { jti: '1' } })],
    ['H9 a proof without end', 'DOOR-002', proof({ claims: { htu: `${ADDRESS}?${'x'.repeat(9_000)}` } })],
    ['H10 a stolen cookie on another device', 'DOOR-003', proof({ device: another })],
    [
      'H10 the key of the session, signed by another',
      'DOOR-003',
      proof({ device: { jwk: device.jwk, privateKey: another.privateKey } }),
    ],
    ['H10 claims of another proof', 'DOOR-003', `${head}.${proof().split('.')[1]}.${mark}`],
    ['H11 another session of the same device', 'DOOR-004', proof({ session: 'session-2' })],
    ['H11 no session', 'DOOR-002', proof({ claims: { sid: undefined } as never })],
    ['H11 another method', 'DOOR-004', proof({ method: 'GET' })],
    ['H11 another path', 'DOOR-004', proof({ url: `${ADDRESS}/p1/approve` })],
    ['H11 another host', 'DOOR-004', proof({ url: 'https://evil.example/v1/proposals' })],
    ['H11 another scheme', 'DOOR-004', proof({ url: 'http://pasu.exchange.example/v1/proposals' })],
    [
      'H11 a user in the address',
      'DOOR-004',
      proof({ claims: { htu: 'https://pasu.exchange.example:x@evil.example/v1/proposals' } }),
    ],
    ['H11 no address', 'DOOR-004', proof({ claims: { htu: '/v1/proposals' } })],
    ['H12 an old one', 'DOOR-005', proof({ now: NOW - PROOF_SKEW_MS_MAX - SECOND_MS })],
    ['H12 a future one', 'DOOR-005', proof({ now: NOW + PROOF_SKEW_MS_MAX + SECOND_MS })],
  ])('%s', (_, code, text) => {
    expect(answer(text)).toBe(code)
  })

  it('H12 one that was used is refused for as long as its time would let it in', () => {
    let now = NOW
    const by = new ProofVerifier({ origins: [ORIGIN], now: () => now })
    const text = proof({ now: NOW + PROOF_SKEW_MS_MAX })
    expect(answer(text, by)).toBe('taken')
    const answers = new Set<string>()
    for (let second = 0; second <= 130; second += 1) {
      now = NOW + second * SECOND_MS
      answers.add(answer(text, by))
    }
    expect([...answers]).toEqual(['DOOR-006', 'DOOR-005'])
  })

  it('H12 one that was refused spends nothing', () => {
    const by = verifier()
    const text = proof()
    expect(answer(text, by, { method: 'DELETE', url: REQUEST.url })).toBe('DOOR-004')
    expect(answer(text, by)).toBe('taken')
  })

  it('H12 what cannot be remembered is not taken', () => {
    const by = verifier(NOW, { limits: { perOwnerMax: 2 } })
    expect([proof(), proof(), proof()].map((text) => answer(text, by))).toEqual(['taken', 'taken', 'DOOR-013'])
  })

  it('H12 where sessions outlive a restart, proofs made before it are refused', () => {
    expect(answer(proof({ now: NOW - 2 * SECOND_MS }), verifier(NOW, { since: NOW - SECOND_MS }))).toBe('DOOR-005')
  })
})

describe('keys of devices', () => {
  it.each<[string, unknown]>([
    ['a private one', device.privateKey.export({ format: 'jwk' })],
    ['one with a further member', { ...device.jwk, use: 'sig' }],
    ['no point of the curve', { ...device.jwk, y: device.jwk.x }],
    ['a coordinate of 31 bytes', { ...device.jwk, x: toBase64Url(Buffer.alloc(31, 1)) }],
    ['nothing', null],
  ])('H10 %s is refused', (_, jwk) => {
    expect(deviceKeyOf(jwk)).toMatchObject({ code: 'DOOR-023' })
  })
})
