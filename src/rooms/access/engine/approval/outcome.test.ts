import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { T0 } from '../../../../../test/kit/given.ts'
import { passkey } from '../../../../../test/kit/passkey.ts'
import {
  approve,
  keyOf,
  LOCK_MS,
  type Member,
  member,
  POLICY,
  proposal,
  SITE,
  T1,
} from '../../../../../test/kit/quorum.ts'
import { isRefusal } from '../../../../kernel/refusal.ts'
import { DAY_MS, HOUR_MS } from '../../../../kernel/time.ts'
import {
  type Approval,
  type Case,
  executionFault,
  type Outcome,
  outcome,
  type Person,
  policyFault,
  propose,
  rosterOf,
  type Veto,
  verifyApproval,
} from './index.ts'

const names = ['lee', 'park', 'choi', 'jung', 'kang'] as const
const [lee, park, choi, jung, kang] = names.map((name) => member(name, ['approver'])) as [
  Member,
  Member,
  Member,
  Member,
  Member,
]
const kim = member('kim', ['operator', 'approver'])
const han = member('han', ['guardian'])
const all = [kim, lee, park, choi, jung, kang, han]
const people = all.map(({ person }) => person)
const roster = rosterOf(people)
const asked = proposal()
const locked = proposal({ act: 'halt.lift' })
const later = T1 + HOUR_MS

const caseOf = (of: Case['proposal'], approvals: readonly Approval[], more: Partial<Case> = {}): Case => ({
  ...{ proposal: of, approvals, vetoes: [], ...more },
})
const stateOf = (of: Case, at = later, among: readonly Person[] = people): string => {
  const found = outcome(of, rosterOf(among), at)
  return found.state === 'waiting' ? `waiting ${found.missing}` : found.state
}
const changed = (who: Member, change: Partial<Person>): Person[] =>
  people.map((person) => (person.person === who.person.person ? { ...person, ...change } : person))
const refusal = (approval: Approval, of = asked, among = roster, at = later): string => {
  const found = verifyApproval({ proposal: of, approval, roster: among, site: SITE, at })
  return isRefusal(found) ? found.code : 'counts'
}

describe('who counts', () => {
  it('Q4 two people approve; one person twice, with one key or two, is one person', () => {
    const second = passkey()
    const among = changed(lee, { keys: [...lee.person.keys, keyOf(second)] })
    const once = approve(lee, asked)
    const again = approve({ person: lee.person, passkey: second }, asked, T1 + 2_000)
    expect(refusal(again, asked, rosterOf(among))).toBe('counts')
    expect(stateOf(caseOf(asked, [once, once, again]), later, among)).toBe('waiting 1')
    expect(stateOf(caseOf(asked, [once, approve(park, asked)]))).toBe('approved')
  })

  it('Q4 the proposer never does', () => {
    const own = approve(kim, asked)
    expect(refusal(own)).toBe('APPROVAL-002')
    expect(stateOf(caseOf(asked, [own, approve(lee, asked)]))).toBe('waiting 1')
  })

  it('Q5 only who had a role when approving', () => {
    expect(refusal(approve(han, asked))).toBe('APPROVAL-004')
    expect(refusal(approve(member('choe', ['approver']), asked))).toBe('APPROVAL-003')
    const given = T1 + 1_000
    const role = (from: number, until?: number) =>
      rosterOf(changed(lee, { roles: [{ role: 'approver', from, until }] }))
    expect(refusal(approve(lee, asked, given), asked, role(given))).toBe('counts')
    expect(refusal(approve(lee, asked, given), asked, role(given + 1))).toBe('APPROVAL-004')
    expect(refusal(approve(lee, asked, given), asked, role(T0, given))).toBe('APPROVAL-004')
    expect(refusal(approve(lee, asked, given), asked, role(T0, given + 1))).toBe('counts')
  })

  it('Q5 nobody who was suspended then or since, even when cleared again', () => {
    const given = T1 + 1_000
    const suspended = (from: number, until?: number) => rosterOf(changed(lee, { suspensions: [{ from, until }] }))
    const approval = approve(lee, asked, given)
    expect(refusal(approval, asked, suspended(T0))).toBe('APPROVAL-005')
    expect(refusal(approval, asked, suspended(given + 5, given + 6))).toBe('APPROVAL-005')
    expect(refusal(approval, asked, suspended(T0, given))).toBe('counts')
    expect(refusal(approval, asked, suspended(later + 1))).toBe('counts')
  })

  it('Q5 an open proposal of somebody suspended since, or unknown, is void', () => {
    const approvals = [approve(lee, asked), approve(park, asked)]
    expect(
      stateOf(caseOf(asked, approvals), later, changed(kim, { suspensions: [{ from: T1 + 9, until: T1 + 10 }] })),
    ).toBe('void')
    expect(stateOf(caseOf(asked, approvals), later, people.slice(1))).toBe('void')
  })

  it('Q6 only a key that was theirs when it signed, and was not lost since', () => {
    const given = T1 + 1_000
    const approval = approve(lee, asked, given)
    const held = (from: number, more: object = {}) => rosterOf(changed(lee, { keys: [keyOf(lee.passkey, from, more)] }))
    expect(refusal(approval, asked, held(given))).toBe('counts')
    expect(refusal(approval, asked, held(given + 1))).toBe('APPROVAL-007')
    expect(refusal(approval, asked, held(T0, { until: given }))).toBe('APPROVAL-007')
    expect(refusal(approval, asked, held(T0, { until: given + 1 }))).toBe('counts')
    expect(refusal(approval, asked, held(T0, { until: given + 1, lost: true }))).toBe('APPROVAL-007')
    expect(refusal(approve({ ...lee, passkey: park.passkey }, asked))).toBe('APPROVAL-007')
    expect(refusal({ ...approval, assertion: approve(park, asked).assertion })).toBe('APPROVAL-007')
  })

  it('Q6 a public key under a second name stays with whoever had it first', () => {
    const stolen = { ...keyOf(park.passkey, T0 + 1), id: 'A'.repeat(43) }
    const among = rosterOf(changed(lee, { keys: [stolen] }))
    const replayed = approve(park, asked)
    const mine = { ...replayed, person: 'lee', assertion: { ...replayed.assertion, credential_id: stolen.id } }
    expect([refusal(mine, asked, among), refusal(replayed, asked, among)]).toEqual(['APPROVAL-007', 'counts'])
    const same = rosterOf(changed(lee, { keys: [{ ...stolen, from: T0 }] }))
    expect([refusal(mine, asked, same), refusal(replayed, asked, same)]).toEqual(['APPROVAL-007', 'APPROVAL-007'])
    const named = rosterOf(changed(lee, { keys: [keyOf(park.passkey, T0 + 1)] }))
    expect([refusal({ ...replayed, person: 'lee' }, asked, named), refusal(replayed, asked, named)]).toEqual([
      'APPROVAL-007',
      'counts',
    ])
  })
})

