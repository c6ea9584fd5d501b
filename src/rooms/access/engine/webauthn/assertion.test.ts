import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cbor, FLAGS, KINDS, ORIGIN, type Passkey, passkey, RP_ID, type Said } from '../../../../../test/kit/passkey.ts'
import { toBase64Url, utf8 } from '../../../../kernel/bytes.ts'
import { isRefusal } from '../../../../kernel/refusal.ts'
import { type Assertion, type Credential, passkeyRefusals, readRegistration, verifyAssertion } from './index.ts'

const challenge = toBase64Url(Buffer.alloc(32, 7))
const expected = { challenge, origins: [ORIGIN], rpId: RP_ID }
const keys = KINDS.map((kind) => ({ kind, key: passkey(kind, true) }))
const [first] = keys
const key: Passkey = first?.key ?? passkey()
const UV = FLAGS.UP | FLAGS.UV | FLAGS.BE

const judge = (assertion: Assertion, credential: Credential = key.credential): string => {
  const found = verifyAssertion({ credential, assertion, expected })
  return isRefusal(found) ? `${found.code} ${found.field}` : 'accepted'
}
const said = (more: Partial<Said> = {}): Said => ({ challenge, flags: UV, ...more })
const client = (text: string): string =>
  judge(key.signRaw(Buffer.from(key.sign(said()).authenticator_data, 'base64url'), utf8(text)))
const whole = (more: string): string =>
  `{"type":"webauthn.get","challenge":"${challenge}","origin":"${ORIGIN}","crossOrigin":false${more}}`

