import { describe, expect, it } from 'vitest'
import { passkey } from '../../../../test/kit/passkey.ts'
import { CODE, hashOf, openTeam, SITE, type Team } from '../../../../test/kit/team.ts'
import { HOUR_MS, MINUTE_MS } from '../../../kernel/time.ts'
import type { Entry } from '../../../machine/index.ts'
import type { Data } from '../../../machine/room.ts'
import { ApprovalAudit, type Audit } from './index.ts'

const HALT = { scope: 'all', reason: 'a drill' }

function audited(entries: readonly Entry[]): Audit {
  const audit = new ApprovalAudit()
  for (const entry of entries) audit.take(entry)
  return audit.end()
}

/** What was found, each as `index code`. */
const found = (entries: readonly Entry[]): string[] =>
  audited(entries).findings.map(({ index, code }) => `${index} ${code}`)

const entriesOf = (team: Team): Entry[] => team.recorded.map(({ index: _, ...entry }) => entry)
const placeOf = (entries: readonly Entry[], type: string): number =>
  entries.findLastIndex((entry) => entry.kind === 'event' && entry.type === type)

/** The entry at a place with other data. */
const changed = (entries: readonly Entry[], place: number, data: Data): Entry[] =>
  entries.map((entry, at) => (at === place ? { ...entry, data: { ...entry.data, ...data } } : entry))

const without = (entries: readonly Entry[], gone: (entry: Entry) => boolean): Entry[] =>
  entries.filter((entry) => !gone(entry))

/** What an administrator with the database in hand writes behind it: one turn. */
function forged(entries: readonly Entry[], by: string, ...told: readonly [string, Data, string?][]): Entry[] {
  const last = entries.at(-1)
  const turn = { turn: (last?.turn ?? 0) + 1, at: (last?.at ?? 0) + 1, by }
  return [
    ...entries,
    ...told.map(
      ([type, data, cause], place): Entry => ({
        ...{ ...turn, kind: place === 0 ? 'command' : 'event', type, data },
        ...(cause !== undefined && { cause }),
      }),
    ),
  ]
}

const newKey = (label: string) => ({
  ...{ ...passkey().credential, algorithm: 'ES256', aaguid: '00000000-0000-0000-0000-000000000000' },
  ...{ format: 'none', label },
})

/** Lifted by two; a policy of approvals that was vetoed; an invitation that waits. */
function ordinary() {
  const team = openTeam()
  team.as('kim', 'halt.raise', HALT)
  const lift = team.propose('kim', 'halt.lift', HALT)
  team.carry(lift, ['park', 'jung'])
  team.as('lee', 'halt.raise', HALT)
  return { team, lift }
}

describe('an honest journal', () => {
  it('V1 to V9: has no finding, whatever became of its proposals', () => {
    const { team } = ordinary()
    team.carry(team.propose('kim', 'person.invite', { person: 'han', roles: ['finance'] }), ['park', 'choi'])
    const token_hash = hashOf('link of han')
    team.as('lee', 'enrolment.issue', { person: 'han', token_hash, expires_at: team.now() + HOUR_MS })
    team.run('enrolment', 'key.enrol', { person: 'han', token_hash, key: newKey('han') })
    team.carry(team.propose('lee', 'key.add', { person: 'lee', key: newKey('second') }), ['park', 'choi'])
    team.carry(team.propose('kim', 'key.recover', { person: 'lee', reason: 'lost' }), ['park', 'jung'])
    const site = { ...SITE, origins: [...SITE.origins, 'https://second.exchange.example'] }
    team.carry(team.propose('kim', 'site.set', site), ['park', 'jung'])
    const vetoed = team.propose('kim', 'halt.lift', HALT)
    team.as('jung', 'proposal.veto', { proposal: vetoed.proposal, reason: 'no' })
    const withdrawn = team.propose('kim', 'halt.lift', HALT)
    team.as('kim', 'proposal.withdraw', { proposal: withdrawn.proposal, reason: 'a slip' })
    team.propose('kim', 'halt.lift', HALT)
    team.pass(25 * HOUR_MS)
    team.propose('kim', 'halt.lift', HALT)
    expect(audited(entriesOf(team))).toMatchObject({
      ...{ ok: true, findings: [], phase: 'founded', people: 6, approvals: 10, founding_acts: 4 },
      outcomes: { executed: 5, vetoed: 1, withdrawn: 1, expired: 1, waiting: 1 },
    })
  })

  it('V6: an approval holds that was signed for an origin which was given up before the execution', () => {
    const team = openTeam()
    const lift = team.as('kim', 'halt.raise', HALT) && team.propose('kim', 'halt.lift', HALT)
    team.as('park', 'proposal.approve', team.signed('park', lift))
    const elsewhere = { ...SITE, origins: ['https://second.exchange.example'] }
    const move = team.propose('kim', 'site.set', elsewhere)
    team.carry(move, ['park', 'jung'])
    team.as('jung', 'proposal.approve', team.signed('jung', lift, { origin: 'https://second.exchange.example' }))
    team.pass(HOUR_MS)
    expect(team.outcome(lift)).toBe('executed')
    expect(found(entriesOf(team))).toEqual([])
  })
})

