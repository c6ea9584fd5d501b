import { execFileSync } from 'node:child_process'
import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { cbor, FLAGS, KINDS, ORIGIN, type Plain, passkey, RP_ID, type Said } from '../../../test/kit/passkey.ts'
import { fromHex, sha256, toBase64Url } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { readCbor } from '../../rooms/access/engine/webauthn/cbor.ts'
import { type AttestationPolicy, attestationPolicySchema, NO_ATTESTATION } from '../../world/attestation.ts'
import { judgeRegistration } from './attestation.ts'
import { attestationPolicyFault } from './attestation-policy.ts'
import { type RegistrationResponse, registrationResponseSchema } from './responses.ts'

const challenge = toBase64Url(Buffer.alloc(32, 7))
const expected = { challenge, origins: [ORIGIN], rpId: RP_ID }
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array()

const responseOf = (id: string, clientDataJSON: string, attestationObject: string): RegistrationResponse =>
  registrationResponseSchema.parse({
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {}, authenticatorAttachment: 'cross-platform' },
    response: { clientDataJSON, attestationObject, transports: ['usb'] },
  })

function registered(said: Partial<Said> = {}, key = passkey('ES256')): RegistrationResponse {
  const made = key.register({ challenge, ...said })
  return responseOf(made.credential_id, made.client_data_json, made.attestation_object)
}

/** The same registration under another statement. */
function stated(response: RegistrationResponse, format: string, statement: (signed: Buffer) => Map<string, Plain>) {
  const { clientDataJSON, attestationObject } = response.response
  const read = readCbor(bytes(attestationObject))
  const authData = read.ok && read.value instanceof Map ? read.value.get('authData') : undefined
  if (!(authData instanceof Uint8Array)) throw new Error('no authData')
  const signed = Buffer.concat([authData, sha256(bytes(clientDataJSON))])
  const object = cbor(
    new Map<string, Plain>([
      ['fmt', format],
      ['attStmt', statement(signed)],
      ['authData', authData],
    ]),
  )
  return responseOf(response.id, clientDataJSON, toBase64Url(object))
}

async function verdict(response: RegistrationResponse, policy: AttestationPolicy = NO_ATTESTATION, of = expected) {
  const found = await judgeRegistration({ response, expected: of, policy })
  return isRefusal(found) ? found.code : `${found.format} ${found.algorithm}`
}

describe('a registration without attestation', () => {
  it.each(KINDS)('H18 of %s: both readers accept and agree', async (kind) => {
    const key = passkey(kind)
    const found = await judgeRegistration({ response: registered({}, key), expected, policy: NO_ATTESTATION })
    expect(found).toMatchObject({ credential: key.credential, format: 'none', algorithm: kind })
  })

  it.each<[string, string, Partial<Said>]>([
    ['from a frame of another site', 'PASSKEY-006', { more: { crossOrigin: true } }],
    ['from a frame of another top', 'PASSKEY-006', { more: { topOrigin: 'https://evil.example' } }],
    ['from another origin', 'PASSKEY-005', { origin: 'https://evil.example' }],
    ['for another site', 'PASSKEY-008', { rpId: 'evil.example' }],
    ['of another ceremony', 'PASSKEY-004', { challenge: toBase64Url(Buffer.alloc(32, 8)) }],
    ['without a verified user', 'PASSKEY-010', { flags: FLAGS.UP | FLAGS.AT }],
    ['that is an assertion', 'PASSKEY-003', { type: 'webauthn.get' }],
  ])('H18 %s is refused', async (_, code, said) => {
    expect(await verdict(registered(said))).toBe(code)
  })

  it('H18 another id than the attested one is refused', async () => {
    expect(await verdict({ ...registered(), id: 'AAAA', rawId: 'AAAA' })).toBe('PASSKEY-015')
  })

  it('H18 what only one of the two accepts is refused', async () => {
    // The library wants an empty statement with the format `none`; our reader judges no statement.
    expect(await verdict(stated(registered(), 'none', () => new Map([['x', 1]])))).toBe('DOOR-017')
  })

  it('H19 a statement that was not asked for is refused before anybody reads its certificates', async () => {
    const withCertificate = stated(
      registered(),
      'packed',
      () =>
        new Map<string, Plain>([
          ['alg', -7],
          ['sig', Buffer.alloc(70)],
          ['x5c', [Buffer.alloc(9)]],
        ]),
    )
    expect(await verdict(withCertificate)).toBe('DOOR-017')
    expect(await verdict(stated(registered(), 'android-key', () => new Map()))).toBe('DOOR-017')
    expect(await verdict(stated(registered(), 'strange', () => new Map()))).toBe('DOOR-017')
  })
})

