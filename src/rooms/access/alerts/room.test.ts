/** What a detection causes in the whole machine: people, sessions, proposals, and what leaves for the outside. */
import { describe, expect, it } from 'vitest'
import { hashOf, openTeam, type Team } from '../../../../test/kit/team.ts'
import { openApp } from '../../../app.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../kernel/time.ts'
import { decodeEntry, stateDigests } from '../../../machine/index.ts'
import { atRisk } from './index.ts'
import { type Detected, detection, report } from './testing/desk.ts'

const HALT = { scope: 'all', reason: 'a drill' }
const FEED = 'service:okta-feed'

/** A founded team whose members have accounts, and a service that reports. */
function watched(): Team {
  const team = openTeam()
  for (const [person, roles] of [
    ['lee', ['operator', 'finance']],
    ['choi', ['approver', 'compliance']],
  ] as const) {
    const change = { person, roles, accounts: [`${person.toUpperCase()}@exchange.example`] }
    team.carry(team.propose('kim', 'person.change', change), ['park', 'jung'])
  }
  const scope = { service: 'okta-feed', scopes: ['admin.report'], certificate_sha256: 'a'.repeat(64) }
  team.carry(team.propose('kim', 'service.register', scope), ['park', 'jung'])
  return team
}

let place = 0
function detect(team: Team, change: Partial<Detected>) {
  place += 1
  const digest = `sha256:${String(place).padStart(64, '0')}`
  const before = team.recorded.length
  const done = team.run(FEED, 'admin.report', report({ digest, detections: [detection(change)] }))
  expect(done).not.toHaveProperty('code')
  return team.recorded.slice(before).filter(({ kind }) => kind === 'event')
}

const LEE = { account: 'lee@exchange.example' }
const waiting = (team: Team) =>
  [...team.app.machine.outbox.state.waiting.values()].map(({ kind, data }) => ({ kind, data }))

function signIn(team: Team, person: string): void {
  const key = [...(team.app.rooms.access.state.people.get(person)?.keys ?? [])][0]?.id ?? ''
  team.as(person, 'session.open', {
    ...{ person, key, token_hash: hashOf(`cookie of ${person}`), device: 'd'.repeat(43), from: '203.0.113.0/24' },
    ...{ expires_at: team.now() + HOUR_MS, sign_count: 0 },
  })
}

describe('a detection', () => {
  it('A16 A17 of medium puts the person whose account it is at risk, and ends their sessions alone', () => {
    const team = watched()
    signIn(team, 'lee')
    signIn(team, 'choi')
    const made = detect(team, { ...LEE, severity: 'medium', detector: 'new_device' })
    expect(made.map(({ type }) => type)).toEqual(['admin.reported', 'admin.detected', 'risk.raised'])
    expect(made[1]?.data.person).toBe('lee')
    expect(atRisk(team.app.rooms.access.state.alerts).map(({ person }) => person)).toEqual(['lee'])
    expect([...team.app.rooms.access.state.sessions.values()].map(({ person }) => person)).toEqual(['choi'])
    expect(waiting(team)).toEqual([])
  })

  it('A16 that is grave suspends the person and asks for the account to be suspended where it is', () => {
    const team = watched()
    const made = detect(team, { ...LEE, severity: 'critical', detector: 'logging_off' })
    expect(made.map(({ type }) => type)).toEqual([
      ...['admin.reported', 'admin.detected', 'risk.raised', 'person.suspended'],
    ])
    const why = 'logging_off: a device that the account never used'
    expect(waiting(team)).toEqual([
      { kind: 'account.suspend', data: { source: 'okta', account: 'lee@exchange.example', why } },
    ])
  })

  it('A16 of an account that nobody registered asks for its suspension, and puts nobody at risk', () => {
    const team = watched()
    const made = detect(team, { account: 'bot', severity: 'critical', detector: 'logging_off' })
    expect(made.map(({ type }) => type)).toEqual(['admin.reported', 'admin.detected'])
    expect(waiting(team)).toHaveLength(1)
  })

  it('A16 that is forged for one after the other never shuts out a quorum: the alarm stays, the suspension is refused', () => {
    const team = watched()
    detect(team, { account: 'park@exchange.example', severity: 'critical', detector: 'logging_off' })
    const choi = { account: 'choi@exchange.example' }
    const made = detect(team, { ...choi, severity: 'critical', detector: 'logging_off' })
    expect(made.map(({ type }) => type)).toContain('risk.raised')
    expect(made.at(-1)).toMatchObject({ type: 'consequence.refused', data: { command: 'person.suspend' } })
    expect(made.map(({ type }) => type)).not.toContain('person.suspended')
  })
})

describe('while somebody is at risk', () => {
  it('A17 a quorum needs one more and waits longer, also for what was proposed before; a quorum clears it', () => {
    const team = watched()
    team.as('kim', 'halt.raise', HALT)
    const lift = team.propose('kim', 'halt.lift', HALT)
    detect(team, { ...LEE, severity: 'medium', detector: 'new_device' })
    for (const name of ['park', 'choi']) team.as(name, 'proposal.approve', team.signed(name, lift))
    team.pass(2 * HOUR_MS)
    expect(team.outcome(lift)).toBe('open')
    const clear = team.propose('kim', 'risk.clear', { person: 'lee', reason: 'a new laptop, seen by two of us' })
    for (const name of ['park', 'choi', 'jung']) team.as(name, 'proposal.approve', team.signed(name, clear))
    team.pass(30 * MINUTE_MS)
    expect(atRisk(team.app.rooms.access.state.alerts)).toHaveLength(1)
    team.pass(HOUR_MS)
    expect(team.outcome(clear)).toBe('executed')
    expect(atRisk(team.app.rooms.access.state.alerts)).toEqual([])
    team.pass(DAY_MS)
  })

  it('A17 nobody clears it alone', () => {
    const team = watched()
    detect(team, { ...LEE, severity: 'medium', detector: 'new_device' })
    for (const by of ['person:lee', 'person:jung', 'host', FEED]) {
      expect(team.run(by, 'risk.clear', { person: 'lee', reason: 'fine' })).toMatchObject({ code: 'ACCESS-001' })
    }
  })
})

describe('an attempt with something stolen', () => {
  it('A15 A17 puts its owner at risk; another attempt is an alert alone', () => {
    const team = watched()
    const attempt = { what: 'DOOR-012', detail: 'another device key', person: 'lee', count: 1 }
    team.run('door', 'attempt.note', attempt)
    expect(atRisk(team.app.rooms.access.state.alerts)).toEqual([])
    team.run('door', 'attempt.note', { ...attempt, stolen: true })
    expect(atRisk(team.app.rooms.access.state.alerts)).toMatchObject([
      { person: 'lee', why: 'DOOR-012: another device key' },
    ])
  })
})

describe('the journal', () => {
  it('A15 gives the same alerts and risks when it is folded again', () => {
    const team = watched()
    detect(team, { ...LEE, severity: 'critical', detector: 'logging_off' })
    team.run('door', 'attempt.note', { what: 'DOOR-012', detail: 'x', count: 2 })
    const again = openApp({ platform: 'exchange', version: '' })
    team.entries.forEach((bytes, index) => {
      again.machine.absorb(decodeEntry(bytes, index))
    })
    expect(stateDigests(again.machine)).toEqual(stateDigests(team.app.machine))
  })
})