describe('an assertion', () => {
  it.each(keys)('K8 K9 of $kind is accepted, and one by another key of its kind is not', ({ kind, key: mine }) => {
    const assertion = mine.sign(said({ count: 9 }))
    const found = verifyAssertion({ credential: mine.credential, assertion, expected })
    expect(found).toEqual({ verified: true, algorithm: kind, sign_count: 9, backed_up: false })
    const other = { ...mine.credential, public_key: passkey(kind, true).credential.public_key }
    expect(judge(assertion, other)).toMatch(/^PASSKEY-01[34] signature/)
  })

  it('K3 K4 K5 K6 K11 is refused with the number of the one field at fault', () => {
    const cases: readonly (readonly [Partial<Said>, string])[] = [
      [{ type: 'webauthn.create' }, 'PASSKEY-003 client_data_json.type'],
      [{ challenge: toBase64Url(Buffer.alloc(32, 8)) }, 'PASSKEY-004 client_data_json.challenge'],
      [{ challenge: `${challenge}=` }, 'PASSKEY-001 client_data_json.challenge'],
      [{ origin: 'https://pasu.exchange.example.evil.example' }, 'PASSKEY-005 client_data_json.origin'],
      [{ origin: `${ORIGIN}/` }, 'PASSKEY-005 client_data_json.origin'],
      [{ more: { crossOrigin: true } }, 'PASSKEY-006 client_data_json.crossOrigin'],
      [{ more: { topOrigin: ORIGIN } }, 'PASSKEY-006 client_data_json.topOrigin'],
      [{ more: { crossOrigin: 'true' } }, 'PASSKEY-002 client_data_json'],
      [{ rpId: 'exchange.example' }, 'PASSKEY-008 authenticator_data.rp_id_hash'],
      [{ flags: FLAGS.UV | FLAGS.BE }, 'PASSKEY-009 authenticator_data.flags.up'],
      [{ flags: FLAGS.UP | FLAGS.BE }, 'PASSKEY-010 authenticator_data.flags.uv'],
      [{ flags: FLAGS.UP | FLAGS.UV }, 'PASSKEY-011 authenticator_data.flags.be'],
      [{ flags: FLAGS.UP | FLAGS.UV | FLAGS.BS }, 'PASSKEY-011 authenticator_data.flags.bs'],
      [{ tail: utf8('x') }, 'PASSKEY-007 authenticator_data'],
      [{ flags: UV | FLAGS.ED, tail: utf8('x') }, 'PASSKEY-007 authenticator_data'],
      [{ flags: UV | FLAGS.AT, tail: Buffer.alloc(60) }, 'PASSKEY-007 authenticator_data'],
    ]
    for (const [change, answer] of cases) expect([change, judge(key.sign(said(change)))]).toEqual([change, answer])
    const exchanged = { ...key.sign(said()), signature: key.sign(said({ count: 1 })).signature }
    expect(judge(exchanged)).toBe('PASSKEY-013 signature')
    expect(judge({ ...key.sign(said()), credential_id: passkey().credential.id })).toBe('PASSKEY-015 credential_id')
  })

  it('K5 extensions that the key signs along are ignored; a new credential in an assertion is not', () => {
    const tail = cbor(new Map([['credProtect', 2]]))
    expect(judge(key.sign(said({ flags: UV | FLAGS.ED, tail })))).toBe('accepted')
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, 16]), Buffer.alloc(16), cbor(key.cose)])
    expect(judge(key.sign(said({ flags: UV | FLAGS.AT, tail: attested })))).toBe('PASSKEY-007 authenticator_data')
  })

  it('K6 a synced key may come and go from its backup', () => {
    expect(judge(key.sign(said({ flags: UV | FLAGS.BS })))).toBe('accepted')
    expect(judge(key.sign(said()), { ...key.credential, backup_eligible: false })).toMatch(/^PASSKEY-011/)
  })

  it('K7 a count that goes back or stays is refused; zero throughout is none', () => {
    const counted = (before: number, count: number) =>
      judge(key.sign(said({ count })), { ...key.credential, sign_count: before })
    expect([counted(0, 0), counted(0, 5), counted(5, 6)]).toEqual(['accepted', 'accepted', 'accepted'])
    const refused = 'PASSKEY-012 authenticator_data.sign_count'
    expect([counted(5, 5), counted(5, 4), counted(5, 0)]).toEqual([refused, refused, refused])
  })

  it('K1 client data may have further members, white space and any order, and nothing that two readers read differently', () => {
    for (const text of [
      whole(',"extra":{"type":"x","origin":[{"a":1},{"a":1}]},"note":"\\"type\\": {"'),
      ` { "origin" : "${ORIGIN}" , "challenge":"${challenge}","type":"webauthn.get"}\n`,
      whole(',"toporigin":"x"'),
    ]) {
      expect([text, client(text)]).toEqual([text, 'accepted'])
    }
    for (const text of [
      `\u{feff}${whole('')}`,
      whole(',"type":"webauthn.get"'),
      whole(`,"\\u006frigin":"https://evil.example"`),
      whole(',"x":{"a":1,"a":2}'),
      whole(',"x":[{"a":1,"\\u0061" :2}]'),
      `${whole('')}{}`,
      `[${whole('')}]`,
      '"webauthn.get"',
      whole(',}'),
      whole(`,"x":"${'y'.repeat(4_000)}"`).replace('y', 'yy'.repeat(60)),
      '{"type":1}',
      '{"type":"webauthn.get","challenge":null}',
      `{"type":"webauthn.get","challenge":"${challenge}"}`,
    ]) {
      expect([text.slice(0, 200), client(text)]).toEqual([
        text.slice(0, 200),
        expect.stringMatching(/^PASSKEY-00[12] /),
      ])
    }
    const latin = Buffer.concat([utf8(whole('').slice(0, -1)), Buffer.from(',"x":"\xe9"}', 'latin1')])
    const bytes = Buffer.from(key.sign(said()).authenticator_data, 'base64url')
    expect(judge(key.signRaw(bytes, latin))).toMatch(/^PASSKEY-002/)
  })

  it('K1 a member by the name of __proto__ changes nothing', () => {
    expect(client(`{"__proto__":{"type":"webauthn.get","challenge":"${challenge}","origin":"${ORIGIN}"}}`)).toMatch(
      /^PASSKEY-002/,
    )
  })

  it('K2 a part that is not canonical base64url is refused', () => {
    const assertion = key.sign(said())
    for (const part of ['client_data_json', 'authenticator_data', 'signature'] as const) {
      for (const text of ['', '=', '+/', `${assertion[part]}=`, `${assertion[part]}\n`, 'A', 'A'.repeat(9_000)]) {
        expect([text, judge({ ...assertion, [part]: text })]).toEqual([text, `PASSKEY-001 ${part}`])
      }
    }
  })

  it('K8 a signature of another form is refused before any arithmetic', () => {
    const assertion = key.sign(said())
    const der = Buffer.from(assertion.signature, 'base64url')
    const forms: Record<string, Buffer> = {
      'r and s without DER': Buffer.alloc(64, 1),
      'a byte after it': Buffer.concat([der, Buffer.alloc(1)]),
      'a long head': Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)]),
      'both zero': Buffer.from('3006020100020100', 'hex'),
      'a negative number': Buffer.from('3006020181020101', 'hex'),
      'a padded number': Buffer.from('300702020001020101', 'hex'),
      'a number beyond the curve': Buffer.concat([
        Buffer.from('3026022101', 'hex'),
        Buffer.alloc(32, 1),
        Buffer.from('020101', 'hex'),
      ]),
      'three numbers': Buffer.from('3009020101020101020101', 'hex'),
      'one byte': Buffer.from([0x30]),
    }
    for (const [form, bytes] of Object.entries(forms)) {
      expect([form, judge({ ...assertion, signature: toBase64Url(bytes) })]).toEqual([form, 'PASSKEY-014 signature'])
    }
    for (const { key: other } of keys.slice(3)) {
      const short = Buffer.from(other.sign(said()).signature, 'base64url').subarray(1)
      expect(judge({ ...other.sign(said()), signature: toBase64Url(short) }, other.credential)).toMatch(/^PASSKEY-014/)
    }
  })

  it('K8 K11 any changed byte of any part is refused, by a number of the catalogue', () => {
    const parts = ['client_data_json', 'authenticator_data', 'signature'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.constantFrom(...parts),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ key: mine }, part, place, flip) => {
          const assertion = mine.sign(said({ count: 3 }))
          const bytes = Buffer.from(assertion[part], 'base64url')
          const at = place % bytes.length
          bytes[at] = (bytes[at] ?? 0) ^ flip
          const found = judge({ ...assertion, [part]: toBase64Url(bytes) }, mine.credential)
          expect(Object.keys(passkeyRefusals)).toContain(found.split(' ')[0])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('K8 gives the same answer again: nothing is remembered between two verifications', () => {
    const assertion = key.sign(said({ count: 3 }))
    const ask = () => verifyAssertion({ credential: structuredClone(key.credential), assertion, expected })
    expect([ask(), ask()]).toEqual([ask(), ask()])
  })
})

