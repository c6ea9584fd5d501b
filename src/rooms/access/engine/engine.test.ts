import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineSchema } from '../../../kernel/names.ts'
import { ACTS, type AdminEvent, againstBudget, DEFAULTS, DETECTORS, detect, inTimeOrder, noBehaviour } from './index.ts'
import { KNOWN_MAX, SESSIONS_MAX } from './limits.ts'
import { AWAY, act, DAY_MS, event, MONDAY, told } from './testing/account.ts'

const anyEvent: fc.Arbitrary<AdminEvent> = fc
  .record({
    who: fc.constantFrom('a', 'b', 'c'),
    minutes: fc.nat(200_000),
    status_id: fc.constantFrom(0, 1, 2, 99),
    network: fc.constantFrom('AS1', 'AS2', 'AS3', undefined),
    country: fc.constantFrom('KR', 'US', undefined),
    device: fc.constantFrom('x', 'y', undefined),
    session: fc.constantFrom('s', 't', undefined),
    user: fc.constantFrom('a', 'b', undefined),
    acts: fc.uniqueArray(fc.constantFrom(...ACTS), { maxLength: 3 }),
    operation: fc.constantFrom('x', 'y', 'z'),
  })
  .map(({ who, minutes, network, country, device, session, user, operation, ...rest }) => {
    const { device: _laptop, ...plain } = event({ who, ...(session === undefined ? {} : { session }) })
    return {
      ...plain,
      ...rest,
      time: MONDAY + minutes * 60_000,
      api: { operation },
      src_endpoint: { ...(network === undefined ? {} : { network }), ...(country === undefined ? {} : { country }) },
      ...(device === undefined ? {} : { device }),
      ...(user === undefined ? {} : { user }),
    }
  })

const numbered = (events: readonly AdminEvent[]): AdminEvent[] =>
  inTimeOrder(events).map((one, place) => ({ ...one, line: place + 1 }))

describe('the engine', () => {
  it('D25 explains in one line, whatever a log calls a person or an act', () => {
    const odd = { ...event({ who: 'a\u001b[31m\n2026 forged' }), api: { operation: 'CreateIdp\u0007' }, line: 1 }
    const found = detect(noBehaviour(), { ...odd, acts: ['trust_changed', 'privileged'] })
    expect(found.length).toBeGreaterThan(0)
    for (const { why } of found) {
      expect(lineSchema.safeParse(why.en).success).toBe(true)
      expect(lineSchema.safeParse(why.ko).success).toBe(true)
    }
  })

  it('D25 is a function of the events, also over a copied state, and names lines that exist, ascending', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80 }), (some) => {
        const events = numbered(some)
        const once = told(events)
        let state = noBehaviour()
        const again = events.flatMap((one) => {
          state = structuredClone(state)
          return detect(state, one)
        })
        expect(again).toEqual(once)
        for (const { line, lines, why, detector } of once) {
          expect(DETECTORS).toContain(detector)
          expect(lines.at(-1)).toBe(line)
          expect([...lines].sort((a, b) => a - b)).toEqual(lines)
          expect(lines[0]).toBeGreaterThan(0)
          expect(why.en).not.toMatch(/undefined|NaN/)
          expect(why.ko).toMatch(/[가-힣]/)
          expect(why.ko).not.toMatch(/undefined|NaN/)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('D25 judging needs nothing of later events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), fc.nat(60), (some, cut) => {
        const events = numbered(some)
        const part = events.slice(0, cut)
        expect(told(part)).toEqual(told(events).filter(({ line }) => line <= part.length))
      }),
      { numRuns: 50 },
    )
  })

  it('D24 one person of a thousand devices, sessions and acts takes bounded memory', () => {
    const state = noBehaviour()
    for (let place = 0; place < 5_000; place += 1) {
      const source = { ip: `198.51.${place % 250}.1`, network: `AS${place}`, country: `C${place}` }
      const more = { device: `d${place}`, session: `s${place}`, src_endpoint: source, line: place + 1 }
      detect(state, act(`op${place}`, { time: MONDAY + place * 60_000, ...more }))
    }
    const [person] = state.people.values()
    expect(person?.devices.known.size).toBe(KNOWN_MAX)
    expect(person?.operations.known.size).toBe(KNOWN_MAX)
    expect(person?.sessions.size).toBe(SESSIONS_MAX)
  })

  it('D22 days over the budget are named and nothing is dropped', () => {
    const at = (day: number, who: string) =>
      act('StopLogging', { who, acts: ['logging_off'], time: MONDAY + day * DAY_MS })
    const events = [at(0, 'a'), at(0, 'b'), at(0, 'c'), at(3, 'a')]
    const detections = told(events).filter(({ detector }) => detector === 'logging_off')
    expect(detections).toHaveLength(4)
    const report = againstBudget(detections, { from: MONDAY, to: MONDAY + 3 * DAY_MS }, 2)
    expect(report).toEqual({ budget: 2, days: 4, alarms: 4, perDay: 1, over: ['2026-01-05'] })
  })

  it('D15 D19 a country or a domain that nobody of the staff has', () => {
    const options = { ...DEFAULTS, watchedCountries: new Set(['RO']), domains: new Set(['exchange.example']) }
    const away = detect(noBehaviour(), event({ src_endpoint: AWAY }), options)
    expect(away.map(({ detector, severity }) => `${detector} ${severity}`)).toEqual(['hostile_source high'])
    const outside = detect(noBehaviour(), event({ who: 'kim@elsewhere.example' }), options)
    expect(outside.map(({ detector }) => detector)).toEqual(['weak_sign_in'])
    expect(detect(noBehaviour(), event(), options)).toEqual([])
  })
})
