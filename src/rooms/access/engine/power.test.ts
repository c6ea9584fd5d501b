import { describe, expect, it } from 'vitest'
import type { Act } from './index.ts'
import {
  AWAY,
  act,
  type Change,
  DAY_MS,
  event,
  HOUR_MS,
  MONDAY,
  names,
  of,
  told,
  workingDays,
} from './testing/account.ts'

const MINUTE = 60_000
const NEXT = MONDAY + 14 * DAY_MS

describe('privilege', () => {
  it('D7 the first privileged act of an account that was seen for two weeks, and a further kind', () => {
    const days = workingDays(10)
    expect(of(told([...days, act('CreateUser', { time: NEXT })]), 'first_privileged_act')).toEqual(['medium 11'])
    const admin = workingDays(20, (_, time) => [act('CreateUser', { time })])
    const found = told([...admin, act('PutPolicy', { time: NEXT + 14 * DAY_MS })])
    expect(of(found, 'first_privileged_act')).toEqual(['low 41'])
  })

  it('D7 an administrator whose acts are new every other day is not told about', () => {
    const admin = workingDays(20, (day, time) => [act(`Act${day}`, { time })])
    expect(of(told([...admin, act('PutPolicy', { time: NEXT + 14 * DAY_MS })]), 'first_privileged_act')).toEqual([])
  })

  it('D7 with a device that was new an hour ago it is high', () => {
    const away = { device: 'phone', src_endpoint: AWAY }
    const found = told([
      ...workingDays(10),
      event({ time: NEXT, ...away }),
      act('CreateUser', { time: NEXT + HOUR_MS, ...away }),
    ])
    expect(of(found, 'first_privileged_act')).toEqual(['high 12'])
  })
})

describe('secrets', () => {
  const read = (time: number, change: Change = {}) => act('GetSecretValue', { time, acts: ['secret_read'], ...change })
  const reads = (from: number, count: number) => Array.from({ length: count }, (_, at) => read(from + at * MINUTE))

  it('D8 D26 ten reads within the hour by who reads one a day, told once, and again when it doubles', () => {
    const days = workingDays(10, (_, time) => [read(time)])
    expect(of(told([...days, ...reads(NEXT, 9)]), 'secret_burst')).toEqual([])
    expect(of(told([...days, ...reads(NEXT, 30)]), 'secret_burst')).toEqual(['medium 30', 'high 40'])
  })

  it('D8 an account whose ordinary hour has thirty reads has its own bar', () => {
    const busy = workingDays(10, (_, time) => reads(time, 30))
    // Its first day is told: nothing was known then.
    expect(of(told([...busy, ...reads(NEXT, 40)]), 'secret_burst')).toEqual(['medium 21'])
    const found = told([...busy, ...Array.from({ length: 100 }, (_, at) => read(NEXT + at * 20_000))])
    expect(of(found, 'secret_burst')).toEqual(['medium 21', 'medium 393'])
  })

  it('D8 ten reads spread over a day are no burst', () => {
    const days = workingDays(10)
    const spread = Array.from({ length: 10 }, (_, at) => read(NEXT + at * 50 * MINUTE))
    expect(of(told([...days, ...spread]), 'secret_burst')).toEqual([])
  })
})

describe('a reset of a factor', () => {
  const reset = (time: number) =>
    act('reset_all', {
      time,
      who: 'desk@exchange.example',
      user: 'kim@exchange.example',
      acts: ['mfa_reset', 'privileged'],
    })
  const usual = workingDays(10, (_, time) => [act('CreateUser', { time })])

  it('D9 followed by power from a new device; the owner’s ordinary work from the usual one is silent', () => {
    const after = { time: NEXT + 2 * HOUR_MS }
    const thief = told([...usual, reset(NEXT), act('CreateUser', { ...after, device: 'phone' })])
    expect(of(thief, 'mfa_reset_then_privilege')).toEqual(['high 22'])
    expect(thief.find(({ detector }) => detector === 'mfa_reset_then_privilege')?.lines).toEqual([21, 22])
    expect(of(told([...usual, reset(NEXT), act('CreateUser', after)]), 'mfa_reset_then_privilege')).toEqual([])
  })

  it('D9 followed by administrator rights for that person, by anybody', () => {
    const grant = act('grant', {
      time: NEXT + HOUR_MS,
      who: 'lee@exchange.example',
      user: 'kim@exchange.example',
      acts: ['admin_granted', 'privileged'],
    })
    expect(of(told([...usual, reset(NEXT), grant]), 'mfa_reset_then_privilege')).toEqual(['high 22'])
    const late = { ...grant, time: NEXT + 80 * HOUR_MS }
    expect(of(told([...usual, reset(NEXT), late]), 'mfa_reset_then_privilege')).toEqual([])
  })
})

