/** The other side of `signature.ts`: what a service account adds to a request. */
import { type KeyObject, randomBytes, sign } from 'node:crypto'
import { type Bytes, toBase64, toBase64Url } from '../../kernel/bytes.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import { contentDigest } from './content-digest.ts'
import { signatureBase } from './signature-base.ts'
import { SIGNATURE_TAG } from './signature-input.ts'

export interface ToSign {
  readonly method: string
  /** Absolute; a fragment is left out, as on the wire. */
  readonly url: string
  readonly body?: Bytes
  /** The name under which the service is registered. */
  readonly service: string
  /** Of Ed25519. */
  readonly privateKey: KeyObject
  readonly now: Instant
  /** Random where absent. */
  readonly nonce?: string
}

export interface SignatureHeaders {
  readonly 'signature-input': string
  readonly signature: string
  readonly 'content-digest'?: string
}

const LABEL = 'pasu'
const NONCE_BYTES = 16

/** Headers to send with the request, beside its own. Throws a `TypeError` where the URL is none. */
export function signRequest({ method, url, body, service, privateKey, now, nonce }: ToSign): SignatureHeaders {
  const target = new URL(url)
  const digest = body === undefined || body.length === 0 ? undefined : contentDigest(body)
  const headers = digest === undefined ? {} : { 'content-digest': digest }
  const components = ['@method', '@target-uri', ...(digest === undefined ? [] : ['content-digest'])]
  const created = Math.floor(now / SECOND_MS)
  const once = nonce ?? toBase64Url(randomBytes(NONCE_BYTES))
  const covered = components.map((name) => `"${name}"`).join(' ')
  const params = `(${covered});created=${created};nonce="${once}";keyid="${service}";alg="ed25519";tag="${SIGNATURE_TAG}"`
  const head = {
    method: method.toUpperCase(),
    scheme: target.protocol === 'https:' ? ('https' as const) : ('http' as const),
    authority: target.host,
    url: `${target.pathname}${target.search}`,
    headers,
  }
  const base = signatureBase(head, components, params)
  if ('missing' in base) throw new TypeError(`the request has no ${base.missing} that can be signed`)
  return {
    ...headers,
    'signature-input': `${LABEL}=${params}`,
    signature: `${LABEL}=:${toBase64(sign(null, base.bytes, privateKey))}:`,
  }
}