/** The vectors of WebAuthn Level 3, with the root certificate of their authority. */
describe('attestation, by the vectors of W3C', () => {
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'))
  const { certificate } = read('./fixtures/webauthn-l3-root.json') as { certificate: string }
  const root = new X509Certificate(hex(certificate)).toString()
  const { vectors } = read('../../rooms/access/engine/webauthn/fixtures/webauthn-l3.json') as {
    vectors: { name: string; registration: Record<string, string>; expected: { origin: string; rpId: string } }[]
  }
  const vector = vectors.find(({ name }) => name === 'packed-es256')
  const text = (member: string): string => toBase64Url(hex(vector?.registration[member] ?? ''))
  const response = responseOf(text('credential_id'), text('clientDataJSON'), text('attestationObject'))
  const of = { challenge: text('challenge'), origins: ['https://example.org'], rpId: 'example.org' }
  const aaguid = '876ca4f5-2071-c3e9-b255-09ef2cdf7ed6'
  const policy: AttestationPolicy = { conveyance: 'direct', formats: ['packed'], aaguids: [], roots: [root] }

  it.each<[string, string, AttestationPolicy]>([
    ['by its maker', 'packed ES256', policy],
    ['of a model that is allowed', 'packed ES256', { ...policy, aaguids: [aaguid] }],
    ['of another model', 'DOOR-017', { ...policy, aaguids: ['00000000-0000-0000-0000-000000000001'] }],
    ['of a format that is not allowed', 'DOOR-017', { ...policy, formats: ['tpm'] }],
    ['that nobody asked for', 'DOOR-017', NO_ATTESTATION],
  ])('H19 packed-es256 %s', async (_, code, by) => {
    expect(attestationPolicyFault(by)).toBeUndefined()
    expect(await verdict(response, by, of)).toBe(code)
  })

  it('H19 a changed byte of the statement’s signature is refused', async () => {
    const object = Buffer.from(bytes(response.response.attestationObject))
    const at = object.indexOf(Buffer.from('sig')) + 20
    object[at] = (object[at] ?? 0) ^ 1
    expect(
      await verdict(responseOf(response.id, response.response.clientDataJSON, toBase64Url(object)), policy, of),
    ).toBe('DOOR-017')
  })

  it('H19 no attestation, and a key that vouches for itself, prove no maker', async () => {
    const key = passkey('ES256')
    const plain = registered({}, key)
    const byItself = stated(plain, 'packed', (signed) => {
      const { signature } = key.signRaw(signed.subarray(0, -32), bytes(plain.response.clientDataJSON))
      return new Map<string, Plain>([
        ['alg', -7],
        ['sig', bytes(signature)],
      ])
    })
    expect(await verdict(byItself)).toBe('packed ES256')
    expect(await verdict(byItself, policy)).toBe('DOOR-017')
    expect(await verdict(plain, policy)).toBe('DOOR-017')
  })
})

const hasOpenssl = existsSync('/usr/bin/openssl')
if (!hasOpenssl) console.log('attestation: openssl is not here to make certificates, skipped')

