/** Signs what Pasu states to machines outside: compact JWS (RFC 7515) under the deployment's Ed25519 key (RFC 8037). */
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { toBase64Url, utf8 } from '../../kernel/bytes.ts'
import { canonical } from '../../kernel/canonical.ts'
import type { Data } from '../../machine/room.ts'
import type { Jwk, Jwks } from '../../rooms/gate/permit/index.ts'

export interface Attester {
  /** `kind` becomes the header's `typ`; `iss` is added to the claims. Same claims, same bytes: Ed25519 needs no random number. */
  attest(kind: string, claims: Data): Promise<string>
  /** The key set (RFC 7517) that verifiers fetch. */
  readonly jwks: Jwks
  /** The signing key's id: its RFC 7638 thumbprint. */
  readonly kid: string
}

/** The public half as a JWK; its `kid` is its own thumbprint, so that no two keys can share one. */
export function publicJwk(key: KeyObject): Jwk & { readonly kid: string } {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const thumbprint = createHash('sha256')
    .update(canonical({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint, use: 'sig', alg: 'EdDSA' }
}

/**
 * `key` is the private Ed25519 key, `issuer` the deployment's name. `retired` are public keys that signed before and that verifiers must
 * still know until the last permit under them has expired.
 */
export function attester(key: KeyObject, issuer: string, retired: readonly Jwk[] = []): Attester {
  const jwk = publicJwk(key)
  const { kid } = jwk
  const headers = new Map<string, string>()
  const headerOf = (typ: string): string => {
    const known = headers.get(typ)
    if (known !== undefined) return known
    const made = toBase64Url(utf8(canonical({ alg: 'EdDSA', kid, typ })))
    headers.set(typ, made)
    return made
  }
  return {
    kid,
    jwks: { keys: [jwk, ...retired] },
    attest(kind, claims) {
      const input = `${headerOf(kind)}.${toBase64Url(utf8(canonical({ ...claims, iss: issuer })))}`
      return new Promise((resolve, reject) => {
        // With a callback the work is done on libuv's threads, beside the machine's own.
        sign(null, utf8(input), key, (error, signature) => {
          if (error === null) resolve(`${input}.${toBase64Url(signature)}`)
          else reject(error)
        })
      })
    },
  }
}
