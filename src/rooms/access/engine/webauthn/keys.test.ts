import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cbor, coseOf, KINDS, type Kind, type Plain, passkey } from '../../../../../test/kit/passkey.ts'
import { toBase64Url } from '../../../../kernel/bytes.ts'
import { isRefusal } from '../../../../kernel/refusal.ts'
import { publicKeyOf } from './cose-key.ts'

const answer = (map: ReadonlyMap<number | string, Plain>): string => {
  const key = publicKeyOf(toBase64Url(cbor(map)))
  return isRefusal(key) ? `${key.code} ${key.detail}` : key.algorithm.name
}

const changed = (kind: Kind, ...members: readonly (readonly [number, Plain | undefined])[]): string => {
  const map = new Map<number | string, Plain>(passkey(kind).cose)
  for (const [member, value] of members) {
    if (value === undefined) map.delete(member)
    else map.set(member, value)
  }
  return answer(map)
}

const filled = (length: number, last: number): Buffer =>
  Buffer.concat([Buffer.alloc(length - 1, 0xff), Buffer.from([last])])

describe('K9 public keys', () => {
  it.each(KINDS)('K9 %s is read', (kind) => {
    expect(changed(kind)).toBe(kind)
  })

  it('K9 an algorithm that is not listed is refused by its number', () => {
    for (const [number, shown] of [
      [-65_535, 'RS1'],
      [-37, 'PS256'],
      [-47, 'ES256K'],
      [-48, 'ML-DSA-44'],
    ] as const) {
      expect([shown, changed('ES256', [3, number])]).toEqual([
        shown,
        `PASSKEY-017 the algorithm has the COSE number ${number}`,
      ])
    }
    expect(changed('ES256', [3, undefined])).toMatch(/^PASSKEY-017/)
    expect(changed('ES256', [3, 'ES256'])).toMatch(/^PASSKEY-017/)
  })

  it.each<[string, Kind, ...(readonly [number, Plain | undefined])[]]>([
    ['another key type', 'ES256', [1, 1]],
    ['another curve', 'ES256', [-1, 2]],
    ['the curve of another Edwards algorithm', 'EdDSA', [-1, 7]],
    ['an algorithm of another key type', 'ES256', [3, -257]],
    ['an algorithm of another curve', 'ES256', [3, -35]],
    ['no y', 'ES256', [-3, undefined]],
    ['a compressed point', 'ES256', [-3, true]],
    ['a point off the curve', 'ES256', [-3, Buffer.alloc(32, 1)]],
    ['coordinates that are too long', 'ES256', [-2, Buffer.alloc(33)]],
    ['coordinates of zero', 'ES256', [-2, Buffer.alloc(32)], [-3, Buffer.alloc(32)]],
    ['an optional member', 'ES256', [2, Buffer.alloc(4)]],
    ['a private key', 'EdDSA', [-4, Buffer.alloc(32)]],
    ['Ed25519: the neutral point', 'EdDSA', [-2, Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])]],
    ['Ed25519: a point of order 4', 'EdDSA', [-2, Buffer.alloc(32)]],
    [
      'Ed25519: a point of order 8',
      'EdDSA',
      [-2, Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')],
    ],
    ['Ed25519: y beyond the field', 'EdDSA', [-2, filled(32, 0x7f)]],
    ['Ed25519: no point', 'EdDSA', [-2, Buffer.concat([Buffer.from([2]), Buffer.alloc(31)])]],
    ['Ed448: the neutral point', 'Ed448', [-2, Buffer.concat([Buffer.from([1]), Buffer.alloc(56)])]],
    ['Ed448: stray bits', 'Ed448', [-2, filled(57, 0x7f)]],
    ['RSA: another exponent', 'RS256', [-2, Buffer.from([3])]],
    ['RSA: an exponent with a zero in front', 'RS256', [-2, Buffer.from([0, 1, 0, 1])]],
    ['RSA: an even modulus', 'RS256', [-1, filled(256, 0xfe)]],
    ['RSA: a modulus with a zero in front', 'RS256', [-1, Buffer.concat([Buffer.alloc(1), filled(256, 0xff)])]],
    ['RSA: one bit too few', 'RS256', [-1, Buffer.concat([Buffer.from([0x7f]), filled(255, 0xff)])]],
    ['RSA: one bit too many', 'RS256', [-1, Buffer.concat([Buffer.from([1]), filled(512, 0xff)])]],
  ])('K9 refused: %s', (_, kind, ...members) => {
    expect(changed(kind, ...members)).toMatch(/^PASSKEY-018/)
  })

  it('K9 a weak RSA key is refused as node makes it', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 })
    expect(answer(coseOf('RS256', publicKey))).toBe(
      'PASSKEY-018 the modulus has 1024 bits; expected 2048 to 4096, without leading zeros',
    )
  })

  it('K2 K10 another spelling of the same key is refused', () => {
    const { public_key } = passkey('ES256').credential
    const bytes = Buffer.from(public_key, 'base64url')
    const code = (text: string) => {
      const key = publicKeyOf(text)
      return isRefusal(key) ? key.code : key.algorithm.name
    }
    expect(code(public_key)).toBe('ES256')
    expect(code(`${public_key}==`)).toBe('PASSKEY-001')
    expect(code(bytes.toString('base64'))).toBe('PASSKEY-001')
    expect(code(toBase64Url(Buffer.concat([bytes, Buffer.from([0])])))).toBe('PASSKEY-018')
    expect(code(toBase64Url(Buffer.concat([Buffer.from([0xb8, 5]), bytes.subarray(1)])))).toBe('PASSKEY-018')
  })
})
