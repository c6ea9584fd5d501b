import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, importJWK, SignJWT } from 'jose'
import * as published from 'pasu/permit'
import { afterAll, describe, expect, it } from 'vitest'
import { T0 } from '../../../../test/kit/given.ts'
import { canonical } from '../../../kernel/canonical.ts'
import { attester, publicJwk } from '../../../world/signers/index.ts'
import { signedClaims } from '../index.ts'
import { folderSpentStore, type Jwks, memorySpentStore, PERMIT_TYPE, verifyPermit } from './index.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const deployment = attester(privateKey, 'exchange')
const keys = JSON.parse(JSON.stringify(deployment.jwks)) as Jwks

const from = `eip155:1:0x${'a'.repeat(40)}`
const to = `eip155:1:0x${'1'.repeat(40)}`
const asset = 'eip155:1/slip44:60'
const claims = {
  ...{ permit: 'permit-0', kind: 'withdrawal' as const, subject: 'w1', wallet: 'hot-1', from, to, asset, amount: '10' },
  ...{ issued_at: T0, expires_at: T0 + 60_000, halt_epoch: 3 },
}
const expected = { from, to, asset, amount: '10' }
const options = (change: object = {}) => ({
  ...{ keys, issuer: 'exchange', expected, now: T0 + 1_000, haltEpoch: 3, spent: memorySpentStore() },
  ...change,
})
const issue = (change: object = {}) => deployment.attest(PERMIT_TYPE, signedClaims({ ...claims, ...change }))
const codeOf = async (jws: string, change: object = {}): Promise<string> => {
  const result = await verifyPermit(jws, options(change))
  return result.ok ? 'signed' : result.code
}
const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const head = { alg: 'EdDSA', typ: PERMIT_TYPE, kid: deployment.kid }
const body = { ...signedClaims(claims), iss: 'exchange', exp: Math.floor(claims.expires_at / 1_000) }

