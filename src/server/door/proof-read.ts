/** Reads a DPoP proof (RFC 9449 section 4.2): a JWS in compact form of exactly the members that ours have, each once. Verifies nothing. */
import { z } from 'zod'
import { type Bytes, fromBase64Url, fromUtf8, utf8 } from '../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { jsonFault } from '../../kernel/strict-json.ts'
import { type DeviceJwk, deviceJwkSchema } from './device-key.ts'
import { refuse } from './refusals.ts'

/** A header of 250 characters, claims with a long address, a signature of 86. */
const PROOF_LENGTH_MAX = 4_096
/** r and s of 32 bytes each (RFC 7518 section 3.4). */
const SIGNATURE_BYTES = 64

const headerSchema = z.strictObject({
  typ: z.literal('dpop+jwt'),
  /** One algorithm: there is nothing to choose and so nothing to confuse. `none` and HMAC have no name here. */
  alg: z.literal('ES256'),
  jwk: deviceJwkSchema,
})

const claimsSchema = z.strictObject({
  htm: z.string().max(10),
  htu: z.string().max(2_048),
  /** Seconds since the epoch. */
  iat: z.number().int().min(0),
  /** 96 random bits at least (RFC 9449 section 4.2). */
  jti: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  /** The session for which it was made; not of RFC 9449, which leaves room for more claims. */
  sid: z.string().max(64),
})
export type ProofClaims = z.infer<typeof claimsSchema>

export interface Proof {
  readonly jwk: DeviceJwk
  readonly claims: ProofClaims
  /** Header and claims as they were signed. */
  readonly signed: Bytes
  readonly signature: Bytes
}

const malformed = (why: string): Refusal => refuse('DOOR-002', `the proof ${why}`, { field: 'headers.dpop' })

function readPart<T>(part: string, schema: z.ZodType<T>, name: string): T | Refusal {
  const bytes = fromBase64Url(part)
  if (bytes === undefined) return malformed(`has a ${name} that is not base64url`)
  let value: unknown
  try {
    const text = fromUtf8(bytes)
    value = JSON.parse(text)
    if (jsonFault(text) !== undefined) return malformed(`has a ${name} in which a member stands twice`)
  } catch {
    return malformed(`has a ${name} that is not JSON`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return malformed(`has a ${name} with other members than expected (${issue?.path.join('.') || issue?.code})`)
}

/** Headers are the same from one proof of a browser to the next, so what was read of one is kept. The eldest goes first. */
const HEADERS_MAX = 1_024
const headers = new Map<string, DeviceJwk>()

function readHeader(part: string): DeviceJwk | Refusal {
  const known = headers.get(part)
  if (known !== undefined) return known
  const read = readPart(part, headerSchema, 'header')
  if (isRefusal(read)) return read
  const [eldest] = headers.size < HEADERS_MAX ? [] : headers.keys()
  if (eldest !== undefined) headers.delete(eldest)
  headers.set(part, read.jwk)
  return read.jwk
}

/** `text` is the header's value; two headers are joined by a comma, which no proof holds. */
export function readProof(text: string | undefined): Proof | Refusal {
  if (text === undefined) return malformed('is missing')
  const parts = text.length > PROOF_LENGTH_MAX ? [] : text.split('.')
  const [head = '', body = '', mark = ''] = parts
  if (parts.length !== 3) return malformed('is no JWS in compact form')
  const signature = fromBase64Url(mark)
  if (signature?.length !== SIGNATURE_BYTES) return malformed(`has no signature of ${SIGNATURE_BYTES} bytes`)
  const jwk = readHeader(head)
  if (isRefusal(jwk)) return jwk
  const claims = readPart(body, claimsSchema, 'body')
  if (isRefusal(claims)) return claims
  return { jwk, claims, signed: utf8(text.slice(0, head.length + 1 + body.length)), signature }
}
