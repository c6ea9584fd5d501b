import { beforeEach, describe, expect, it } from 'vitest'
import { parse } from '../../../kernel/input.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import { DAY_MS, HOUR_MS } from '../../../kernel/time.ts'
import { BUDGET_PER_DAY } from '../engine/index.ts'
import { decideAlerts } from './decide.ts'
import { evolveAlerts } from './fold.ts'
import { commands } from './messages.ts'
import { ATTEMPTS_KEPT_MAX, DETECTIONS_KEPT_MAX } from './state.ts'
import { alertsOf, BYTES, Desk, type Detected, detection, report } from './testing/desk.ts'
import { alertsPage, alertsParams, atRisk, riskOf, risks, toldOf } from './views.ts'

const page = alertsParams.parse({})

describe('a report of administrators’ acts', () => {
  let desk: Desk
  beforeEach(() => {
    desk = new Desk()
  })

  it('A15 makes an alert of each detection from medium on, with the person whose account it is; low ones are counted', () => {
    const low = detection({ severity: 'low', detector: 'new_network' })
    const done = desk.tell('admin.report', report({ detections: [low, detection(), detection({ account: 'bot' })] }))
    expect(done.map(({ type }) => type)).toEqual(['admin.reported', 'admin.detected', 'admin.detected'])
    expect(done[0]?.data.counts).toEqual({ low: 1, medium: 2, high: 0, critical: 0 })
    expect(done[1]?.data).toMatchObject({ person: 'kim.minji', account: 'kim@exchange.example', response: 'risk' })
    expect(done[2]?.data.person).toBeUndefined()
    expect(alertsOf(desk.state).map(({ account }) => account)).toEqual(['bot', 'kim@exchange.example'])
  })

  it('A15 counts the same part of the same bytes of a source once, and another source’s apart', () => {
    desk.tell('admin.report', report({ detections: [detection()] }))
    expect(desk.tell('admin.report', report({ detections: [detection()] }))).toEqual([])
    expect(desk.tell('admin.report', report({ source: 'github' }))).toHaveLength(1)
    expect(alertsOf(desk.state)).toHaveLength(1)
  })

  it('A15 knows an upload as told once all its parts are', () => {
    const told = () => toldOf(desk.state, 'okta').isTold(BYTES)
    expect(told()).toBe(false)
    desk.tell('admin.report', report({ part: 1, parts: 2 }))
    expect(told()).toBe(false)
    desk.tell('admin.report', report({ part: 0, parts: 2 }))
    expect(told()).toBe(true)
    expect(toldOf(desk.state, 'okta').last?.digest).toBe(BYTES)
    expect(toldOf(desk.state, 'github').last).toBeUndefined()
  })

  it('refuses what contradicts itself or an earlier report of the same bytes', () => {
    expect(desk.refused('admin.report', report({ part: 2, parts: 2 }))).toBe('ALERT-004')
    expect(desk.refused('admin.report', report({ from_at: 9, until_at: 8 }))).toBe('ALERT-004')
    desk.tell('admin.report', report({ parts: 2 }))
    expect(desk.refused('admin.report', report({ part: 1, parts: 3 }))).toBe('ALERT-003')
  })

  it.each(['lost', 'damaged', 'behind'] as const)('A15 tells once that behaviour is %s', (memory) => {
    const first = desk.tell('admin.report', report({ memory, parts: 2 }))
    expect(first.map(({ type }) => type)).toEqual(['admin.reported', 'admin.forgot'])
    expect(desk.tell('admin.report', report({ memory, part: 1, parts: 2 }))).toHaveLength(1)
    const [alert] = alertsOf(desk.state)
    expect(alert).toMatchObject({ what: 'behaviour_lost', severity: 'medium', source: 'okta', person: null })
    expect(JSON.stringify(alert)).toMatch(/learned anew.*다시 학습/)
  })

  it('says nothing of a memory that is kept or that begins', () => {
    expect(desk.tell('admin.report', report({ memory: 'kept' }))).toHaveLength(1)
    expect(desk.tell('admin.report', report({ memory: 'first', source: 'github' }))).toHaveLength(1)
  })
})

