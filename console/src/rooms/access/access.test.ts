import { describe, expect, it } from 'vitest'
import { DETECTORS } from '../../../../src/rooms/access/engine/index.ts'
import type { Founding, KeyRow, PersonRow } from '../../api/access.ts'
import { callBackCode } from '../../format/code.ts'
import { certificateSha256, ed25519Key } from '../../format/keys.ts'
import { en } from '../../i18n/en.ts'
import { isAllowed } from '../../kit/may.ts'
import { madeOf } from '../../kit/proposed.ts'
import { checklist } from './founding.ts'
import { bodyOf } from './PersonFields.tsx'
import { rolesFault } from './roles.ts'

describe('what is typed', () => {
  it('C17 a call-back code is read however it is typed, and nothing else is one', () => {
    for (const typed of ['7K2Q-M9XA-R4TD', '7k2qm9xar4td', ' 7k2q m9xa r4td ', '7K2Q–M9XA–R4TD'])
      expect(callBackCode(typed)).toBe('7K2Q-M9XA-R4TD')
    expect(callBackCode('OIL0-0000-0000')).toBe('0110-0000-0000')
    for (const typed of ['', '7K2Q-M9XA', '7K2Q-M9XA-R4TDX', '7K2Q-M9XA-R4TU', '7K2Q_M9XA_R4TD'])
      expect(callBackCode(typed)).toBeUndefined()
  })

  it('C17 an Ed25519 key is read as PEM, base64 and base64url', () => {
    // RFC 8410 section 10.1 and its 32 bytes.
    const der = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='
    const raw = 'Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE'
    const pem = `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`
    expect([pem, der, raw, `${raw}=`].map(ed25519Key)).toEqual([raw, raw, raw, raw])
    expect([der.replace('MCow', 'MCox'), raw.slice(1), 'not a key!', ''].map(ed25519Key)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
  })

  it('C17 a certificate’s fingerprint is read as OpenSSL prints it', () => {
    const hex = 'ab'.repeat(32)
    const colons = Array.from({ length: 32 }, () => 'AB').join(':')
    expect([hex, colons, `sha256 Fingerprint=${colons}\n`].map(certificateSha256)).toEqual([hex, hex, hex])
    expect([hex.slice(1), `${hex}0`, 'xy'.repeat(32)].map(certificateSha256)).toEqual([undefined, undefined, undefined])
  })

  it('C17 empty fields of a person are left out', () => {
    expect(bodyOf({ roles: ['approver'], contact: ' ', accounts: ' a@b.example,\n, c ' })).toEqual({
      roles: ['approver'],
      accounts: ['a@b.example', 'c'],
    })
  })

  it('C17 roles that may not stand in one hand are told before they are sent', () => {
    expect(rolesFault([])).toBe('none')
    expect(rolesFault(['operator', 'approver'])).toBe('apart')
    expect(rolesFault(['auditor', 'finance'])).toBe('reader')
    expect([rolesFault(['regulator']), rolesFault(['operator', 'guardian'])]).toEqual([undefined, undefined])
  })
})

describe('acts', () => {
  it('C18 an act that may only be proposed is allowed; what is listed neither way is not', () => {
    const me = { may: ['halt.raise', 'propose.halt.lift'] }
    expect(['halt.raise', 'halt.lift', 'halt', 'withdrawal.release'].map((act) => isAllowed(me, act))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('C18 what became a proposal is told apart from what was done', () => {
    expect(madeOf(202, { proposal: 'p', outcome: { state: 'waiting' } })).toMatchObject({ proposal: 'p' })
    expect(madeOf(200, { executed: true, act: 'halt.lift' })).toEqual({ executed: true, act: 'halt.lift' })
    // An approval answers with the proposal too, and has made none.
    expect(madeOf(200, { proposal: 'p', outcome: { state: 'waiting' } })).toBeUndefined()
    expect([madeOf(202, undefined), madeOf(200, 'text'), madeOf(202, { link: 'x' })]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('founding', () => {
  const key: KeyRow = {
    ...{ key: 'k', label: 'laptop', algorithm: 'ES256', aaguid: '', format: 'none' },
    ...{ backup_eligible: false, registered_at: 0, until: null, lost: false },
  }
  const person = (name: string, given: Partial<PersonRow> = {}): PersonRow => ({
    ...{ person: name, status: 'active', roles: ['approver'], keys: [key, key], at_risk: null, contact: 'directory' },
    ...{ accounts: [], invited_at: 0, link: null },
    ...given,
  })
  const ready: Founding = { phase: 'founding', founder: 'a', missing: null, expected: null }
  const todo = (founding: Founding, people: readonly PersonRow[]): string[] =>
    checklist(founding, people)
      .filter(({ done }) => !done)
      .map(({ id, names }) => [id, ...names].join(' '))

  it('C18 nothing is left when everybody is there, listed and has a spare key', () => {
    expect(todo(ready, [person('a'), person('b')])).toEqual([])
  })

  it('C18 what is missing is told, with whom it concerns', () => {
    expect(todo({ ...ready, missing: 'key.add: 1', expected: 'at least 3' }, [person('a', { keys: [key] })])).toEqual([
      'invite',
      'enrolled',
      'quorum key.add: 1 at least 3',
      'spare a',
    ])
    const people = [person('a'), person('b', { status: 'invited', keys: [], contact: null })]
    expect(todo(ready, people)).toEqual(['enrolled b', 'contact b'])
  })

  it('C5 each detector has a name', () => {
    expect(DETECTORS.filter((detector) => !(`detector.${detector}` in en))).toEqual([])
  })
})
