import { describe, expect, it } from 'vitest'
import { SECOND_MS } from '../../kernel/time.ts'
import { WRONG_TOKENS_MAX, WRONG_TOKENS_WINDOW_MS } from '../auth.ts'
import { countedAs } from './address.ts'
import { clearCookie, isToken, newSessionToken, readCookie, setCookie, tokenHash } from './cookie.ts'
import { originFault } from './origin.ts'
import { refuse } from './refusals.ts'
import { Seen } from './seen.ts'
import { Tries } from './tries.ts'

const ORIGIN = 'https://pasu.exchange.example'

describe('the cookie', () => {
  const { token, hash } = newSessionToken()

  it('H13 over TLS it is bound to this very host; on plain loopback it has its own name', () => {
    expect(setCookie('t', true, 900)).toBe('__Host-pasu=t; Max-Age=900; Path=/; HttpOnly; SameSite=Strict; Secure')
    expect(setCookie('t', false, 900)).toBe('pasu=t; Max-Age=900; Path=/; HttpOnly; SameSite=Strict')
    expect(clearCookie(true)).toBe('__Host-pasu=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure')
  })

  it('H13 holds 256 random bits, of which only the hash is kept', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(hash).toEqual(tokenHash(token))
    expect(hash).toHaveLength(32)
    expect(Buffer.from(hash).toString('base64url')).not.toBe(token)
    expect(new Set(Array.from({ length: 100 }, () => newSessionToken().token)).size).toBe(100)
    expect([isToken(token, hash), isToken(newSessionToken().token, hash)]).toEqual([true, false])
  })

  it.each([
    ['ours', `__Host-pasu=${token}`, true, token],
    ['ours among others', `a=b; __Host-pasu=${token}; c`, true, token],
    ['ours on loopback', `pasu=${token}`, false, token],
    ['the plain one, which any page of a sister domain can plant, over TLS', `pasu=${token}`, true, undefined],
    ['two of them', `__Host-pasu=${token}; __Host-pasu=${token}`, true, undefined],
    ['an empty one', '__Host-pasu=', true, undefined],
    ['a longer one', `__Host-pasu=${token}A`, true, undefined],
    ['one in quotes', `__Host-pasu="${token}"`, true, undefined],
    ['one whose name only ends so', `x__Host-pasu=${token}`, true, undefined],
    ['none', undefined, true, undefined],
    ['a header without end', `${'a=b; '.repeat(5_000)}__Host-pasu=${token}`, true, undefined],
  ])('H13 reads %s', (_, header, secure, found) => {
    expect(readCookie(header, secure)).toBe(found)
  })
})

describe('where a request comes from', () => {
  it.each([
    ['our page that changes', 'POST', ORIGIN, 'same-origin', undefined],
    ['a program that changes', 'POST', ORIGIN, undefined, undefined],
    ['our page that reads', 'GET', undefined, 'same-origin', undefined],
    ['a person who opens an address', 'GET', undefined, 'none', undefined],
    ['a program that reads', 'GET', undefined, undefined, undefined],
    ['no origin', 'POST', undefined, undefined, 'DOOR-014'],
    ['another origin', 'POST', 'https://evil.example', 'cross-site', 'DOOR-014'],
    ['another port', 'POST', `${ORIGIN}:8443`, undefined, 'DOOR-014'],
    ['a sister domain', 'POST', 'https://www.exchange.example', 'same-site', 'DOOR-014'],
    ['a name that only begins so', 'POST', `${ORIGIN}.evil.example`, undefined, 'DOOR-014'],
    ['a sandboxed frame', 'POST', 'null', 'cross-site', 'DOOR-014'],
    ['two origins', 'POST', `${ORIGIN}, https://evil.example`, undefined, 'DOOR-014'],
    ['our origin, said by another site', 'POST', ORIGIN, 'cross-site', 'DOOR-014'],
    ['an opened address that changes', 'POST', ORIGIN, 'none', 'DOOR-014'],
    ['another site that reads', 'GET', undefined, 'cross-site', 'DOOR-014'],
    ['another origin that reads', 'GET', 'https://evil.example', undefined, 'DOOR-014'],
    ['a deletion without origin', 'DELETE', undefined, undefined, 'DOOR-014'],
  ])('H14 %s', (_, method, origin, site, code) => {
    expect(originFault({ method, origin, site }, [ORIGIN])?.code).toBe(code)
  })
})

describe('wrong tries', () => {
  const fault = refuse('DOOR-016', 'wrong')

  it('H20 are slowed by address, and each address for itself', () => {
    let now = 0
    const tries = new Tries(() => now)
    const answers = Array.from({ length: WRONG_TOKENS_MAX + 1 }, () => tries.wrong('203.0.113.7', fault).code)
    expect(answers.filter((code) => code === 'DOOR-016')).toHaveLength(WRONG_TOKENS_MAX)
    expect(tries.wrong('203.0.113.7', fault)).toMatchObject({ code: 'DOOR-020', context: { retry_after: 60 } })
    expect(tries.wrong('203.0.113.8', fault).code).toBe('DOOR-016')
    now = WRONG_TOKENS_WINDOW_MS
    expect(tries.wrong('203.0.113.7', fault).code).toBe('DOOR-016')
  })

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::ffff', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('H20 %s counts as %s', (address, counted) => {
    expect(countedAs(address)).toBe(counted)
  })
})

describe('what was used', () => {
  it('H6 is remembered as long as asked, and then makes room', () => {
    const seen = new Seen({ keepMs: SECOND_MS, perOwnerMax: 2, max: 3 })
    expect([seen.use('a', '1', 0), seen.use('a', '2', 0), seen.use('a', '3', 0)]).toEqual(['new', 'new', 'full'])
    expect([seen.use('b', '1', 0), seen.use('c', '1', 0)]).toEqual(['new', 'full'])
    expect(seen.use('a', '1', SECOND_MS)).toBe('seen')
    expect(seen.use('a', '1', SECOND_MS + 1)).toBe('new')
    expect(seen.size).toBe(1)
  })
})