describe('an administrator with the database in hand', () => {
  it('V8: writes an execution that nobody approved: found', () => {
    const { team } = ordinary()
    const open = team.propose('kim', 'halt.lift', HALT)
    const entries = entriesOf(team)
    const executed = { proposal: open.proposal, act: 'halt.lift', parameters: HALT, approved_by: ['park', 'jung'] }
    const lifted: [string, Data, string] = ['halt.lifted', { ...HALT, halt_epoch: 2 }, 'halt.lift']
    const forgery = forged(entries, 'clock', ['time.tick', {}], ['proposal.executed', executed], lifted)
    expect(found(forgery)).toEqual([`${entries.length + 1} AUDIT-008`])
  })

  it('V6: moves approvals from one proposal to another: each is found, and so is what was done by them', () => {
    const { team, lift } = ordinary()
    const open = team.propose('kim', 'person.invite', { person: 'eve', roles: ['approver'] })
    const entries = entriesOf(team)
    const given = entries.filter(({ type, data }) => type === 'proposal.approved' && data.proposal === lift.proposal)
    let forgery = entries
    for (const { data, by } of given) {
      const moved = { ...data, proposal: open.proposal, digest: hashOf('x'), given_at: (forgery.at(-1)?.at ?? 0) + 1 }
      forgery = forged(forgery, by, ['proposal.approve', data], ['proposal.approved', moved])
    }
    const act = { proposal: open.proposal, act: open.act, parameters: open.parameters, approved_by: ['park', 'jung'] }
    const person = { person: 'eve', roles: ['approver'], accounts: [] }
    const late: Entry[] = forged(forgery, 'clock', ['time.tick', {}], ['proposal.executed', act])
    const done = [...late, { ...late.at(-1), type: 'person.invited', data: person, cause: 'person.invite' } as Entry]
    const first = entries.length
    expect(found(done)).toEqual([`${first + 1} AUDIT-006`, `${first + 3} AUDIT-006`, `${first + 5} AUDIT-008`])
  })

  it('V5, V6: softens the terms of a proposal: neither its terms nor any approval holds', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const made = placeOf(entries, 'proposal.made')
    const proposal = entries[made]?.data.proposal as { readonly terms: object }
    const soft = { ...proposal, terms: { ...proposal.terms, approvals_min: 1, time_lock_ms: 0 } }
    const codes = found(changed(entries, made, { proposal: soft }))
    expect(codes[0]).toBe(`${made} AUDIT-005`)
    expect(codes.filter((code) => code.endsWith('AUDIT-006'))).toHaveLength(2)
    expect(codes.at(-1)).toMatch(/AUDIT-008$/)
  })

  it('V9: registers a key outside of a proposal, or by a link that nobody granted: found', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const key = { person: 'park', key: newKey('mine') }
    const token = { person: 'park', token_hash: hashOf('mine') }
    const place = entries.length + 1
    const bare = forged(entries, 'clock', ['time.tick', {}], ['key.registered', key])
    expect(found(bare)).toEqual([`${place} AUDIT-009`])
    const linked = forged(entries, 'enrolment', ['key.enrol', { ...token, ...key }], ['key.registered', key])
    expect(found(linked)).toEqual([`${place} AUDIT-009`])
    const caused = forged(entries, 'clock', ['time.tick', {}], ['key.registered', key, 'key.add'])
    expect(found(caused)).toEqual([`${place} AUDIT-003`])
    const [held] = team.app.rooms.access.state.people.get('lee')?.keys ?? []
    const taken = { person: 'park', key: { ...newKey('x'), public_key: held?.public_key ?? '' } }
    expect(found(forged(entries, 'clock', ['time.tick', {}], ['key.registered', taken]))).toEqual([
      `${place} AUDIT-009`,
    ])
  })

  it('V1, V2, V8: removes a veto and executes: the turn’s gap, or the veto itself, is found', () => {
    const { team } = ordinary()
    const open = team.propose('kim', 'halt.lift', HALT)
    for (const name of ['park', 'choi']) team.as(name, 'proposal.approve', team.signed(name, open))
    team.as('jung', 'proposal.veto', { proposal: open.proposal, reason: 'no' })
    team.pass(HOUR_MS)
    const entries = entriesOf(team)
    const executed = { proposal: open.proposal, act: 'halt.lift', parameters: HALT, approved_by: ['park', 'choi'] }
    const veto = entries[placeOf(entries, 'proposal.vetoed')]
    const later = forged(
      ...([without(entries, ({ turn }) => turn === veto?.turn), 'clock'] as const),
      ...([
        ['time.tick', {}],
        ['proposal.executed', executed],
        ['halt.lifted', { ...HALT, halt_epoch: 2 }, 'halt.lift'],
      ] as [string, Data, string?][]),
    ).map((entry, _, all) =>
      entry.turn === all.at(-1)?.turn ? { ...entry, turn: entry.turn + 1, at: team.now() } : entry,
    )
    expect(found(later)).toContain(`${later.length - 3} AUDIT-001`)
    const kept = forged(entries, 'clock', ['time.tick', {}], ['proposal.executed', executed])
    expect(found(kept)).toEqual([`${entries.length + 1} AUDIT-002`])
  })

  it('V3, V8: changes what was executed, or what it brought about: found at that entry', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const lifted = placeOf(entries, 'halt.lifted')
    expect(found(changed(entries, lifted, { scope: 'wallet:hot' }))).toEqual([`${lifted} AUDIT-003`])
    const executed = placeOf(entries, 'proposal.executed')
    const codes = found(changed(entries, executed, { parameters: { scope: 'wallet:hot', reason: 'x' } }))
    expect(codes).toEqual([`${executed} AUDIT-008`, `${lifted} AUDIT-003`])
    const twice = [...entries.slice(0, lifted + 1), ...entries.slice(lifted)]
    expect(found(twice)).toEqual([`${lifted + 1} AUDIT-003`])
    expect(found(changed(entries, executed, { approved_by: ['park'] }))).toEqual([`${executed} AUDIT-008`])
  })

  it('V3: takes a guarded act as a first command, with its event: both are found', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const place = entries.length
    const lifted = { ...HALT, halt_epoch: 2 }
    const forgery = forged(entries, 'person:kim', ['halt.lift', HALT], ['halt.lifted', lifted])
    expect(found(forgery)).toEqual([`${place} AUDIT-003`, `${place + 1} AUDIT-003`])
  })

  it('V4: acts as the founder after founding, names another founder, or closes founding early: found', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const act = { act: 'halt.lift', parameters: HALT, reason: 'x' }
    const acted = forged(entries, 'person:kim', ['proposal.make', { ...act, origin: {} }], ['founding.acted', act])
    expect(found(acted)).toEqual([`${entries.length + 1} AUDIT-004`])
    const other = { person: 'eve', roles: ['approver'] }
    const enrol = { ...other, site: SITE, key: newKey('eve') }
    const second = forged(entries, 'enrolment', ['founder.enrol', enrol], ['founder.enrolled', other])
    expect(found(second)).toEqual([`${entries.length + 1} AUDIT-004`])
    const closed = placeOf(entries, 'founding.closed')
    const early = forged(entries.slice(0, 6), 'person:kim', ['founding.close', {}], ['founding.closed', {}])
    expect(found(early)).toEqual(['7 AUDIT-004'])
    expect(found(entries.slice(0, closed + 1))).toEqual([])
  })

  it('V7: writes a call-back that nobody heard, or a veto in a guardian’s name: found', () => {
    const team = openTeam()
    const open = team.propose('kim', 'key.recover', { person: 'lee', reason: 'lost' })
    const id = { proposal: open.proposal }
    const shown = { ...id, code_hash: hashOf(CODE), expires_at: team.now() + MINUTE_MS }
    team.as('kim', 'call.open', shown)
    const entries = entriesOf(team)
    const place = entries.length + 1
    const heard = { ...id, person: 'park' }
    const guess = forged(
      entries,
      'person:park',
      ['call.answer', { ...id, code: '0000-0000-0000' }],
      ['call.answered', heard],
    )
    expect(found(guess)).toEqual([`${place} AUDIT-007`])
    const own = forged(
      entries,
      'person:kim',
      ['call.answer', { ...id, code: CODE }],
      ['call.answered', { ...id, person: 'kim' }],
    )
    expect(found(own)).toEqual([`${place} AUDIT-007`])
    const veto = { ...id, person: 'park', reason: 'no' }
    expect(found(forged(entries, 'person:park', ['proposal.veto', id], ['proposal.vetoed', veto]))).toEqual([
      `${place} AUDIT-007`,
    ])
    expect(
      found(forged(entries, 'person:eve', ['proposal.withdraw', id], ['proposal.withdrawn', { ...id, reason: 'x' }])),
    ).toEqual([`${place} AUDIT-007`])
  })

  it('V5: proposes in a colleague’s name, or dates it back: found', () => {
    const { team } = ordinary()
    team.propose('kim', 'halt.lift', HALT)
    const entries = entriesOf(team)
    const made = placeOf(entries, 'proposal.made')
    const proposal = entries[made]?.data.proposal as object
    expect(found(changed(entries, made, { proposal: { ...proposal, proposed_by: 'lee' } }))).toEqual([
      `${made} AUDIT-005`,
    ])
    expect(found(changed(entries, made, { digest: hashOf('x') }))).toEqual([`${made} AUDIT-005`])
    const other = entries.map((entry) => ({ ...entry, turn: entry.turn + (entry.turn > 20 ? 1 : 0) }))
    expect(found(other)[0]).toMatch(/AUDIT-001$/)
  })

  it('V1: splits a turn, moves it in time or gives it to somebody else: found', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const lifted = placeOf(entries, 'halt.lifted')
    const at = (change: Partial<Entry>) =>
      found(entries.map((entry, place) => (place === lifted ? { ...entry, ...change } : entry)))
    expect(at({ by: 'person:eve' })).toEqual([`${lifted} AUDIT-001`])
    expect(at({ at: 1 })).toEqual([`${lifted} AUDIT-001`])
    expect(at({ turn: 1 })[0]).toBe(`${lifted} AUDIT-001`)
    const audit = new ApprovalAudit()
    audit.unreadable('not an entry')
    expect(audit.end().findings).toMatchObject([{ index: 0, code: 'AUDIT-001' }])
  })

  it('V2: writes what has no shape or fits nothing: found, and the rest is still read', () => {
    const { team } = ordinary()
    const entries = entriesOf(team)
    const place = entries.length + 1
    const tell = (type: string, data: Data): string[] =>
      found(forged(entries, 'clock', ['time.tick', {}], [type, data]))
    expect(tell('person.suspended', { person: 'nobody', reason: 'x' })).toEqual([`${place} AUDIT-002`])
    expect(tell('person.suspended', { person: 7 })).toEqual([`${place} AUDIT-002`])
    expect(tell('proposal.lapsed', { proposal: 'proposal-1-1', why: 'void' })).toEqual([`${place} AUDIT-002`])
    expect(tell('person.invited', { person: 'park', roles: ['operator', 'approver'], accounts: [] })).toEqual([
      `${place} AUDIT-003`,
      `${place} AUDIT-002`,
    ])
  })
})
