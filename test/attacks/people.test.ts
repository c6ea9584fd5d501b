/** What a thief of one person's credential, or a colleague who has turned, gets from the whole machine: nothing. */
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/kernel/time.ts'
import type { Proposal } from '../../src/rooms/access/engine/approval/index.ts'
import { passkey } from '../kit/passkey.ts'
import { CODE, hashOf, openTeam, type Team } from '../kit/team.ts'

const HALT = { scope: 'all', reason: 'a theft' }

/** Everything is halted, and kim proposes to lift it: what every thief wants. */
function halted(): { team: Team; lift: Proposal } {
  const team = openTeam()
  team.as('jung', 'halt.raise', HALT)
  return { team, lift: team.propose('kim', 'halt.lift', HALT) }
}

/** After a day: whether coins could move again. */
function gained(team: Team): string {
  team.pass(26 * HOUR_MS)
  return team.app.rooms.gate.state.halts.size === 0 ? 'the halt is lifted' : 'nothing'
}
const attempt = (team: Team, name: string, data: object): string => team.asked(name, 'proposal.approve', { ...data })

describe('one stolen credential', () => {
  it('approves its own proposal', () => {
    const { team, lift } = halted()
    expect(attempt(team, 'kim', team.signed('kim', lift))).toBe('APPROVAL-002')
    expect(gained(team)).toBe('nothing')
  })

  it('signs with another person’s name beside its own key, or with a key of nobody', () => {
    const { team, lift } = halted()
    expect(attempt(team, 'park', team.signed('jung', lift))).toBe('APPROVAL-007')
    const stranger = passkey().sign({ challenge: '' })
    expect(attempt(team, 'park', { ...team.signed('park', lift), assertion: { ...stranger } })).toBe('APPROVAL-007')
    expect(gained(team)).toBe('nothing')
  })

  it('counts once, however many keys it has', () => {
    const { team, lift } = halted()
    const key = { ...passkey().credential, algorithm: 'ES256', aaguid: '00000000-0000-0000-0000-000000000000' }
    const added = { person: 'park', key: { ...key, format: 'none', label: 'second' } }
    team.carry(team.propose('park', 'key.add', added), ['choi', 'jung'])
    team.as('park', 'proposal.approve', team.signed('park', lift))
    expect(team.as('park', 'proposal.approve', team.signed('park', lift))).toEqual([])
    expect(gained(team)).toBe('nothing')
  })

  it('moves a colleague’s approval to another proposal, or repeats an old one', () => {
    const { team, lift } = halted()
    const other = team.propose('lee', 'halt.lift', HALT)
    const moved = { ...team.signed('park', other), proposal: lift.proposal }
    expect(attempt(team, 'park', moved)).toBe('APPROVAL-001')
    const { assertion } = team.signed('park', other)
    expect(attempt(team, 'park', { ...team.signed('park', lift), assertion })).toBe('PASSKEY-004')
    expect(gained(team)).toBe('nothing')
  })

  it('edits the proposal after it was read: the digest is another', () => {
    const { team, lift } = halted()
    const edited: Proposal = { ...lift, parameters: { scope: 'wallet:hot-1', reason: 'small' } }
    expect(attempt(team, 'park', team.signed('park', edited))).toBe('APPROVAL-001')
    expect(attempt(team, 'park', { ...team.signed('park', edited), digest: team.signed('park', lift).digest })).toBe(
      'PASSKEY-004',
    )
    expect(gained(team)).toBe('nothing')
  })

  it('answers without being recognised, from another origin, or from a frame', () => {
    const { team, lift } = halted()
    expect(attempt(team, 'park', team.signed('park', lift, { flags: 0x01 }))).toBe('PASSKEY-010')
    expect(attempt(team, 'park', team.signed('park', lift, { origin: 'https://pasu.exchange.example.evil' }))).toMatch(
      /^PASSKEY-/,
    )
    expect(attempt(team, 'park', team.signed('park', lift, { more: { crossOrigin: true } }))).toMatch(/^PASSKEY-/)
    expect(gained(team)).toBe('nothing')
  })

  it('comes late, or waits until somebody is suspended', () => {
    const { team, lift } = halted()
    team.as('park', 'proposal.approve', team.signed('park', lift))
    team.as('lee', 'person.suspend', { person: 'park', reason: 'a stolen key' })
    team.as('choi', 'proposal.approve', team.signed('choi', lift))
    team.pass(25 * HOUR_MS)
    expect(attempt(team, 'jung', team.signed('jung', lift))).toBe('ACCESS-014')
    expect(gained(team)).toBe('nothing')
  })

  it('weakens the rules first', () => {
    const { team } = halted()
    for (const act of ['approvals.set', 'policy.set', 'risk.clear', 'site.set', 'person.change']) {
      expect(team.asked('kim', act, {})).toBe('ACCESS-001')
    }
    expect(gained(team)).toBe('nothing')
  })
})