describe('the response', () => {
  const responses = (...some: Detected[]): string[] => {
    const desk = new Desk()
    const done = desk.tell('admin.report', report({ detections: some }))
    return done.slice(1).map(({ data }) => `${data.response}${data.held_back === true ? ' held back' : ''}`)
  }

  it('A16 follows the policy’s table: what only an owner’s credential can do suspends, what anybody can cause does nothing', () => {
    const one = (severity: Detected['severity'], detector: Detected['detector']) =>
      responses(detection({ severity, detector }))
    expect(one('critical', 'logging_off')).toEqual(['suspend'])
    expect(one('high', 'session_two_networks')).toEqual(['suspend'])
    expect(one('high', 'new_country')).toEqual(['risk'])
    expect(one('medium', 'new_device')).toEqual(['risk'])
    expect(one('medium', 'sign_in_failures')).toEqual(['none'])
    expect(one('medium', 'hostile_source')).toEqual(['none'])
  })

  it('A16 suspends two accounts a day by itself: a forged log must not lock the whole team out', () => {
    const of = (account: string) => detection({ account, severity: 'critical', detector: 'logging_off' })
    expect(responses(of('a'), of('b'), of('c'), of('d'))).toEqual([
      ...['suspend', 'suspend', 'risk held back', 'risk held back'],
    ])
  })

  it('A16 suspends an account again after an hour, and another one after a day', () => {
    const desk = new Desk()
    let place = 0
    const next = (account: string) => {
      place += 1
      const digest = `sha256:${String(place).padStart(64, '0')}`
      const grave = detection({ account, severity: 'critical', detector: 'logging_off' })
      return desk.tell('admin.report', report({ digest, detections: [grave] }))[1]?.data.response
    }
    expect([next('a'), next('a'), next('b'), next('c')]).toEqual(['suspend', 'risk', 'suspend', 'risk'])
    desk.pass(HOUR_MS)
    expect([next('a'), next('c')]).toEqual(['suspend', 'risk'])
    desk.pass(DAY_MS)
    expect(next('c')).toBe('suspend')
  })
})

describe('an attempt at the door', () => {
  it('is an alert as grave as what the caller holds', () => {
    const desk = new Desk()
    const attempt = { what: 'DOOR-012', detail: 'the device key is another one', count: 3 }
    desk.tell('attempt.note', attempt)
    desk.tell('attempt.note', { ...attempt, service: 'signer', from: '203.0.113.7' })
    desk.tell('attempt.note', { ...attempt, person: 'kim.minji', session: 's-1', stolen: true })
    expect(alertsOf(desk.state).map(({ severity, kind }) => `${kind} ${severity}`)).toEqual([
      ...['attempt critical', 'attempt high', 'attempt medium'],
    ])
    expect(alertsOf(desk.state)[0]).toMatchObject({
      ...{ what: 'DOOR-012', person: 'kim.minji', events: [expect.any(Number)] },
      why: { en: expect.stringContaining('3 times with DOOR-012'), ko: expect.stringContaining('3회') },
    })
  })

  it('A15 never pushes a detection out of the list, however long somebody knocks', () => {
    const desk = new Desk()
    desk.tell('admin.report', report({ detections: [detection()] }))
    for (let place = 0; place <= ATTEMPTS_KEPT_MAX; place += 1) {
      desk.tell('attempt.note', { what: 'DOOR-001', detail: 'knock', count: 1 })
    }
    expect(desk.state.attempts.size).toBe(ATTEMPTS_KEPT_MAX)
    expect(desk.state.detections.size).toBe(1)
    expect(DETECTIONS_KEPT_MAX).toBeGreaterThan(ATTEMPTS_KEPT_MAX)
  })
})