describe('a registration', () => {
  const read = (change: Partial<Said> = {}, of: Passkey = key) => {
    const flags = change.flags ?? UV | FLAGS.AT
    return readRegistration({ registration: of.register({ challenge, ...change, flags }), expected })
  }

  it.each(keys)('K9 K12 of $kind is read, and its key verifies', ({ kind, key: mine }) => {
    const found = read({}, mine)
    if (isRefusal(found)) throw new Error(found.detail)
    const aaguid = '00000000-0000-0000-0000-000000000000'
    expect(found).toEqual({ credential: mine.credential, algorithm: kind, backed_up: false, format: 'none', aaguid })
    expect(judge(mine.sign(said()), found.credential)).toBe('accepted')
  })

  it('K3 K4 K5 K6 K11 is refused with the number of the one field at fault', () => {
    const code = (change: Partial<Said>) => {
      const found = read(change)
      return isRefusal(found) ? found.code : 'accepted'
    }
    expect(code({ type: 'webauthn.get' })).toBe('PASSKEY-003')
    expect(code({ challenge: 'AAAA' })).toBe('PASSKEY-004')
    expect(code({ origin: 'https://evil.example' })).toBe('PASSKEY-005')
    expect(code({ more: { crossOrigin: true } })).toBe('PASSKEY-006')
    expect(code({ rpId: 'evil.example' })).toBe('PASSKEY-008')
    expect(code({ flags: FLAGS.UV | FLAGS.AT })).toBe('PASSKEY-009')
    expect(code({ flags: FLAGS.UP | FLAGS.AT })).toBe('PASSKEY-010')
    expect(code({ flags: FLAGS.UP | FLAGS.UV | FLAGS.BS | FLAGS.AT })).toBe('PASSKEY-011')
    expect(code({ flags: FLAGS.UP | FLAGS.UV, tail: utf8('') })).toBe('PASSKEY-016')
    const attested = (id: Buffer, more = utf8('')) =>
      Buffer.concat([Buffer.alloc(16), Buffer.from([id.length >> 8, id.length & 255]), id, cbor(key.cose), more])
    expect(code({ tail: attested(Buffer.alloc(32)) })).toBe('PASSKEY-015')
    expect(code({ tail: attested(Buffer.alloc(15)) })).toBe('PASSKEY-007')
    expect(code({ tail: attested(Buffer.alloc(1_024)) })).toBe('PASSKEY-007')
    expect(code({ tail: attested(Buffer.from(key.credential.id, 'base64url'), utf8('x')) })).toBe('PASSKEY-007')
    expect(code({ tail: Buffer.alloc(17) })).toBe('PASSKEY-007')
  })

  it('K10 K11 any changed byte of its object is either refused by number or shows in what was read', () => {
    const registration = key.register({ challenge, flags: UV | FLAGS.AT })
    const before = JSON.stringify(readRegistration({ registration, expected }))
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const bytes = Buffer.from(registration.attestation_object, 'base64url')
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ flip
        const attestation_object = toBase64Url(bytes)
        const found = readRegistration({ registration: { ...registration, attestation_object }, expected })
        if (isRefusal(found)) expect(Object.keys(passkeyRefusals)).toContain(found.code)
        // Only the two reserved bits of the flags mean nothing.
        else if ((flip & ~0x22) !== 0) expect(JSON.stringify(found)).not.toBe(before)
      }),
      { numRuns: 500 },
    )
  })

  it('K10 K11 random bytes for an object are refused by number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const registration = { ...key.register({ challenge }), attestation_object: toBase64Url(bytes) }
        const found = readRegistration({ registration, expected })
        expect(isRefusal(found) && /^PASSKEY-0(07|16)$/.test(found.code)).toBe(true)
      }),
    )
  })
})