/** Genuine signatures over whatever somebody with the key might say: only the text is wrong. */
function signText(header: string, payload: string): string {
  const input = `${part(header)}.${part(payload)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}
const forge = (header: object, payload: object = body): string =>
  signText(JSON.stringify(header), canonical(JSON.parse(JSON.stringify(payload))))

function withSecret(): string {
  const input = `${part({ ...head, alg: 'HS256' })}.${part(body)}`
  const secret = Buffer.from(String(keys.keys[0]?.x), 'base64url')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** The amount raised under the old signature. */
async function changed(): Promise<string> {
  const [header, , signature] = (await issue()).split('.')
  return `${header}.${part(canonical({ ...body, amount: '99' }))}.${signature}`
}

/** The last character of a signature of 64 bytes has four bits that mean nothing. */
function respelt(jws: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return `${jws.slice(0, -1)}${alphabet[alphabet.indexOf(jws.slice(-1)) + 1]}`
}

const others = attester(generateKeyPairSync('ed25519').privateKey, 'exchange')
const renamed: Jwks = {
  keys: [{ ...publicJwk(generateKeyPairSync('ed25519').privateKey), kty: 'OKP', kid: deployment.kid }],
}
const moved = (chain: string) => ({
  from: from.replace('eip155:1', chain),
  to: to.replace('eip155:1', chain),
  asset: asset.replace('eip155:1', chain),
  amount: '10',
})

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('G12: the small verifier', () => {
  it('G12: lets exactly the permitted move be signed, once', async () => {
    const jws = await issue()
    const { spent } = options()
    expect(await codeOf(jws, { spent })).toBe('signed')
    expect(await codeOf(jws, { spent })).toBe('PERMIT-011')
  })

  it('G12: is what others import as pasu/permit', () => {
    expect(published.verifyPermit).toBe(verifyPermit)
  })

  it.each([
    ['PERMIT-010', 'another amount', { expected: { ...expected, amount: '11' } }],
    ['PERMIT-010', 'less', { expected: { ...expected, amount: '9' } }],
    ['PERMIT-010', 'another destination', { expected: { ...expected, to: `eip155:1:0x${'2'.repeat(40)}` } }],
    ['PERMIT-010', 'another origin', { expected: { ...expected, from: `eip155:1:0x${'b'.repeat(40)}` } }],
    ['PERMIT-010', 'another asset', { expected: { ...expected, asset: `eip155:1/erc20:0x${'9'.repeat(40)}` } }],
    ['PERMIT-010', 'the same on another chain', { expected: moved('eip155:10') }],
    ['PERMIT-010', 'the other kind', { expected: { ...expected, kind: 'evacuation' } }],
    ['PERMIT-007', 'an expired permit', { now: T0 + 60_000 }],
    ['PERMIT-008', 'a permit of tomorrow', { now: T0 - 60_000 }],
    ['PERMIT-008', 'a permit that lives longer than this signer takes', { lifetimeMaxMs: 30_000 }],
    ['PERMIT-009', 'a permit from before the halt', { haltEpoch: 4 }],
    ['PERMIT-006', 'a permit of somebody else', { issuer: 'another-exchange' }],
    ['PERMIT-003', 'a key of another deployment', { keys: others.jwks }],
    ['PERMIT-003', 'a key set that has the key for another use', { keys: { keys: [{ ...keys.keys[0], use: 'enc' }] } }],
    ['PERMIT-003', 'a key set with a broken key', { keys: { keys: [{ ...keys.keys[0], x: 'AAAA' }] } }],
    ['PERMIT-004', 'another key under the same id', { keys: renamed }],
    ['PERMIT-013', 'a key id that stands twice', { keys: { keys: [...keys.keys, ...renamed.keys] } }],
    ['PERMIT-013', 'no keys at all', { keys: { keys: [] } }],
    ['PERMIT-013', 'a key set that is none', { keys: undefined }],
    ['PERMIT-013', 'a clock that is no number', { now: Number.NaN }],
    ['PERMIT-013', 'no halt epoch', { haltEpoch: undefined }],
    ['PERMIT-013', 'an endless life', { lifetimeMaxMs: Number.POSITIVE_INFINITY }],
    ['PERMIT-013', 'a move with a wildcard', { expected: { ...expected, to: 'eip155:1:*' } }],
    ['PERMIT-013', 'a move across chains', { expected: { ...expected, to: `eip155:10:0x${'1'.repeat(40)}` } }],
    ['PERMIT-013', 'a move of nothing', { expected: { ...expected, amount: '0' } }],
    ['PERMIT-013', 'no move', { expected: undefined }],
    ['PERMIT-012', 'a store that fails', { spent: { spend: () => Promise.reject(new Error('no space left')) } }],
    ['PERMIT-012', 'a store that is none', { spent: undefined }],
    ['PERMIT-011', 'a store that says anything but true', { spent: { spend: () => 'yes' } }],
  ])('G12: refuses with %s %s', async (code, _what, change) => {
    expect(await codeOf(await issue(), change)).toBe(code)
  })

  it.each([
    ['PERMIT-001', 'nothing', () => ''],
    ['PERMIT-001', 'no signature', () => issue().then((jws) => jws.slice(0, jws.lastIndexOf('.') + 1))],
    ['PERMIT-001', 'two permits in one text', () => issue().then((jws) => `${jws}.${jws}`)],
    ['PERMIT-001', 'padding', () => issue().then((jws) => `${jws}==`)],
    ['PERMIT-001', 'white space before it', () => issue().then((jws) => ` ${jws}`)],
    ['PERMIT-001', 'another spelling of the same bytes', () => issue().then(respelt)],
    ['PERMIT-001', 'five thousand characters', () => 'a'.repeat(5_000)],
    ['PERMIT-001', 'a header that is no object', () => `${part(['EdDSA'])}.${part(body)}.${part('x')}`],
    ['PERMIT-001', 'no algorithm and no signature', () => `${part({ ...head, alg: 'none' })}.${part(body)}.`],
    ['PERMIT-002', 'no algorithm', () => forge({ ...head, alg: 'none' })],
    ['PERMIT-002', 'another algorithm', () => forge({ ...head, alg: 'ES256' })],
    ['PERMIT-002', 'the algorithm in small letters', () => forge({ ...head, alg: 'eddsa' })],
    ['PERMIT-002', 'another type', () => forge({ ...head, typ: 'JWT' })],
    ['PERMIT-002', 'no type', () => forge({ alg: head.alg, kid: head.kid })],
    ['PERMIT-002', 'no key id', () => forge({ alg: head.alg, typ: head.typ })],
    ['PERMIT-002', 'a key that it brings along', () => forge({ ...head, jwk: keys.keys[0] })],
    ['PERMIT-002', 'a place to fetch its key from', () => forge({ ...head, jku: 'https://example.com/keys' })],
    ['PERMIT-002', 'a certificate', () => forge({ ...head, x5c: ['MIIB'] })],
    ['PERMIT-002', 'critical extensions', () => forge({ ...head, crit: ['exp'] })],
    ['PERMIT-002', 'an unencoded payload (RFC 7797)', () => forge({ ...head, b64: false })],
    ['PERMIT-002', 'the public key used as a secret', () => withSecret()],
    ['PERMIT-003', 'an unknown key', () => forge({ ...head, kid: 'other' })],
    ['PERMIT-003', 'a key id that is a path', () => forge({ ...head, kid: '../../dev/null' })],
    ['PERMIT-004', 'claims that were changed', () => changed()],
    [
      'PERMIT-004',
      'a signature of another length',
      () => `${part(head)}.${part(body)}.${Buffer.alloc(63, 7).toString('base64url')}`,
    ],
    ['PERMIT-005', 'claims that are no object', () => forge(head, ['all'])],
    ['PERMIT-005', 'no expiry', () => forge(head, { ...body, expires_at: undefined })],
    ['PERMIT-005', 'no halt epoch', () => forge(head, { ...body, halt_epoch: undefined })],
    ['PERMIT-005', 'a claim that is not known', () => forge(head, { ...body, also: 'bob' })],
    ['PERMIT-005', 'a wildcard', () => forge(head, { ...body, to: 'eip155:1:*' })],
    ['PERMIT-005', 'an amount as a number', () => forge(head, { ...body, amount: 10 })],
    ['PERMIT-005', 'an amount of nothing', () => forge(head, { ...body, amount: '0' })],
    ['PERMIT-005', 'a kind of its own', () => forge(head, { ...body, kind: 'anything' })],
    ['PERMIT-005', 'two chains', () => forge(head, { ...body, to: `eip155:10:0x${'1'.repeat(40)}` })],
    ['PERMIT-005', 'an exp that is not its expires_at', () => forge(head, { ...body, exp: body.exp + 3_600 })],
    ['PERMIT-005', 'a jti that is not its id', () => forge(head, { ...body, jti: 'permit-1' })],
    [
      'PERMIT-005',
      'one member twice',
      () => signText(canonical(head), canonical(body).replace('{', '{"amount":"10",')),
    ],
    ['PERMIT-005', 'white space within', () => signText(canonical(head), canonical(body).replace(',', ', '))],
    ['PERMIT-008', 'a life of an hour', () => issue({ expires_at: T0 + 3_600_000 })],
  ])('G12: refuses with %s a permit with %s', async (code, _what, make) => {
    expect(await codeOf(await make())).toBe(code)
  })

  it('G12: takes an Ethereum address in any case', async () => {
    const shouted = { ...expected, to: to.toUpperCase().replace('EIP155', 'eip155').replace('0X', '0x') }
    expect(await codeOf(await issue(), { expected: shouted })).toBe('signed')
  })

  it('G12: a permit that was refused for another reason is not spent by that', async () => {
    const { spent } = options()
    const jws = await issue()
    expect(await codeOf(jws, { spent, expected: { ...expected, amount: '11' } })).toBe('PERMIT-010')
    expect(await codeOf(jws, { spent })).toBe('signed')
  })

  it('G12: refuses every text that differs in one character', async () => {
    const jws = await issue()
    for (let at = 0; at < jws.length; at += 7) {
      const other = jws[at] === 'A' ? 'B' : 'A'
      expect(await codeOf(`${jws.slice(0, at)}${other}${jws.slice(at + 1)}`)).toMatch(/^PERMIT/)
    }
  })

  it('G12: an evacuation may move less than its ceiling, passes a halt, and never more', async () => {
    const jws = await issue({ kind: 'evacuation' })
    expect(await codeOf(jws, { haltEpoch: 9, expected: { ...expected, amount: '7' } })).toBe('signed')
    expect(await codeOf(jws, { expected: { ...expected, amount: '11' } })).toMatch(/^PERMIT/)
  })

  it('G12: jose accepts what we sign, and we accept what jose signs', async () => {
    const key = await importJWK({ ...keys.keys[0] }, 'EdDSA')
    const { payload } = await compactVerify(await issue(), key)
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ permit: 'permit-0', iss: 'exchange' })
    // Only canonical claims are taken: two readers must never see two different permits in one text.
    const ordered = JSON.parse(canonical({ ...signedClaims(claims), iss: 'exchange' }))
    const theirs = await new SignJWT(ordered).setProtectedHeader(head).sign(privateKey)
    expect(await codeOf(theirs)).toBe('signed')
  })

  it('G12: the same claims give the same bytes', async () => {
    expect(await issue()).toBe(await issue())
  })

  it('G12: a folder remembers across a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pasu-spent-'))
    folders.push(folder)
    const jws = await issue()
    expect(await codeOf(jws, { spent: await folderSpentStore(folder) })).toBe('signed')
    expect(await codeOf(jws, { spent: await folderSpentStore(folder) })).toBe('PERMIT-011')
  })
})
