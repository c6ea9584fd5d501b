import { describe, expect, it } from 'vitest'
import { proposal } from '../../../test/kit/quorum.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { approvalChallenge, signInChallenge } from '../../rooms/access/engine/approval/index.ts'
import { ALGORITHMS } from '../../rooms/access/engine/webauthn/index.ts'
import { CEREMONIES_PER_ADDRESS_MAX, CEREMONY_MS, Ceremonies } from './ceremonies.ts'
import { assertionOptions, registrationOptions, userHandle } from './options.ts'

const OVER = { code: 'DOOR-015', detail: 'no such ceremony is under way' }

describe('ceremonies', () => {
  it('H15 one is answered once', () => {
    const ceremonies = new Ceremonies<string>({ now: () => 0 })
    const begun = ceremonies.begin('sign-in', '203.0.113.7', 'about')
    expect(ceremonies.take('sign-in', begun.ceremony)).toEqual(begun)
    expect(ceremonies.take('sign-in', begun.ceremony)).toMatchObject(OVER)
    expect(ceremonies.size).toBe(0)
  })

  it('H15 one of another kind is none, and over with the try', () => {
    const ceremonies = new Ceremonies<string>({ now: () => 0 })
    const { ceremony } = ceremonies.begin('add-key', '203.0.113.7', 'about')
    expect(ceremonies.take('enrol', ceremony)).toMatchObject(OVER)
    expect(ceremonies.take('add-key', ceremony)).toMatchObject(OVER)
    expect(ceremonies.take('sign-in', 'nobody’s')).toMatchObject(OVER)
  })

  it('H15 one lasts five minutes', () => {
    let now = 0
    const ceremonies = new Ceremonies<string>({ now: () => now })
    const [a, b] = [ceremonies.begin('sign-in', 'x', 'a'), ceremonies.begin('sign-in', 'x', 'b')]
    now = CEREMONY_MS - 1
    expect(ceremonies.take('sign-in', a.ceremony)).toMatchObject({ about: 'a' })
    now = CEREMONY_MS
    expect(ceremonies.take('sign-in', b.ceremony)).toMatchObject(OVER)
  })

  it('H15 what is over makes room by itself', () => {
    let now = 0
    const ceremonies = new Ceremonies<number>({ now: () => now })
    for (let count = 0; count < 10; count += 1) ceremonies.begin('sign-in', 'x', count)
    now = CEREMONY_MS
    ceremonies.begin('sign-in', 'x', 10)
    expect(ceremonies.size).toBe(1)
  })

  it('H15 whoever floods them drives out their own, and no enrolment', () => {
    const ceremonies = new Ceremonies<number>({ now: () => 0 })
    const colleague = ceremonies.begin('sign-in', '203.0.113.8', -1)
    const enrolment = ceremonies.begin('enrol', '203.0.113.7', -1)
    const first = ceremonies.begin('sign-in', '203.0.113.7', 0)
    for (let count = 0; count < CEREMONIES_PER_ADDRESS_MAX; count += 1)
      ceremonies.begin('sign-in', '203.0.113.7', count)
    expect(ceremonies.size).toBe(CEREMONIES_PER_ADDRESS_MAX + 2)
    expect(ceremonies.take('sign-in', first.ceremony)).toMatchObject(OVER)
    expect(isRefusal(ceremonies.take('sign-in', colleague.ceremony))).toBe(false)
    expect(isRefusal(ceremonies.take('enrol', enrolment.ceremony))).toBe(false)
  })

  it('H15 a network of a thousand addresses is one, and all together are bounded', () => {
    const ceremonies = new Ceremonies<number>({ now: () => 0, perAddressMax: 5, max: 20 })
    for (let count = 0; count < 1_000; count += 1) ceremonies.begin('sign-in', `2001:db8::${count.toString(16)}`, count)
    expect(ceremonies.size).toBe(5)
    for (let count = 0; count < 1_000; count += 1)
      ceremonies.begin('sign-in', `2001:db8:${count.toString(16)}::1`, count)
    expect(ceremonies.size).toBe(20)
  })

  it('H16 a challenge is always that of a sign-in, whatever the random bytes are', () => {
    const bytes = Buffer.from(approvalChallenge(proposal()), 'base64url')
    const ceremonies = new Ceremonies<string>({ now: () => 0, random: () => bytes })
    const { challenge } = ceremonies.begin('sign-in', 'x', '')
    expect(challenge).toBe(signInChallenge(bytes))
    expect(challenge).not.toBe(approvalChallenge(proposal()))
  })

  it('H16 no two are alike', () => {
    const ceremonies = new Ceremonies<string>({ now: () => 0 })
    const begun = Array.from({ length: 200 }, () => ceremonies.begin('sign-in', 'x', ''))
    expect(new Set(begun.flatMap(({ ceremony, challenge }) => [ceremony, challenge])).size).toBe(400)
  })
})

describe('options', () => {
  const asked = { challenge: 'c', rpId: 'pasu.exchange.example', deployment: 'hanbit', person: 'kim.minji' }

  it('H17 a registration asks for a discoverable key, a verified user, our algorithms, and not for a second key of one authenticator', () => {
    const options = registrationOptions({ ...asked, keys: ['AAAA'], conveyance: 'enterprise' })
    expect(options).toMatchObject({
      rp: { id: 'pasu.exchange.example' },
      user: { name: 'kim.minji', displayName: 'kim.minji' },
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'enterprise',
      excludeCredentials: [{ type: 'public-key', id: 'AAAA' }],
      timeout: CEREMONY_MS,
    })
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual(ALGORITHMS.map(({ id }) => id))
  })

  it('H17 the handle is one a person, and does not tell whose', () => {
    const handle = userHandle('hanbit', 'kim.minji')
    expect(handle).toBe(userHandle('hanbit', 'kim.minji'))
    expect(new Set([handle, userHandle('hanbit', 'lee.jun'), userHandle('test', 'kim.minji')]).size).toBe(3)
    expect(Buffer.from(handle, 'base64url').toString('latin1')).not.toContain('kim')
  })

  it('H17 a sign-in names no keys, so there is nothing to enumerate', () => {
    expect(assertionOptions({ challenge: 'c', rpId: 'pasu.exchange.example' })).toEqual({
      challenge: 'c',
      rpId: 'pasu.exchange.example',
      timeout: CEREMONY_MS,
      userVerification: 'required',
    })
    const confirm = assertionOptions({ challenge: 'c', rpId: 'pasu.exchange.example', keys: ['AAAA'] })
    expect(confirm.allowCredentials).toEqual([{ type: 'public-key', id: 'AAAA' }])
  })
})
