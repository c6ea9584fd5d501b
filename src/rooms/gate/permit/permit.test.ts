import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, importJWK, SignJWT } from 'jose'
import * as published from 'pasu/permit'
import { afterAll, describe, expect, it } from 'vitest'
import { T0 } from '../../../../test/kit/given.ts'
import { canonical } from '../../../kernel/canonical.ts'
import { attester } from '../../../world/signers/index.ts'
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
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const forge = (header: object, body: object = { ...signedClaims(claims), iss: 'exchange' }): string => {
  const input = `${part(header)}.${part(body)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}
const head = { alg: 'EdDSA', typ: PERMIT_TYPE, kid: deployment.kid }

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
    ['another amount', { expected: { ...expected, amount: '11' } }],
    ['less', { expected: { ...expected, amount: '9' } }],
    ['another destination', { expected: { ...expected, to: `eip155:1:0x${'2'.repeat(40)}` } }],
    ['another origin', { expected: { ...expected, from: `eip155:1:0x${'b'.repeat(40)}` } }],
    ['another asset', { expected: { ...expected, asset: `eip155:1/erc20:0x${'9'.repeat(40)}` } }],
    ['the other kind', { expected: { ...expected, kind: 'evacuation' } }],
    ['an expired permit', { now: T0 + 60_000 }],
    ['a permit of tomorrow', { now: T0 - 60_000 }],
    ['a permit from before the halt', { haltEpoch: 4 }],
    ['a permit of somebody else', { issuer: 'another-exchange' }],
    ['a clock that is no number', { now: Number.NaN }],
    ['no keys at all', { keys: { keys: [] } }],
  ])('G12: refuses %s', async (_what, change) => {
    expect(await codeOf(await issue(), change)).toMatch(/^PERMIT-\d{3}$/)
  })

  it.each([
    ['no algorithm', () => `${part({ ...head, alg: 'none' })}.${part(signedClaims(claims))}.`],
    ['another type', () => forge({ ...head, typ: 'JWT' })],
    ['an unknown key', () => forge({ ...head, kid: 'other' })],
    ['a key that it brings along', () => forge({ ...head, jwk: keys.keys[0] })],
    ['critical extensions', () => forge({ ...head, crit: ['exp'] })],
    ['a life of an hour', () => issue({ expires_at: T0 + 3_600_000 })],
    ['no expiry', () => forge(head, { ...claims, iss: 'exchange', expires_at: undefined })],
    ['a wildcard', () => forge(head, { ...signedClaims({ ...claims, to: 'eip155:1:*' }), iss: 'exchange' })],
    ['two permits in one text', () => issue().then((jws) => `${jws}.${jws}`)],
    ['nothing', () => ''],
    [
      'the public key used as a secret',
      () => {
        const input = `${part({ ...head, alg: 'HS256' })}.${part({ ...signedClaims(claims), iss: 'exchange' })}`
        const secret = Buffer.from(String(keys.keys[0]?.x), 'base64url')
        return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      },
    ],
  ])('G12: refuses a forged permit with %s', async (_what, make) => {
    expect(await codeOf(await make())).toMatch(/^PERMIT-\d{3}$/)
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

  it('G12: a folder remembers across a restart, and where it cannot record nothing is signed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pasu-spent-'))
    folders.push(folder)
    const jws = await issue()
    expect(await codeOf(jws, { spent: await folderSpentStore(folder) })).toBe('signed')
    expect(await codeOf(jws, { spent: await folderSpentStore(folder) })).toBe('PERMIT-011')
    const broken = { spend: () => Promise.reject(new Error('no space left')) }
    expect(await codeOf(jws, { spent: broken })).toBe('PERMIT-012')
  })
})
