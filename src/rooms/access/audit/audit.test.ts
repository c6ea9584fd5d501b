import { describe, expect, it } from 'vitest'
import { passkey } from '../../../../test/kit/passkey.ts'
import { hashOf, openTeam, type Team } from '../../../../test/kit/team.ts'
import { HOUR_MS } from '../../../kernel/time.ts'
import { decodeEntry, type Entry } from '../../../machine/index.ts'
import { Audit, type Audited } from './index.ts'

const HALT = { scope: 'all', reason: 'a drill' }
const FUND = { fund: 'reserve', krw: '1000', evidence: 'board minute 7' }

const entriesOf = (team: Team): Entry[] => team.entries.map((bytes, index) => decodeEntry(bytes, index))

function audited(entries: readonly Entry[]): Audited {
  const audit = new Audit()
  for (const entry of entries) audit.take(entry)
  return audit.end()
}
const found = (entries: readonly Entry[]): string[] =>
  audited(entries).faults.map(({ index, refusal }) => `${index} ${refusal.code}`)

/** A team that has lifted a halt, recovered a person and changed the rules, all as it should be. */
function story(): Team {
  const team = openTeam()
  team.as('kim', 'halt.raise', HALT)
  team.carry(team.propose('kim', 'halt.lift', HALT), ['park', 'jung'])
  team.carry(team.propose('kim', 'key.recover', { person: 'lee', reason: 'lost' }), ['park', 'choi'])
  const token_hash = hashOf('a link')
  team.as('jung', 'enrolment.issue', { person: 'lee', token_hash, expires_at: team.now() + HOUR_MS })
  team.run('enrolment', 'key.enrol', { person: 'lee', token_hash, key: newKey() })
  const vetoed = team.propose('kim', 'fund.set', FUND)
  team.as('jung', 'proposal.veto', { proposal: vetoed.proposal, reason: 'no' })
  return team
}
const newKey = () => ({
  ...{ ...passkey().credential, algorithm: 'ES256', aaguid: '00000000-0000-0000-0000-000000000000' },
  ...{ format: 'none', label: 'new' },
})

/** The insider's pen: one event, or a whole turn, written after the rest as if it had happened. */
function forged(entries: readonly Entry[], ...made: readonly Partial<Entry>[]): Entry[] {
  const last = entries.at(-1)
  const turn = (last?.turn ?? 0) + 1
  const base = { at: (last?.at ?? 0) + 1, by: 'person:kim', turn }
  const command = { ...base, kind: 'command', type: 'incident.note', data: {} } as const
  return [...entries, command, ...made.map((one) => ({ ...base, kind: 'event', type: '', data: {}, ...one }) as Entry)]
}
const placeAfter = (entries: readonly Entry[], places = 1): number => entries.length + places

describe('an honest journal', () => {
  it('V5: every proposal is judged again and holds; nothing is found', () => {
    const result = audited(entriesOf(story()))
    expect(result.faults).toEqual([])
    expect(result).toMatchObject({ ok: true, people: 5, proposals: 3, executed: 2, approvals: 4 })
  })
})

describe('a malicious administrator with the database in hand', () => {
  it('V1: takes a guarded command from outside', () => {
    const entries = entriesOf(story())
    const command = { ...entries.at(-1), kind: 'command', type: 'policy.set', by: 'person:kim' } as Entry
    expect(found([...entries, command])).toEqual([`${entries.length} AUDIT-001`])
  })

  it('V2: appends an effect without any proposal, or with another one’s', () => {
    const entries = entriesOf(story())
    const lifted = { type: 'halt.lifted', cause: 'halt.lift', data: { ...HALT, halt_epoch: 3 } }
    expect(found(forged(entries, lifted))).toEqual([`${placeAfter(entries)} AUDIT-002`])
    const executed = entries.find(({ type }) => type === 'proposal.executed')
    const wrong = { ...lifted, data: { scope: 'wallet:hot', reason: 'x', halt_epoch: 3 } }
    const faults = found(forged(entries, { type: 'proposal.executed', data: executed?.data ?? {} }, wrong))
    expect(faults).toContain(`${placeAfter(entries, 2)} AUDIT-002`)
  })

  it('V3: acts as the founder after founding', () => {
    const entries = entriesOf(story())
    const acted = { type: 'founding.acted', data: { act: 'halt.lift', parameters: HALT, reason: 'x' } }
    expect(found(forged(entries, acted))).toEqual([`${placeAfter(entries)} AUDIT-004`])
  })

  it('V4: registers a key that nobody let in', () => {
    const entries = entriesOf(story())
    const key = { type: 'key.registered', data: { person: 'park', key: newKey() } }
    expect(found(forged(entries, key))).toEqual([`${placeAfter(entries)} AUDIT-003`])
  })

  it('V5: executes what was not approved, twice, with other parameters, after a veto, or under softer terms', () => {
    const entries = entriesOf(story())
    const changed = (type: string, change: (data: Entry['data']) => object): Entry[] =>
      entries.map((entry) => (entry.type === type ? ({ ...entry, data: change(entry.data) } as Entry) : entry))
    const isFound = (of: readonly Entry[], code: string) =>
      expect(
        audited(of)
          .faults.map(({ refusal }) => `${refusal.code} ${refusal.detail}`)
          .join('\n'),
      ).toContain(code)
    const without = entries.filter(({ type }) => type !== 'proposal.approved')
    isFound(without, 'APPROVAL-012')
    const execution = entries.find(({ type }) => type === 'proposal.executed')
    isFound(forged(entries, { type: 'proposal.executed', data: execution?.data ?? {} }), 'APPROVAL-014')
    isFound(
      changed('proposal.executed', (data) => ({ ...data, parameters: { scope: 'all', reason: 'else' } })),
      'APPROVAL-013',
    )
    isFound(
      changed('proposal.made', (data) => softened(data)),
      'APPROVAL-011',
    )
    isFound(
      changed('proposal.approved', (data) => ({ ...data, person: 'choi' })),
      'APPROVAL-012',
    )
    const vetoed = entries.find(({ type }) => type === 'proposal.vetoed')
    const act = { act: 'fund.set', parameters: FUND, approved_by: [] }
    isFound(
      forged(entries, { type: 'proposal.executed', data: { proposal: vetoed?.data.proposal ?? '', ...act } }),
      'vetoed',
    )
  })

  it('V6: approves or executes a proposal that was never made', () => {
    const entries = entriesOf(story())
    const data = { proposal: 'proposal-9-9', act: 'halt.lift', parameters: HALT, approved_by: [] }
    expect(found(forged(entries, { type: 'proposal.executed', data }))).toContain(`${placeAfter(entries)} AUDIT-006`)
  })
})

function softened(data: Entry['data']): object {
  const proposal = data.proposal as { readonly terms: object }
  return { ...data, proposal: { ...proposal, terms: { ...proposal.terms, approvals_min: 1 } } }
}
