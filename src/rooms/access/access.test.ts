import { describe, expect, it } from 'vitest'
import { passkey } from '../../../test/kit/passkey.ts'
import { CODE, hashOf, openTeam, SITE } from '../../../test/kit/team.ts'
import { HOUR_MS, MINUTE_MS } from '../../kernel/time.ts'

const HALT = { scope: 'all', reason: 'a drill' }

describe('what nobody does alone', () => {
  it('A1: a guarded act is not taken from a person, a service account or the host, however it comes', () => {
    const team = openTeam()
    team.as('kim', 'halt.raise', HALT)
    for (const by of ['person:kim', 'person:jung', 'host', 'operator', 'clock']) {
      expect(team.run(by, 'halt.lift', HALT)).toMatchObject({ code: 'ACCESS-001' })
    }
  })

  it('A2: proposed by one, approved by two others, locked, and then done exactly so, once', () => {
    const team = openTeam()
    team.as('kim', 'halt.raise', HALT)
    const proposal = team.propose('kim', 'halt.lift', HALT)
    team.as('park', 'proposal.approve', team.signed('park', proposal))
    team.as('jung', 'proposal.approve', team.signed('jung', proposal))
    expect(team.app.rooms.gate.state.halts.size).toBe(1)
    team.pass(30 * MINUTE_MS - 1)
    expect(team.app.rooms.gate.state.halts.size).toBe(1)
    team.pass(1)
    expect(team.app.rooms.gate.state.halts.size).toBe(0)
    expect(team.outcome(proposal)).toBe('executed')
    expect(team.recorded.filter(({ type }) => type === 'halt.lifted')).toHaveLength(1)
    expect(team.asked('lee', 'proposal.execute', { proposal: proposal.proposal })).toBe('ACCESS-014')
  })

  it('A3: the proposer, a person without the role, and the same person twice add nothing', () => {
    const team = openTeam()
    team.as('kim', 'halt.raise', HALT)
    const proposal = team.propose('kim', 'halt.lift', HALT)
    expect(team.asked('kim', 'proposal.approve', team.signed('kim', proposal))).toBe('APPROVAL-002')
    expect(team.asked('lee', 'proposal.approve', team.signed('lee', proposal))).toBe('APPROVAL-004')
    team.as('park', 'proposal.approve', team.signed('park', proposal))
    expect(team.as('park', 'proposal.approve', team.signed('park', proposal))).toEqual([])
    team.pass(HOUR_MS)
    expect(team.outcome(proposal)).toBe('open')
  })

  it('A4: one guardian ends it while it is locked, and it lapses where nobody approves in time', () => {
    const team = openTeam()
    team.as('kim', 'halt.raise', HALT)
    const vetoed = team.propose('kim', 'halt.lift', HALT)
    for (const name of ['park', 'choi']) team.as(name, 'proposal.approve', team.signed(name, vetoed))
    expect(team.asked('park', 'proposal.veto', { proposal: vetoed.proposal, reason: 'no' })).toBe('APPROVAL-004')
    team.as('jung', 'proposal.veto', { proposal: vetoed.proposal, reason: 'not yet' })
    const forgotten = team.propose('kim', 'halt.lift', HALT)
    team.pass(25 * HOUR_MS)
    expect([team.outcome(vetoed), team.outcome(forgotten)]).toEqual(['vetoed', 'expired'])
    expect(team.app.rooms.gate.state.halts.size).toBe(1)
    expect(team.app.rooms.access.due()).toBeUndefined()
  })

  it('A5: what its room refuses is not proposed; what it refuses later stalls and may be tried again', () => {
    const team = openTeam()
    const unknown = {
      act: 'withdrawal.release',
      parameters: { withdrawal: 'w9', reason: 'x' },
      reason: 'x',
      origin: {},
    }
    expect(team.asked('kim', 'proposal.make', unknown)).toBe('GATE-021')
    const parameters = { person: 'han', roles: ['finance'] }
    const first = team.propose('kim', 'person.invite', parameters)
    const second = team.propose('lee', 'person.invite', parameters)
    for (const one of [first, second]) {
      for (const name of ['park', 'jung']) team.as(name, 'proposal.approve', team.signed(name, one))
    }
    team.pass(HOUR_MS)
    expect([team.outcome(first), team.outcome(second)]).toEqual(['executed', 'open'])
    expect(team.app.rooms.access.state.proposals.get(second.proposal)?.stalled?.code).toBe('ACCESS-009')
    expect(team.asked('lee', 'proposal.execute', { proposal: second.proposal })).toBe('ACCESS-009')
    team.pass(25 * HOUR_MS)
    expect(team.outcome(second)).toBe('expired')
  })
})

