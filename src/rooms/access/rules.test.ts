import { describe, expect, it } from 'vitest'
import { hashOf, openTeam, type Team } from '../../../test/kit/team.ts'
import { asJson } from '../../kernel/canonical.ts'
import { HOUR_MS } from '../../kernel/time.ts'

describe('the rules of approval', () => {
  const changed = (change: (act: { act: string; weakens: boolean; terms: object }) => object | undefined) => {
    const team = openTeam()
    const acts = team.app.rooms.access.state.policies.at(-1)?.acts ?? []
    const parameters = asJson({ acts: acts.map(change).filter((one) => one !== undefined) })
    return team.asked('kim', 'proposal.make', { act: 'approvals.set', parameters, reason: 'x', origin: {} })
  }

  it('A13: drop no act, call none less weakening, ask for no quorum that cannot be met, and shorten no lock below the least', () => {
    expect(changed((one) => (one.act === 'approvals.set' ? undefined : one))).toBe('ACCESS-015')
    expect(changed((one) => (one.act === 'halt.lift' ? { ...one, weakens: false } : one))).toBe('ACCESS-015')
    const more = (one: { terms: object }) => ({ ...one, terms: { ...one.terms, approvals_min: 3 } })
    expect(changed((one) => (one.act === 'policy.set' ? more(one) : one))).toBe('ACCESS-008')
    const unlocked = (one: { terms: object }) => ({ ...one, terms: { ...one.terms, time_lock_ms: 0 } })
    expect(changed((one) => (one.act === 'halt.lift' ? unlocked(one) : one))).toBe('APPROVAL-010')
    expect(changed((one) => ({ ...one }))).toBe('done')
  })
})

describe('a session', () => {
  const opened = (team: Team, person: string, device = 'd'.repeat(43)) => {
    const [key] = team.app.rooms.access.state.people.get(person)?.keys ?? []
    const life = { expires_at: team.now() + HOUR_MS, sign_count: 0 }
    const data = {
      person,
      key: key?.id ?? '',
      token_hash: hashOf(`cookie ${person}`),
      device,
      from: '203.0.113.0/24',
      ...life,
    }
    return { data, key: key?.id ?? '', session: () => String(team.as(person, 'session.open', data)[1]?.data.session) }
  }
  const count = (team: Team) => team.app.rooms.access.state.sessions.size

  it('A14: ends with its key, with its person, and by anybody who ends it', () => {
    const lost = openTeam()
    const mine = opened(lost, 'kim')
    mine.session()
    lost.as('kim', 'key.lose', { key: mine.key, reason: 'left on a train' })
    expect(count(lost)).toBe(0)
    const suspended = openTeam()
    opened(suspended, 'lee').session()
    suspended.as('kim', 'person.suspend', { person: 'lee', reason: 'x' })
    expect(count(suspended)).toBe(0)
    const ended = openTeam()
    ended.as('jung', 'session.end', { session: opened(ended, 'kim').session(), reason: 'nobody is there' })
    expect(count(ended)).toBe(0)
  })

  it('A14: the ninth signs the oldest of the same person out', () => {
    const team = openTeam()
    const first = opened(team, 'kim').session()
    const other = opened(team, 'lee').session()
    for (let more = 0; more < 8; more++) opened(team, 'kim').session()
    const { sessions } = team.app.rooms.access.state
    expect([sessions.has(first), sessions.has(other), sessions.size]).toEqual([false, true, 9])
  })

  it('A14: opens for no key of somebody else, for none that was lost, and for no longer than half a working day', () => {
    const team = openTeam()
    const { data, key } = opened(team, 'kim')
    expect(team.asked('kim', 'session.open', { ...data, person: 'lee' })).toBe('ACCESS-003')
    expect(team.asked('kim', 'session.open', { ...data, expires_at: team.now() + 5 * HOUR_MS })).toBe('ACCESS-010')
    team.as('kim', 'key.lose', { key, reason: 'x' })
    expect(team.asked('kim', 'session.open', data)).toBe('ACCESS-003')
  })
})
