/** The other side of `proof.ts` for programs on Node: a device key, and a proof for each request. A browser does the same with WebCrypto. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { toBase64Url, utf8 } from '../../kernel/bytes.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import { type DeviceJwk, deviceJwkSchema } from './device-key.ts'
import type { ProofClaims } from './proof-read.ts'

export interface Device {
  /** The public half, to be sent at the sign-in. */
  readonly jwk: DeviceJwk
  readonly privateKey: KeyObject
}

export function newDevice(): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { jwk: deviceJwkSchema.parse(publicKey.export({ format: 'jwk' })), privateKey }
}

export interface ToProve {
  readonly device: Device
  readonly method: string
  /** Absolute; query and fragment are left out of the proof. */
  readonly url: string
  readonly session: string
  readonly now: Instant
  /** For tests that want something wrong. */
  readonly claims?: Partial<ProofClaims> & { readonly [name: string]: unknown }
  readonly header?: { readonly [name: string]: unknown }
}

const JTI_BYTES = 16
const part = (value: object): string => toBase64Url(utf8(JSON.stringify(value)))

/** The value of the header `DPoP`. */
export function makeProof({ device, method, url, session, now, claims, header }: ToProve): string {
  const { origin, pathname } = new URL(url)
  const head = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: device.jwk, ...header })
  const body = part({
    ...{ htm: method, htu: `${origin}${pathname}`, iat: Math.floor(now / SECOND_MS), sid: session },
    jti: toBase64Url(randomBytes(JTI_BYTES)),
    ...claims,
  })
  const signed = `${head}.${body}`
  const signature = sign('sha256', utf8(signed), { key: device.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${toBase64Url(signature)}`
}
