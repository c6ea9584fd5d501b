import { describe, expect, it } from 'vitest'
import { openTeam, type Team } from '../../../test/kit/team.ts'
import { HOUR_MS, MINUTE_MS } from '../../kernel/time.ts'

const HALT = { scope: 'all', reason: 'a drill' }

/** A report of one detection, as the feed submits it. */
function report(team: Team, account: string, severity: 'medium' | 'high' | 'critical', detector: string): void {
  const digest = (letter: string) => `sha256:${letter.repeat(64)}`
  const why = { en: 'something unusual', ko: '평소와 다름' }
  const done = team.run('service:idp', 'admin.report', {
    ...{
      source: 'okta',
      digest: digest(String(team.recorded.length % 10)),
      part: 0,
      parts: 1,
      events: 1,
      rejected: 0,
      late: 0,
      untold: 0,
    },
    ...{ first_line: 1, lines: 1, read_before: digest('a'), read: digest('b'), state: digest('c'), memory: 'first' },
    detections: [{ at: team.now(), detector, severity, account, why, line: 1, lines: [1] }],
  })
  if ('code' in done) throw new Error(`${done.code} ${done.detail}`)
}

function withIdp(): Team {
  const team = openTeam()
  const parameters = { service: 'idp', scopes: ['admin.report'], public_key: 'A'.repeat(43) }
  team.carry(team.propose('kim', 'service.register', parameters), ['park', 'jung'])
  team.as('kim', 'halt.raise', HALT)
  return team
}

describe('an administrator at risk', () => {
  it('A17: a third approval and an hour more are needed until a quorum clears the risk', () => {
    const team = withIdp()
    report(team, 'lee@exchange.example', 'medium', 'new_device')
    const proposal = team.propose('kim', 'halt.lift', HALT)
    for (const name of ['park', 'jung']) team.as(name, 'proposal.approve', team.signed(name, proposal))
    team.pass(2 * HOUR_MS)
    expect(team.outcome(proposal)).toBe('open')
    team.as('choi', 'proposal.approve', team.signed('choi', proposal))
    team.pass(HOUR_MS)
    expect(team.outcome(proposal)).toBe('open')
    team.pass(30 * MINUTE_MS)
    expect(team.outcome(proposal)).toBe('executed')
  })

  it('A17: nobody clears a risk alone, and with it cleared the usual quorum is enough', () => {
    const team = withIdp()
    report(team, 'lee@exchange.example', 'medium', 'new_device')
    expect(team.asked('kim', 'risk.clear', { person: 'lee', reason: 'it was me' })).toBe('ACCESS-001')
    const clear = team.propose('kim', 'risk.clear', { person: 'lee', reason: 'a new laptop, seen' })
    for (const name of ['park', 'jung', 'choi']) team.as(name, 'proposal.approve', team.signed(name, clear))
    team.pass(2 * HOUR_MS)
    const proposal = team.propose('kim', 'halt.lift', HALT)
    team.carry(proposal, ['park', 'jung'])
    expect(team.outcome(proposal)).toBe('executed')
  })

  it('A16: a grave detection suspends the person, voids their proposal and their approval, and ends their sessions', () => {
    const team = withIdp()
    const mine = team.propose('lee', 'halt.lift', HALT)
    report(team, 'lee@exchange.example', 'critical', 'secret_burst')
    team.pass(1)
    expect(team.outcome(mine)).toBe('void')
    expect(team.asked('lee', 'proposal.veto', { proposal: 'x', reason: 'x' })).toBe('ACCESS-005')
    expect([...team.app.machine.outbox.state.waiting.values()].map(({ kind }) => kind)).toContain('account.suspend')
  })

  it('A16: an alarm suspends nobody without whom no quorum could be met; at risk they are', () => {
    const team = withIdp()
    report(team, 'park@exchange.example', 'critical', 'secret_burst')
    report(team, 'choi@exchange.example', 'critical', 'secret_burst')
    const { people, alerts } = team.app.rooms.access.state
    expect(['park', 'choi'].map((name) => people.get(name)?.suspensions.length)).toEqual([1, 0])
    expect(alerts.risks.get('choi')).toHaveLength(1)
    expect(team.recorded.at(-1)).toMatchObject({ type: 'consequence.refused', data: { code: 'ACCESS-008' } })
  })

  it('A16: a stolen cookie tried at the door puts its owner at risk', () => {
    const team = withIdp()
    team.run('door', 'attempt.note', {
      what: 'DOOR-003',
      person: 'jung',
      detail: 'another device',
      count: 1,
      stolen: true,
    })
    expect(team.app.rooms.access.state.alerts.risks.get('jung')).toHaveLength(1)
  })
})