describe('a risk', () => {
  it('A17 is raised for a registered person, once, and lasts until it is cleared', () => {
    const desk = new Desk()
    expect(desk.refused('risk.raise', { person: 'nobody', why: 'x' })).toBe('ALERT-001')
    desk.tell('risk.raise', { person: 'kim.minji', why: 'impossible_travel', alert: 'alert-1-1' })
    expect(desk.tell('risk.raise', { person: 'kim.minji', why: 'once more' })).toEqual([])
    const since = desk.at
    expect(riskOf(desk.state, 'kim.minji')).toEqual({
      ...{ person: 'kim.minji', since, why: 'impossible_travel', alert: 'alert-1-1' },
    })
    expect(atRisk(desk.state)).toHaveLength(1)
    desk.pass(HOUR_MS)
    desk.tell('risk.clear', { person: 'kim.minji', reason: 'was on a journey' })
    expect(atRisk(desk.state)).toEqual([])
    expect(desk.refused('risk.clear', { person: 'kim.minji', reason: 'again' })).toBe('ALERT-002')
    expect(desk.refused('risk.clear', { person: 'nobody', reason: 'x' })).toBe('ALERT-001')
    desk.tell('risk.raise', { person: 'kim.minji', why: 'another day' })
    expect(risks(desk.state)).toEqual([
      { person: 'kim.minji', from: since, until: since + HOUR_MS },
      { person: 'kim.minji', from: since + HOUR_MS },
    ])
  })
})

describe('the list of alerts', () => {
  it('pages from the newest backwards without leaving one out, and counts days beside the budget', () => {
    const desk = new Desk()
    for (let part = 0; part < 3; part += 1) {
      const at = Date.UTC(2026, 0, 5 + part, 16)
      desk.tell('admin.report', report({ part, parts: 3, detections: [detection({ at }), detection({ at })] }))
      desk.tell('attempt.note', { what: 'APPROVAL-007', person: 'kim.minji', detail: 'own proposal', count: 1 })
    }
    const all = alertsOf(desk.state).map(({ alert }) => alert)
    expect(new Set(all).size).toBe(9)
    const walked: string[] = []
    for (let before: number | undefined; ; ) {
      const { items, next } = alertsPage(desk.state, { limit: 4, before }) as {
        items: { alert: string }[]
        next: number | null
      }
      walked.push(...items.map(({ alert }) => alert))
      if (next === null) break
      before = next
    }
    expect(walked).toEqual(all)
    // 16:00 UTC is the next day in Seoul.
    expect(alertsPage(desk.state, page)).toMatchObject({
      days: ['2026-01-08', '2026-01-07', '2026-01-06'].map((day) => ({ day, alarms: 2, budget: BUDGET_PER_DAY })),
    })
    expect(alertsPage(desk.state, { ...page, before: 0 })).toMatchObject({ items: [], next: null })
  })
})

describe('the state', () => {
  it('survives structured cloning, and a copy goes on as the original', () => {
    const desk = new Desk()
    const grave = detection({ severity: 'critical', detector: 'logging_off' })
    desk.tell('admin.report', report({ parts: 2, detections: [grave] }))
    desk.tell('risk.raise', { person: 'kim.minji', why: 'x' })
    const copy = structuredClone(desk.state)
    expect(copy).toEqual(desk.state)
    const event = { person: 'kim.minji', reason: 'fine' }
    evolveAlerts['risk.cleared'](copy, event, { at: 9, by: 'x', index: 9 })
    expect(atRisk(copy)).toEqual([])
    expect(atRisk(desk.state)).toHaveLength(1)
  })

  it('takes no hostile text: control characters, half letters, names that are too long', () => {
    const bad = (change: Partial<Detected>) =>
      isRefusal(parse(commands['admin.report'], report({ detections: [detection(change)] })))
    expect(bad({})).toBe(false)
    expect(bad({ account: 'a\nb' })).toBe(true)
    expect(bad({ account: 'a\ud800' })).toBe(true)
    expect(bad({ account: 'a'.repeat(257) })).toBe(true)
    expect(bad({ why: { en: '', ko: 'x' } })).toBe(true)
    expect(bad({ lines: [0] })).toBe(true)
    expect(isRefusal(parse(commands['attempt.note'], { what: 'x', detail: 'y', count: 1 }))).toBe(true)
  })

  it('has a decision for every command', () => {
    expect(Object.keys(decideAlerts)).toEqual(Object.keys(commands))
  })
})
