import { beforeAll, describe, expect, it } from 'vitest'
import { CASES, FOUNDED, FOUNDING, HOST, isAllowed, PAIRS, person, service } from '../../../../test/kit/authority.ts'
import { loadAuthority } from '../../../world/authority.ts'
import { ACTIONS, GUARDED_ACTS, ROLES, SCOPES } from './actions.ts'
import type { Authority, Context, Principal } from './asked.ts'

let authority: Authority
beforeAll(async () => {
  authority = await loadAuthority()
})

const approving = GUARDED_ACTS.map((act) => `approve.${act}`)
const everyone = [...ROLES.map((role) => [role]), ...PAIRS, [...ROLES], []]
const ask = (principal: Principal, action: string, context: Context, people: object = {}) =>
  authority.decide({ principal, action, context, ...people })
const may = (principal: Principal, action: string, context: Context = FOUNDED, people: object = {}): boolean =>
  isAllowed(authority, { principal, action, context, ...people })
const ANOTHER = { proposer: 'lee.jiho' }

describe('permits and forbids', () => {
  it('Z1 nothing is permitted to nobody in particular: no role, no scope', () => {
    const own = ['call.open', 'key.lose', 'proposal.withdraw', 'session.end']
    expect(authority.may(person([]), FOUNDED)).toEqual(own)
    expect(authority.may(service(), FOUNDED)).toEqual([])
    expect(ask(person([]), 'gate.read', FOUNDED)).toMatchObject({ code: 'AUTHORITY-001', kind: 'denied' })
  })

  it('Z1 a forbid outweighs a permit and names itself', () => {
    const verdict = ask(person(['operator', 'guardian']), 'approve.wallet.register', FOUNDED, ANOTHER)
    expect(verdict).toMatchObject({
      code: 'AUTHORITY-002',
      context: { policies: ['operators-never-approve-wallets-or-withdrawals'] },
    })
    expect(ask(person(['guardian']), 'approve.wallet.register', FOUNDED, ANOTHER)).toEqual({
      allowed: true,
      because: ['approvers-and-guardians-approve'],
    })
  })

  it('Z3 nobody approves what they proposed, whatever roles they hold and while founding too', () => {
    for (const roles of everyone) {
      for (const action of approving) {
        for (const context of [FOUNDED, FOUNDING]) {
          expect(ask(person(roles, true), action, context, { proposer: 'kim.minji' })).toMatchObject({
            code: 'AUTHORITY-002',
          })
        }
      }
    }
  })

  it('Z3 nobody approves what is about them', () => {
    for (const roles of everyone) {
      for (const action of approving)
        expect(may(person(roles), action, FOUNDED, { ...ANOTHER, about: 'kim.minji' })).toBe(false)
    }
    expect(may(person(['guardian']), 'approve.risk.clear', FOUNDED, { ...ANOTHER, about: 'park.sora' })).toBe(true)
  })

  it('Z3 the proposer asks for the call-back and somebody else answers it', () => {
    const kim = person(['operator'])
    expect(may(kim, 'call.open', FOUNDED, { proposer: 'kim.minji' })).toBe(true)
    expect(may(kim, 'call.answer', FOUNDED, { proposer: 'kim.minji' })).toBe(false)
    expect(may(kim, 'call.open', FOUNDED, ANOTHER)).toBe(false)
    expect(may(kim, 'call.answer', FOUNDED, ANOTHER)).toBe(true)
  })

  it('Z4 an operator approves neither wallets nor withdrawals, with any second role', () => {
    for (const role of ROLES) {
      const both = person(['operator', role])
      expect(may(both, 'approve.wallet.register', FOUNDED, ANOTHER)).toBe(false)
      expect(may(both, 'approve.withdrawal.release', FOUNDED, ANOTHER)).toBe(false)
    }
    for (const action of approving)
      expect(may(person(['operator', 'approver', 'guardian']), action, FOUNDED, ANOTHER)).toBe(false)
  })

  it('Z5 auditors and regulators read, and give up what is theirs, and nothing more', () => {
    for (const reader of ['auditor', 'regulator']) {
      for (const { action, relation } of CASES) {
        const more = relation.people.owner === 'kim.minji' || action.group === 'read'
        const all = person([...ROLES], true)
        if (!more) expect(may(person([reader]), action.action, FOUNDED, relation.people)).toBe(false)
        if (!more) expect(may(all, action.action, FOUNDING, relation.people)).toBe(false)
      }
      expect(may(person([reader]), 'key.lose', FOUNDED, { owner: 'kim.minji' })).toBe(true)
    }
    expect(authority.may(person(['regulator']), FOUNDED)).not.toContain('access.read')
  })

  it('Z6 the founder does everything a person can, until founding is closed', () => {
    const founder = person(['operator'], true)
    const people = ACTIONS.filter(({ by }) => by.includes('person')).map(({ action }) => action)
    const never = ['approve.wallet.register', 'approve.withdrawal.release']
    expect(authority.may(founder, FOUNDING)).toEqual(people.filter((action) => !never.includes(action)).sort())
    expect(authority.may(founder, FOUNDED)).toEqual(authority.may(person(['operator']), FOUNDED))
    expect(authority.may(person(['operator']), FOUNDING)).toEqual(authority.may(person(['operator']), FOUNDED))
    expect(may(service('withdrawal.request'), 'withdrawal.request', FOUNDED)).toBe(true)
    expect(ask(service('withdrawal.request'), 'withdrawal.request', FOUNDING)).toMatchObject({ code: 'AUTHORITY-002' })
  })

  it('Z7 a machine does what its scopes name', () => {
    for (const scope of SCOPES) expect(authority.may(service(scope), FOUNDED)).toEqual([scope])
    expect(authority.may(service(...SCOPES), FOUNDED)).toEqual([...SCOPES].sort())
    expect(authority.may(service('propose.halt.lift', 'halt.raise', 'access.read', '*', ''), FOUNDED)).toEqual([])
    expect(authority.may(service('propose.halt.lift', 'halt.raise', 'access.read', '*'), FOUNDED)).toEqual([])
    const host = authority.may(HOST, FOUNDED)
    expect(host.filter((action) => /^(propose|approve|veto|proposal|person|key|service)\./.test(action))).toEqual([])
    expect(host).toContain('halt.raise')
  })

  it('Z8 everybody on the staff halts, nobody lifts, and one guardian vetoes', () => {
    for (const role of ROLES) {
      const reads = role === 'auditor' || role === 'regulator'
      expect(may(person([role]), 'halt.raise')).toBe(!reads)
      expect(may(person([role]), 'halt.lift')).toBe(false)
      for (const act of GUARDED_ACTS)
        expect(may(person([role]), `veto.${act}`, FOUNDED, ANOTHER)).toBe(role === 'guardian')
    }
  })
})