describe('when it counts', () => {
  it('Q1 only over exactly this proposal', () => {
    const other = proposal({ proposal: 'proposal-2' })
    expect(refusal(approve(lee, other))).toBe('APPROVAL-001')
    expect(refusal({ ...approve(lee, other), proposal: asked.proposal })).toBe('APPROVAL-001')
    const relabelled = { ...approve(lee, asked), assertion: approve(lee, other).assertion }
    expect(refusal(relabelled)).toBe('PASSKEY-004')
  })

  it('Q7 from the proposal to before its expiry', () => {
    const at = (given: number, now = asked.expires_at + 5) => refusal(approve(lee, asked, given), asked, roster, now)
    expect([at(T1), at(asked.expires_at - 1)]).toEqual(['counts', 'counts'])
    expect([at(T1 - 1), at(asked.expires_at), at(later + 1, later)]).toEqual(Array(3).fill('APPROVAL-006'))
  })

  it('Q7 what waits too long expires, and so does what was approved and left lying', () => {
    const two = [approve(lee, locked), approve(park, locked)]
    expect(stateOf(caseOf(locked, two.slice(1)), locked.expires_at - 1)).toBe('waiting 1')
    expect(stateOf(caseOf(locked, two.slice(1)), locked.expires_at)).toBe('expired')
    expect(stateOf(caseOf(locked, two), locked.expires_at + LOCK_MS - 1)).toBe('approved')
    expect(stateOf(caseOf(locked, two), locked.expires_at + LOCK_MS)).toBe('expired')
  })

  it('Q8 the lock runs from the approval that completed the quorum', () => {
    const found = outcome(
      caseOf(locked, [approve(park, locked, T1 + 500), approve(lee, locked, T1 + 90)]),
      roster,
      later,
    )
    expect(found).toEqual({
      ...{ state: 'approved', approved_by: ['lee', 'park'], executable_from: T1 + 500 + LOCK_MS },
      executable_until: locked.expires_at + LOCK_MS,
    })
  })

  it('Q8 any one guardian vetoes until it is executed; nobody else does', () => {
    const two = [approve(lee, locked), approve(park, locked)]
    const vetoed = (person: string, at: number, more: Partial<Case> = {}, among: readonly Person[] = people) =>
      stateOf(caseOf(locked, two, { vetoes: [{ person, at }], ...more }), later, among)
    expect(vetoed('han', T1)).toBe('vetoed')
    expect(vetoed('han', later)).toBe('vetoed')
    expect([vetoed('lee', T1), vetoed('nobody', T1), vetoed('han', T1 - 1), vetoed('han', later + 1)]).toEqual(
      Array(4).fill('approved'),
    )
    expect(vetoed('han', later, { executed_at: later - 1 })).toBe('executed')
    expect(vetoed('han', T1 + 5, {}, changed(han, { suspensions: [{ from: T1 }] }))).toBe('approved')
    expect(vetoed('han', T1 + 5, {}, changed(han, { suspensions: [{ from: T1 + 6 }] }))).toBe('vetoed')
  })

  it('Q11 is executed once, not before the lock ends and not unapproved', () => {
    const two = [approve(lee, locked, T1), approve(park, locked, T1)]
    const at = (now: number, of = caseOf(locked, two)) => executionFault(of, roster, now)?.code
    expect(at(T1 + LOCK_MS - 1)).toBe('APPROVAL-012')
    expect(at(T1 + LOCK_MS)).toBeUndefined()
    expect(at(T1 + LOCK_MS, caseOf(locked, two.slice(1)))).toBe('APPROVAL-012')
    expect(at(T1 + LOCK_MS, caseOf(locked, two, { vetoes: [{ person: 'han', at: T1 }] }))).toBe('APPROVAL-012')
    expect(at(T1 + LOCK_MS + 1, caseOf(locked, two, { executed_at: T1 + LOCK_MS }))).toBe('APPROVAL-014')
  })
})

