/** An authenticator and a browser in software: real keys of node:crypto, every byte of an answer open to a test that wants it wrong. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Bytes, toBase64Url, utf8 } from '../../src/kernel/bytes.ts'
import type { Assertion, Credential, Registration } from '../../src/rooms/access/engine/webauthn/index.ts'

export const RP_ID = 'pasu.exchange.example'
export const ORIGIN = 'https://pasu.exchange.example'

export type Plain = null | boolean | number | string | Bytes | readonly Plain[] | ReadonlyMap<number | string, Plain>

function head(major: number, value: number): Buffer {
  const first = major << 5
  if (value < 24) return Buffer.from([first | value])
  if (value < 256) return Buffer.from([first | 24, value])
  if (value < 65_536) return Buffer.from([first | 25, value >> 8, value & 255])
  const long = Buffer.alloc(value < 2 ** 32 ? 5 : 9)
  long[0] = first | (long.length === 5 ? 26 : 27)
  if (long.length === 5) long.writeUInt32BE(value, 1)
  else long.writeBigUInt64BE(BigInt(value), 1)
  return long
}

/** CTAP2 canonical CBOR. */
export function cbor(value: Plain): Buffer {
  if (value === null) return Buffer.from([0xf6])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, utf8(value).length), utf8(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) {
    const members = [...value].map(([key, member]) => [cbor(key), cbor(member)] as const)
    members.sort(([a], [b]) => ((a[0] ?? 0) >> 5) - ((b[0] ?? 0) >> 5) || a.length - b.length || Buffer.compare(a, b))
    return Buffer.concat([head(5, members.length), ...members.flat()])
  }
  const items = value as readonly Plain[]
  return Buffer.concat([head(4, items.length), ...items.map(cbor)])
}

export type Kind = 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed448' | 'RS256'
export const KINDS: readonly Kind[] = ['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed448', 'RS256']

const made = (kind: Kind): { publicKey: KeyObject; privateKey: KeyObject } => {
  if (kind === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2_048 })
  if (kind === 'EdDSA') return generateKeyPairSync('ed25519')
  if (kind === 'Ed448') return generateKeyPairSync('ed448')
  return generateKeyPairSync('ec', { namedCurve: { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[kind] })
}
const NUMBERS = { ES256: -7, ES384: -35, ES512: -36, EdDSA: -8, Ed448: -53, RS256: -257 }
const CURVES: Readonly<Record<string, number>> = { 'P-256': 1, 'P-384': 2, 'P-521': 3, Ed25519: 6, Ed448: 7 }
const HASHES: Readonly<Record<string, string>> = {
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
  RS256: 'sha256',
}

/** The public key as a map of COSE. */
export function coseOf(kind: Kind, key: KeyObject): Map<number, Plain> {
  const { crv = '', x = '', y, n, e = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string): Bytes => Buffer.from(text, 'base64url')
  const map = new Map<number, Plain>([[3, NUMBERS[kind]]])
  if (n !== undefined) return map.set(1, 3).set(-1, bytes(n)).set(-2, bytes(e))
  map.set(-1, CURVES[crv] ?? 0).set(-2, bytes(x))
  return y === undefined ? map.set(1, 1) : map.set(1, 2).set(-3, bytes(y))
}

export const FLAGS = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 } as const

export interface Said {
  readonly challenge: string
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly flags?: number
  readonly count?: number
  /** Further members of the client data. */
  readonly more?: object
  /** Bytes after the count: attested credential, extensions. */
  readonly tail?: Bytes
}

const clientDataOf = ({ challenge, origin = ORIGIN, type = 'webauthn.get', more = {} }: Said): Bytes =>
  utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...more }))

const sha256 = (bytes: Bytes): Buffer => createHash('sha256').update(bytes).digest()

function authenticatorDataOf({ rpId = RP_ID, flags = FLAGS.UP | FLAGS.UV, count = 0, tail = utf8('') }: Said): Bytes {
  const counted = Buffer.alloc(5)
  counted[0] = flags
  counted.writeUInt32BE(count, 1)
  return Buffer.concat([sha256(utf8(rpId)), counted, tail])
}

export interface Passkey {
  readonly credential: Credential
  readonly cose: Map<number, Plain>
  sign(said: Said): Assertion
  /** Signs bytes that the caller made. */
  signRaw(authenticatorData: Bytes, clientData: Bytes): Assertion
  register(said: Said): Registration
}

let serial = 0

export function passkey(kind: Kind = 'ES256', backupEligible = false): Passkey {
  serial += 1
  return passkeyOf(kind, made(kind), `credential ${serial}`, backupEligible)
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in its PKCS #8 form. */
const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The same key for the same name, whose signatures are the same bytes each time: for stories that are kept. */
export function namedPasskey(name: string): Passkey {
  const key = Buffer.concat([ED25519_HEAD, sha256(utf8(`key of ${name}`))])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  return passkeyOf('EdDSA', { privateKey, publicKey: createPublicKey(privateKey) }, `credential of ${name}`, false)
}

function passkeyOf(
  kind: Kind,
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  name: string,
  backupEligible: boolean,
): Passkey {
  const cose = coseOf(kind, publicKey)
  const id = sha256(utf8(name))
  const credential = {
    ...{ id: toBase64Url(id), public_key: toBase64Url(cbor(cose)), sign_count: 0 },
    backup_eligible: backupEligible,
  }
  const signRaw = (authenticatorData: Bytes, clientData: Bytes): Assertion => ({
    credential_id: credential.id,
    client_data_json: toBase64Url(clientData),
    authenticator_data: toBase64Url(authenticatorData),
    signature: toBase64Url(
      sign(HASHES[kind] ?? null, Buffer.concat([authenticatorData, sha256(clientData)]), privateKey),
    ),
  })
  return {
    credential,
    cose,
    signRaw,
    sign: (said) => signRaw(authenticatorDataOf(said), clientDataOf(said)),
    register: (said) => {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(cose)])
      const flags = said.flags ?? FLAGS.UP | FLAGS.UV | FLAGS.AT
      const authData = authenticatorDataOf({ ...said, flags, tail: said.tail ?? attested })
      const object = cbor(
        new Map<string, Plain>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      )
      return {
        credential_id: credential.id,
        client_data_json: toBase64Url(clientDataOf({ type: 'webauthn.create', ...said })),
        attestation_object: toBase64Url(object),
      }
    },
  }
}
