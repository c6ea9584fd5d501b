import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { learnDate, learnNow, serverNow } from './clock.ts'
import { base64Url, newDeviceKey, proofFor } from './proof.ts'

const ORIGIN = 'https://pasu.example'

/** Read and verified by another program than the one that made it. */
async function read(proof: string) {
  const header = decodeProtectedHeader(proof)
  const { payload } = await compactVerify(proof, await importJWK(header.jwk ?? {}, 'ES256'))
  const claims: { readonly [name: string]: unknown } = JSON.parse(new TextDecoder().decode(payload))
  return { header, claims }
}

describe('the proof of a request', () => {
  it('C15 is a DPoP proof of RFC 9449 that the device key signed, for this method and address alone', async () => {
    const device = await newDeviceKey()
    const asked = { method: 'GET', path: '/v1/proposals?state=mine#x', origin: ORIGIN, now: 1_770_000_000_999 }
    const { header, claims } = await read(await proofFor({ session: 'session-1', device }, asked))
    expect(header).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: device.jwk })
    expect(Object.keys(device.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
    expect(claims).toEqual({
      htm: 'GET',
      htu: 'https://pasu.example/v1/proposals',
      iat: 1_770_000_000,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      sid: 'session-1',
    })
  })

  it('C15 is never the same twice', async () => {
    const credentials = { session: 's', device: await newDeviceKey() }
    const asked = { method: 'POST', path: '/v1/halts', origin: ORIGIN, now: 0 }
    const [one, other] = await Promise.all([proofFor(credentials, asked), proofFor(credentials, asked)])
    expect((await read(one)).claims.jti).not.toBe((await read(other)).claims.jti)
  })

  it('C15 its key cannot be taken out of the browser, and every sign-in has its own', async () => {
    const [one, other] = await Promise.all([newDeviceKey(), newDeviceKey()])
    expect(one.privateKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('pkcs8', one.privateKey)).rejects.toThrow()
    expect(one.jwk.x).not.toBe(other.jwk.x)
  })

  it('C15 base64url has no padding and no sign that an address changes', () => {
    expect(base64Url(new Uint8Array([0xfb, 0xef, 0xff, 0x01]))).toBe('--__AQ')
  })
})

describe('the clock of proofs', () => {
  it('C15 follows the server’s Date header, and its exact word more', () => {
    const hour = 3_600_000
    learnDate(new Date(Date.now() + hour).toUTCString())
    expect(Math.abs(serverNow() - Date.now() - hour)).toBeLessThan(5_000)
    learnDate('no date')
    learnNow(Date.now() - hour)
    learnDate(new Date(Date.now() + hour).toUTCString())
    expect(Math.abs(serverNow() - Date.now() + hour)).toBeLessThan(1_000)
  })
})