describe('several', () => {
  it('two racing for one approval execute it once', () => {
    const { team, lift } = halted()
    for (const name of ['park', 'choi']) team.as(name, 'proposal.approve', team.signed(name, lift))
    team.pass(HOUR_MS)
    expect(['kim', 'lee'].map((name) => team.asked(name, 'proposal.execute', { proposal: lift.proposal }))).toEqual([
      'ACCESS-014',
      'ACCESS-014',
    ])
    expect(team.recorded.filter(({ type }) => type === 'halt.lifted')).toHaveLength(1)
  })

  it('two colluding under a quorum of three stop where the third is asked', () => {
    const team = openTeam({
      kim: ['operator'],
      lee: ['operator'],
      park: ['approver'],
      choi: ['approver'],
      jung: ['guardian'],
      han: ['guardian'],
    })
    const acts = (team.app.rooms.access.state.policies.at(-1)?.acts ?? []).map((one) =>
      one.act === 'halt.lift' ? { ...one, terms: { ...one.terms, approvals_min: 3 } } : one,
    )
    team.carry(team.propose('kim', 'approvals.set', { acts }), ['park', 'jung'])
    team.as('jung', 'halt.raise', HALT)
    const lift = team.propose('kim', 'halt.lift', HALT)
    for (const name of ['park', 'choi']) team.as(name, 'proposal.approve', team.signed(name, lift))
    expect(gained(team)).toBe('nothing')
  })
})

describe('impersonation', () => {
  it('a help desk resets a factor: without the call-back nothing happens, and the thief’s own line hears no code', () => {
    const team = openTeam()
    const reset = team.propose('kim', 'key.recover', { person: 'park', reason: 'he is on the telephone, it is urgent' })
    for (const name of ['choi', 'jung']) team.as(name, 'proposal.approve', team.signed(name, reset))
    team.as('kim', 'call.open', { proposal: reset.proposal, code_hash: hashOf(CODE), expires_at: team.now() + 60_000 })
    expect(team.asked('kim', 'call.answer', { proposal: reset.proposal, code: CODE })).toBe('ACCESS-015')
    team.pass(26 * HOUR_MS)
    expect(team.outcome(reset)).toBe('expired')
    expect(team.app.rooms.access.state.people.get('park')?.keys[0]?.lost).toBeUndefined()
  })

  it('a recovered colleague’s link is handed out by nobody who asked for the recovery', () => {
    const team = openTeam()
    team.carry(team.propose('kim', 'key.recover', { person: 'park', reason: 'lost' }), ['choi', 'jung'])
    const link = { person: 'park', token_hash: hashOf('mine'), expires_at: team.now() + HOUR_MS }
    expect(team.asked('kim', 'enrolment.issue', link)).toBe('ACCESS-015')
  })

  it.each(['k1m', 'Kim', 'l ee', 'раrk'])(
    'a new colleague called %s is taken for somebody, and is not let in',
    (person) => {
      const parameters = { person, roles: ['finance'] }
      const code = openTeam().asked('kim', 'proposal.make', {
        act: 'person.invite',
        parameters,
        reason: 'x',
        origin: {},
      })
      expect(code).toMatch(/^(ACCESS-009|INPUT-001)$/)
    },
  )
})
