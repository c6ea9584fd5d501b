import { describe, expect, it } from 'vitest'
import { AWAY, act, DAY_MS, event, HOUR_MS, LATER, MONDAY, names, of, told, workingDays } from './testing/account.ts'

const settled = workingDays(48)
/** The last working day is in week ten; the next event comes within a usual gap. */
const NEXT = (settled.at(-1)?.time ?? 0) + DAY_MS

describe('new things', () => {
  it('D1 D2 D3 ordinary days say nothing, and neither does another version of nothing', () => {
    expect(told([...settled, event({ time: NEXT })])).toEqual([])
  })

  it.each([
    ['D1', 'new_device', { device: 'phone' }, 'low'],
    ['D2', 'new_network', { src_endpoint: { ip: '198.51.100.9', network: 'AS9009', country: 'KR' } }, 'low'],
    ['D3', 'new_country', { src_endpoint: { network: 'AS4766', country: 'VN' } }, 'low'],
  ] as const)('%s %s alone', (_rule, detector, change, severity) => {
    const found = told([...settled, event({ time: NEXT, ...change })])
    expect(names(found)).toEqual([detector])
    expect(of(found, detector)).toEqual([`${severity} 49`])
  })

  it('D1 two new things at once are medium, all three high', () => {
    const two = told([...settled, event({ time: NEXT, device: 'phone', src_endpoint: { ...AWAY, country: 'KR' } })])
    expect(of(two, 'new_device')).toEqual(['medium 49'])
    const three = told([...settled, event({ time: NEXT + DAY_MS, device: 'phone', src_endpoint: AWAY })])
    expect(of(three, 'new_country')).toEqual(['high 49'])
  })

  it('D3 a journey is one thing, and worth a call where the account holds power', () => {
    const abroad = event({ time: NEXT + DAY_MS, src_endpoint: AWAY })
    expect(of(told([...settled, abroad]), 'new_country')).toEqual(['low 49'])
    const admin = [...settled, act('UpdateUser', { time: NEXT - HOUR_MS })]
    expect(of(told([...admin, abroad]), 'new_country')).toEqual(['medium 50'])
  })

  it('D2 for an account that changes networks every few days a new one says nothing', () => {
    const roaming = settled.map((one, day) =>
      day % 3 === 0 ? { ...one, src_endpoint: { ...one.src_endpoint, network: `AS${1_000 + day}` } } : one,
    )
    const found = told([...roaming, event({ time: NEXT, src_endpoint: { network: 'AS9009', country: 'KR' } })])
    expect(of(found, 'new_network')).toEqual([])
  })

  it('D1 an account without history is not judged, but the product’s own verdict is told', () => {
    expect(told([event(), event({ time: MONDAY + HOUR_MS, device: 'phone' })])).toEqual([])
    const found = told([event({ novel: ['device', 'network'] })])
    expect(names(found)).toEqual(['new_device', 'new_network'])
  })

  it('D23 failures from elsewhere do not make elsewhere usual', () => {
    const tries = Array.from({ length: 4 }, (_, hour) =>
      event({ time: NEXT - 9 * HOUR_MS + hour * HOUR_MS, status_id: 2, device: 'phone', src_endpoint: AWAY }),
    )
    const found = told([...settled, ...tries, event({ time: NEXT, device: 'phone', src_endpoint: AWAY })])
    expect(of(found, 'new_device')).toEqual(['high 53'])
  })
})

describe('journeys', () => {
  it('D4 Seoul and Bucharest within two hours is no journey; within a day it is', () => {
    const away = (hours: number) => told([event(), event({ time: MONDAY + hours * HOUR_MS, src_endpoint: AWAY })])
    expect(of(away(2), 'impossible_travel')).toEqual(['high 2'])
    expect(away(2)[0]?.lines).toEqual([1, 2])
    expect(of(away(14), 'impossible_travel')).toEqual([])
  })

  it('D4 nearer than places of addresses are wrong is no journey', () => {
    const near = { ...event().src_endpoint, network: 'AS9318', lat: 37.9, long: 127.2 }
    expect(told([event(), event({ time: MONDAY + 1_000, src_endpoint: near })])).toEqual([])
  })

  it('D4 countries alone: two within the hour', () => {
    const from = (country: string, minutes: number) =>
      event({ time: MONDAY + minutes * 60_000, src_endpoint: { network: country, country } })
    expect(of(told([from('KR', 0), from('US', 40)]), 'impossible_travel')).toEqual(['high 2'])
    expect(of(told([from('KR', 0), from('US', 90)]), 'impossible_travel')).toEqual([])
  })

  it('D4 an office and a VPN that were both used for days are a habit', () => {
    const both = workingDays(5, (_, time) => [event({ time: time + 12 * HOUR_MS + HOUR_MS, src_endpoint: AWAY })])
    const again = [
      event({ time: MONDAY + 7 * DAY_MS }),
      event({ time: MONDAY + 7 * DAY_MS + HOUR_MS, src_endpoint: AWAY }),
    ]
    expect(of(told([...both, ...again]), 'impossible_travel')).toEqual([])
  })
})

describe('rhythm', () => {
  it('D5 a month of silence wakes; for an account with a quarterly habit it does not', () => {
    expect(of(told([event(), event({ time: MONDAY + 31 * DAY_MS })]), 'dormant_account')).toEqual(['medium 2'])
    const quarterly = [0, 25, 50].map((day) => event({ time: MONDAY + day * DAY_MS }))
    expect(of(told([...quarterly, event({ time: MONDAY + 110 * DAY_MS })]), 'dormant_account')).toEqual([])
    expect(of(told([...quarterly, event({ time: MONDAY + 260 * DAY_MS })]), 'dormant_account')).toEqual(['medium 4'])
  })

  it('D6 power at three in the morning, by who works by day', () => {
    const days = workingDays(30, (_, time) => [act('UpdateUser', { time: time + HOUR_MS })])
    const night = (days.at(-1)?.time ?? 0) + 16 * HOUR_MS
    expect(of(told([...days, act('UpdateUser', { time: night })]), 'off_hours_privilege')).toEqual(['medium 61'])
    expect(of(told([...days, event({ time: night })]), 'off_hours_privilege')).toEqual([])
  })

  it('D6 for who works nights a night is no odd hour, and the same night is told once', () => {
    const nights = workingDays(30, (_, time) => [act('UpdateUser', { time: time + 16 * HOUR_MS })])
    expect(of(told(nights), 'off_hours_privilege')).toEqual([])
    const days = workingDays(30)
    const night = LATER + 17 * HOUR_MS
    const twice = [act('UpdateUser', { time: night }), act('UpdateUser', { time: night + HOUR_MS })]
    expect(of(told([...days, event({ time: LATER - 25 * DAY_MS }), ...twice]), 'off_hours_privilege')).toHaveLength(1)
  })

  it('D6 a weekend is a remark', () => {
    const days = workingDays(50)
    const saturday = MONDAY + 68 * DAY_MS
    const found = told([...days.filter(({ time }) => time < saturday), act('UpdateUser', { time: saturday })])
    expect(of(found, 'off_hours_privilege')[0]).toMatch(/^low/)
  })
})