describe('sessions', () => {
  const use = (minutes: number, change: Change = {}) =>
    event({ time: MONDAY + minutes * MINUTE, session: 's1', acts: [], ...change })

  it('D10 another network with another client, or another country; a phone on its way is silent', () => {
    const korea = { network: 'AS9318', country: 'KR' }
    expect(names(told([use(0), use(5, { src_endpoint: korea })]))).toEqual([])
    expect(of(told([use(0), use(5, { src_endpoint: korea, device: 'curl' })]), 'session_two_networks')).toEqual([
      'high 2',
    ])
    expect(of(told([use(0), use(5, { src_endpoint: AWAY })]), 'session_two_networks')).toEqual(['high 2'])
    expect(of(told([use(0), use(5), use(600, { src_endpoint: AWAY })]), 'session_two_networks')).toEqual([])
  })

  it('D10 D26 is told once within the hour', () => {
    const thief = { device: 'curl', src_endpoint: AWAY }
    expect(of(told([use(0), use(5, thief), use(6, thief), use(7, thief)]), 'session_two_networks')).toEqual(['high 2'])
  })
})

describe('failures', () => {
  const miss = (seconds: number, change: Change = {}) =>
    event({ time: NEXT + seconds * 1_000, status_id: 2, ...change })
  const misses = (count: number, change: Change = {}) => Array.from({ length: count }, (_, at) => miss(at, change))

  it('D18 D26 five are a remark, twenty an alarm that the remark does not hold back', () => {
    expect(of(told([...workingDays(10), ...misses(25)]), 'sign_in_failures')).toEqual(['low 15', 'medium 30'])
    expect(of(told([...workingDays(10), ...misses(4)]), 'sign_in_failures')).toEqual([])
  })

  it('D18 a success after failures is high from elsewhere, and silent from the usual place', () => {
    const after = told([
      ...workingDays(10),
      ...misses(6),
      miss(20, { status_id: 1, device: 'phone', src_endpoint: AWAY }),
    ])
    expect(of(after, 'sign_in_failures')).toContain('high 17')
    const owner = told([...workingDays(10), ...misses(6), miss(20, { status_id: 1 })])
    expect(of(owner, 'sign_in_failures')).toEqual(['low 15'])
  })

  it('D18 twenty people failing from one address', () => {
    const spray = Array.from({ length: 25 }, (_, at) => miss(at, { who: `person${at}@exchange.example` }))
    expect(of(told(spray), 'sign_in_failures')[0]).toBe('medium 20')
  })
})

describe('definite acts', () => {
  const done = (what: Act, change: Change = {}) => act(what, { acts: [what], time: NEXT, ...change })
  it.each([
    ['D11', 'trust_changed', 'new_identity_provider', 'high'],
    ['D12', 'admin_granted', 'new_admin', 'medium'],
    ['D13', 'logging_off', 'logging_off', 'critical'],
    ['D14', 'mfa_off', 'mfa_weakened', 'high'],
    ['D14', 'mfa_reset', 'mfa_weakened', 'low'],
    ['D15', 'weak_sign_in', 'weak_sign_in', 'medium'],
    ['D16', 'token_reused', 'new_credential', 'high'],
    ['D17', 'secret_exposed', 'secret_exposed', 'medium'],
    ['D18', 'locked_out', 'sign_in_failures', 'low'],
    ['D19', 'hidden_source', 'hostile_source', 'medium'],
    ['D20', 'compromise_reported', 'compromise_reported', 'high'],
    ['D21', 'host_command', 'host_command', 'low'],
  ] as const)('%s %s is told as %s, %s', (_rule, what, detector, severity) => {
    expect(of(told([done(what)]), detector)).toEqual([`${severity} 1`])
  })

  it('D12 a habit is quieter, a try is low, one’s own or a fresh device graver', () => {
    const weekly = [0, 1, 2].map((day) => done('admin_granted', { time: MONDAY + day * DAY_MS }))
    expect(of(told([...weekly, done('admin_granted')]), 'new_admin').at(-1)).toBe('low 4')
    expect(of(told([done('admin_granted', { status_id: 2 })]), 'new_admin')).toEqual(['low 1'])
    expect(of(told([done('admin_granted', { user: 'kim@exchange.example' })]), 'new_admin')).toEqual(['high 1'])
    expect(of(told([event(), done('admin_granted', { device: 'phone' })]), 'new_admin')).toEqual(['high 2'])
  })

  it('D19 an anonymiser that is used every day is a habit', () => {
    const days = workingDays(5).map((one): typeof one => ({ ...one, acts: ['sign_in', 'hidden_source'] }))
    expect(of(told(days), 'hostile_source')).toHaveLength(3)
  })
})