describe.skipIf(!hasOpenssl)('attestation, by makers of our own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pasu-attestation-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = (name: string): string => join(folder, name)
  const openssl = (...words: string[]): void => void execFileSync('openssl', words, { stdio: 'ignore' })

  /** A certificate by `issuer`, or by itself. */
  function certificate(name: string, authority: boolean, issuer?: string) {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', path(`${name}.key`))
    const subject = `/C=KR/O=Hanbit/OU=Authenticator Attestation/CN=${name}`
    const asked = ['-key', path(`${name}.key`), '-subj', subject, '-sha256']
    const extension = `basicConstraints=critical,CA:${authority ? 'TRUE' : 'FALSE'}`
    if (issuer === undefined) {
      openssl('req', '-x509', '-new', ...asked, '-days', '30', '-out', path(`${name}.pem`), '-addext', extension)
    } else {
      openssl('req', '-new', ...asked, '-out', path(`${name}.csr`))
      writeFileSync(path(`${name}.ext`), extension)
      const by = ['-CA', path(`${issuer}.pem`), '-CAkey', path(`${issuer}.key`), '-CAcreateserial']
      openssl(
        'x509',
        '-req',
        '-in',
        path(`${name}.csr`),
        ...by,
        '-days',
        '30',
        '-sha256',
        '-extfile',
        path(`${name}.ext`),
        '-out',
        path(`${name}.pem`),
      )
    }
    const pem = readFileSync(path(`${name}.pem`), 'utf8')
    return { pem, der: new X509Certificate(pem).raw, key: createPrivateKey(readFileSync(path(`${name}.key`))) }
  }

  const made = () => {
    const root = certificate('root', true)
    const between = certificate('between', true, 'root')
    const leaf = certificate('leaf', false, 'between')
    const forged = certificate('forged', false, 'leaf')
    const stranger = certificate('stranger', true)
    return { root, between, leaf, forged, stranger }
  }
  const { root, between, leaf, forged, stranger } = hasOpenssl ? made() : ({} as ReturnType<typeof made>)
  const packed = (by: typeof leaf, ...chain: (typeof leaf)[]) =>
    stated(
      registered(),
      'packed',
      (signed) =>
        new Map<string, Plain>([
          ['alg', -7],
          ['sig', sign('sha256', signed, by.key)],
          ['x5c', [by, ...chain].map(({ der }) => der)],
        ]),
    )
  const trusting = (pem: string): AttestationPolicy => ({
    ...NO_ATTESTATION,
    conveyance: 'direct',
    formats: ['packed'],
    roots: [pem],
  })

  it('H19 a chain that ends in a root of the policy is accepted; in another, or cut, it is not', async () => {
    expect(await verdict(packed(leaf, between), trusting(root.pem))).toBe('packed ES256')
    expect(await verdict(packed(leaf, between), trusting(stranger.pem))).toBe('DOOR-017')
    expect(await verdict(packed(leaf), trusting(root.pem))).toBe('DOOR-017')
  })

  it('H19 an authenticator’s own certificate issues no other: a key taken out of one device makes no second maker', async () => {
    expect(await verdict(packed(forged, leaf, between), trusting(root.pem))).toBe('DOOR-017')
  })

  it('H19 the roots of one policy are not those of another, however they are judged at once', async () => {
    const policies = [root, stranger, root, stranger, root].map(({ pem }) => trusting(pem))
    const found = await Promise.all(policies.map((policy) => verdict(packed(leaf, between), policy)))
    expect(found).toEqual(['packed ES256', 'DOOR-017', 'packed ES256', 'DOOR-017', 'packed ES256'])
  })

  it('H19 a policy that contradicts itself is not started with', () => {
    const fault = (more: object) =>
      attestationPolicyFault(attestationPolicySchema.parse({ ...trusting(root.pem), ...more }))
    expect(fault({})).toBeUndefined()
    expect(attestationPolicyFault(NO_ATTESTATION)).toBeUndefined()
    expect(fault({ roots: [] })).toMatchObject({ code: 'DOOR-019', field: 'attestation.roots' })
    expect(fault({ roots: ['x'] })).toMatchObject({ code: 'DOOR-019', field: 'attestation.roots' })
    expect(fault({ roots: [leaf.pem] })).toMatchObject({ code: 'DOOR-019', field: 'attestation.roots' })
    expect(fault({ formats: [] })).toMatchObject({ code: 'DOOR-019', field: 'attestation.formats' })
    expect(fault({ conveyance: 'none' })).toMatchObject({ code: 'DOOR-019', field: 'attestation.conveyance' })
    expect(attestationPolicySchema.safeParse({ ...NO_ATTESTATION, formats: ['fido-u2f'] }).success).toBe(false)
    expect(attestationPolicySchema.safeParse({ ...NO_ATTESTATION, formats: ['android-key'] }).success).toBe(false)
  })
})
