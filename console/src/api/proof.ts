/**
 * The proof that a request comes from the browser that signed in: a DPoP proof (RFC 9449), made anew for every request by a key that
 * cannot leave this browser. A stolen cookie without that key opens nothing.
 */

/** ECDSA on P-256: what WebCrypto signs as the ES256 of RFC 7518, raw r and s. */
const KEY: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE: EcdsaParams = { name: 'ECDSA', hash: 'SHA-256' }
/** 128 bits: no two proofs share one. */
const JTI_BYTES = 16

export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

export interface DeviceKey {
  readonly privateKey: CryptoKey
  readonly jwk: PublicJwk
}

export interface Credentials {
  /** The session's id; the cookie that belongs to it is not readable here. */
  readonly session: string
  readonly device: DeviceKey
}

const utf8 = new TextEncoder()

export function base64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** A key of its own for each sign-in. Its private half cannot be read out, by this page either. */
export async function newDeviceKey(): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(KEY, false, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  if (x === undefined || y === undefined) throw new Error('the public key has no point')
  return { privateKey: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

export interface ProofOf {
  readonly method: string
  /** Path with its query, or a whole address; the query and the fragment are left out of the proof (RFC 9449 section 4.2). */
  readonly path: string
  readonly origin: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The JWT for the header `DPoP` of one request. */
export async function proofFor(
  { session, device }: Credentials,
  { method, path, origin, now }: ProofOf,
): Promise<string> {
  const target = new URL(path, origin)
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: device.jwk }
  const claims = {
    htm: method,
    htu: target.origin + target.pathname,
    iat: Math.floor(now / 1000),
    jti: base64Url(crypto.getRandomValues(new Uint8Array(JTI_BYTES))),
    sid: session,
  }
  const signed = [header, claims].map((part) => base64Url(utf8.encode(JSON.stringify(part)))).join('.')
  const signature = await crypto.subtle.sign(SIGNATURE, device.privateKey, utf8.encode(signed))
  return `${signed}.${base64Url(new Uint8Array(signature))}`
}