describe('call-backs', () => {
  const added = () => ({
    ...passkey().credential,
    algorithm: 'ES256',
    aaguid: '00000000-0000-0000-0000-000000000000',
    format: 'none',
    label: 'second',
  })

  it('A6: without the heard code nothing is done; the proposer hears none; three wrong codes end it', () => {
    const team = openTeam()
    const proposal = team.propose('kim', 'key.add', { person: 'kim', key: added() })
    const id = { proposal: proposal.proposal }
    for (const name of ['park', 'jung']) team.as(name, 'proposal.approve', team.signed(name, proposal))
    team.pass(HOUR_MS)
    expect(team.outcome(proposal)).toBe('open')
    expect(team.asked('park', 'call.answer', { ...id, code: CODE })).toBe('ACCESS-016')
    team.as('kim', 'call.open', { ...id, code_hash: `sha256:${'0'.repeat(64)}`, expires_at: team.now() + MINUTE_MS })
    expect(team.asked('kim', 'call.answer', { ...id, code: CODE })).toBe('ACCESS-015')
    for (let left = 3; left > 0; left--)
      expect(team.as('park', 'call.answer', { ...id, code: CODE })[1]?.type).toBe('call.missed')
    expect(team.asked('park', 'call.answer', { ...id, code: CODE })).toBe('ACCESS-016')
    team.as('kim', 'call.open', { ...id, code_hash: hashOf(CODE), expires_at: team.now() + MINUTE_MS })
    team.as('park', 'call.answer', { ...id, code: CODE })
    team.pass(30 * MINUTE_MS)
    expect(team.outcome(proposal)).toBe('executed')
    expect(team.app.rooms.access.state.people.get('kim')?.keys).toHaveLength(2)
  })

  it('A7: nobody adds a key to somebody else, and a key that was anybody’s is never another’s', () => {
    const team = openTeam()
    const ask = (person: string, key: object) =>
      team.asked('kim', 'proposal.make', {
        act: 'key.add',
        parameters: { person, key } as never,
        reason: 'x',
        origin: {},
      })
    expect(ask('lee', added())).toBe('ACCESS-015')
    const [held] = team.app.rooms.access.state.people.get('lee')?.keys ?? []
    expect(ask('kim', { ...added(), public_key: held?.public_key })).toBe('ACCESS-011')
  })
})

describe('people', () => {
  it('A8: before founding is closed no coin moves, and founding closes only where any one person may be away', () => {
    const request = {
      withdrawal: 'w1',
      wallet: 'hot',
      asset: 'eip155:1/slip44:60',
      amount: '1',
      to: `eip155:1:0x${'1'.repeat(40)}`,
    }
    expect(() => openTeam({ kim: ['operator'], park: ['approver'], jung: ['guardian'] })).toThrow('ACCESS-008')
    const team = openTeam()
    team.app.rooms.access.state.founded_at = undefined
    expect(team.run('service', 'withdrawal.request', request)).toMatchObject({ code: 'ACCESS-002' })
  })

  it('A9: the first enrolment is taken once', () => {
    const team = openTeam()
    const again = {
      person: 'eve',
      roles: ['operator'],
      site: SITE,
      key: {
        ...passkey().credential,
        algorithm: 'ES256',
        aaguid: '00000000-0000-0000-0000-000000000000',
        format: 'none',
        label: 'x',
      },
    }
    expect(team.run('enrolment', 'founder.enrol', again)).toMatchObject({ code: 'ACCESS-006' })
  })

  it('A10: roles that check each other are never in one hand, and a look-alike name is nobody’s', () => {
    const team = openTeam()
    const ask = (person: string, roles: string[]) =>
      team.asked('kim', 'proposal.make', {
        act: 'person.invite',
        parameters: { person, roles },
        reason: 'x',
        origin: {},
      })
    expect(ask('han', ['operator', 'approver'])).toBe('ACCESS-004')
    expect(ask('han', ['auditor', 'finance'])).toBe('ACCESS-004')
    expect(ask('k1m', ['finance'])).toBe('ACCESS-009')
    expect(ask('han', ['finance'])).toBe('done')
  })

  it('A11: one person suspends at once and alone, one a day, never below a quorum; an open proposal of theirs is void', () => {
    const team = openTeam({
      kim: ['operator'],
      lee: ['operator'],
      park: ['approver'],
      choi: ['approver'],
      jung: ['guardian'],
      han: ['guardian'],
    })
    team.as('kim', 'halt.raise', HALT)
    const proposal = team.propose('lee', 'halt.lift', HALT)
    team.as('kim', 'person.suspend', { person: 'lee', reason: 'a stolen laptop' })
    team.pass(1)
    expect(team.outcome(proposal)).toBe('void')
    expect(team.asked('lee', 'halt.raise', { scope: 'wallet:hot', reason: 'x' })).toBe('ACCESS-005')
    expect(team.asked('kim', 'person.suspend', { person: 'park', reason: 'x' })).toBe('ACCESS-017')
    team.as('jung', 'person.suspend', { person: 'park', reason: 'x' })
    team.pass(25 * HOUR_MS)
    team.as('jung', 'person.suspend', { person: 'choi', reason: 'x' })
    expect(team.asked('han', 'person.suspend', { person: 'jung', reason: 'x' })).toBe('ACCESS-008')
  })

  it('A12: a recovered person’s old keys are lost, and only a fresh link lets a new one in, once', () => {
    const team = openTeam()
    const old = team.keys.get('lee')
    team.carry(team.propose('kim', 'key.recover', { person: 'lee', reason: 'lost on a train' }), ['park', 'jung'])
    const token_hash = `sha256:${'a'.repeat(64)}`
    const link = { person: 'lee', token_hash, expires_at: team.now() + HOUR_MS }
    expect(team.asked('kim', 'enrolment.issue', link)).toBe('ACCESS-015')
    team.as('jung', 'enrolment.issue', link)
    const key = {
      ...passkey().credential,
      algorithm: 'ES256',
      aaguid: '00000000-0000-0000-0000-000000000000',
      format: 'none',
      label: 'new',
    }
    const enrol = (given: object) =>
      team.run('enrolment', 'key.enrol', { person: 'lee', token_hash, key: given as never })
    expect(enrol({ ...key, ...old?.credential })).toMatchObject({ code: 'ACCESS-011' })
    expect(enrol(key)).not.toHaveProperty('code')
    expect(enrol({ ...key, id: 'AAAA', public_key: 'AAAA' })).toMatchObject({ code: 'ACCESS-010' })
  })
})