describe('Q9 laws', () => {
  const pool: readonly Approval[] = [lee, park, choi, jung, kang, kim, han].flatMap((who) =>
    [T1 - 5, T1 + 10, T1 + 20, T1 + DAY_MS].map((given, place) =>
      approve(place === 2 ? { ...who, passkey: lee.passkey } : who, locked, given),
    ),
  )
  const some = fc.subarray([...pool])
  const vetoes = fc.array(
    fc.record({ person: fc.constantFrom('han', 'lee'), at: fc.integer({ min: T1, max: T1 + 30 }) }),
    { maxLength: 1 },
  )
  const instants = fc.integer({ min: T1 - 10, max: locked.expires_at + LOCK_MS + 10 })
  const find = (approvals: readonly Approval[], at: number, against: readonly Veto[] = []): Outcome =>
    outcome(caseOf(locked, approvals, { vetoes: against }), roster, at)

  it('Q9 any order of the same records gives the same outcome', () => {
    const shuffled = some.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, vetoes, instants, ([list, turned], against, at) => {
        expect(find([...turned, ...turned], at, [...against].reverse())).toEqual(find(list, at, against))
      }),
    )
  })

  it('Q9 one more approval never makes it less approved, nor later', () => {
    const rank = (found: Outcome): number =>
      found.state === 'approved' ? 100 : found.state === 'waiting' ? 10 - found.missing : 0
    fc.assert(
      fc.property(some, fc.constantFrom(...pool), instants, (list, more, at) => {
        const before = find(list, at)
        const after = find([...list, more], at)
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
        if (before.state !== 'approved' || after.state !== 'approved') return
        expect(after.executable_from).toBeLessThanOrEqual(before.executable_from)
        expect(after.executable_until).toBe(before.executable_until)
      }),
    )
  })

  it('Q4 Q9 it is never approved by fewer people than its terms ask for', () => {
    fc.assert(
      fc.property(some, instants, (list, at) => {
        const found = find(list, at)
        if (found.state !== 'approved') return
        expect(new Set(found.approved_by).size).toBeGreaterThanOrEqual(locked.terms.approvals_min)
        expect(found.approved_by).not.toContain('kim')
      }),
    )
  })
})

describe('the policy', () => {
  it('Q10 what no terms name cannot be proposed', () => {
    const { terms: _, expires_at: __, ...draft } = asked
    expect(propose(POLICY, { ...draft, act: 'pack.load' })).toMatchObject({ code: 'APPROVAL-009', field: 'act' })
    expect(propose(POLICY, draft)).toEqual(asked)
  })

  it('Q10 an act that weakens protection is locked and can be vetoed', () => {
    expect(policyFault(POLICY)).toBeUndefined()
    const [first, ...rest] = POLICY.acts
    if (first === undefined) throw new Error('the policy has acts')
    const fault = (change: object) =>
      policyFault({ ...POLICY, acts: [{ ...first, terms: { ...first.terms, ...change } }, ...rest] })
    expect(fault({ time_lock_ms: 0 })).toMatchObject({ code: 'APPROVAL-010', field: 'acts.0' })
    expect(fault({ veto_roles: [] })).toMatchObject({ code: 'APPROVAL-010', field: 'acts.0' })
    expect(policyFault({ ...POLICY, acts: [first, first] })).toMatchObject({ code: 'APPROVAL-010', field: 'acts.1' })
  })
})
