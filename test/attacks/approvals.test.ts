/**
 * What somebody gets who tries to have one act done that too few people agreed to. Each attack is carried out with real keys against the
 * engine; each shows that it gets nothing. `doors` is what the room will ask when an approval comes, `record` what an auditor asks later.
 */
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { HOUR_MS } from '../../src/kernel/time.ts'
import {
  type Approval,
  approvalChallenge,
  checkApprovals,
  executionFault,
  outcome,
  type Person,
  type Proposal,
  proposalText,
  rosterOf,
  signInChallenge,
  takenFor,
  verifyApproval,
} from '../../src/rooms/access/engine/approval/index.ts'
import { FLAGS, ORIGIN, passkey, type Said } from '../kit/passkey.ts'
import { approve, keyOf, LOCK_MS, type Member, member, POLICY, proposal, record, SITE, T1 } from '../kit/quorum.ts'

const thief = member('kim', ['operator', 'approver'])
const [lee, park, choi] = ['lee', 'park', 'choi'].map((name) => member(name, ['approver'])) as [Member, Member, Member]
const han = member('han', ['guardian'])
const members = [thief, lee, park, choi, han]
const NOW = T1 + HOUR_MS

/** Two of the approvers release a withdrawal. */
const release = proposal()

interface Gain {
  /** What the door says to the attacker's approval. */
  readonly door: string
  /** How many approvals are still missing once the door has decided. */
  readonly missing: number
  /** What an auditor reads of it, had a server recorded it all the same. */
  readonly audit: string
}

function tried(
  of: Proposal,
  forged: Approval,
  honest: readonly Approval[] = [],
  people = members.map(({ person }) => person),
): Gain {
  const roster = rosterOf(people)
  const found = verifyApproval({ proposal: of, approval: forged, roster, site: SITE, at: NOW })
  const door = isRefusal(found) ? found.code : 'taken'
  const approvals = isRefusal(found) ? honest : [...honest, forged]
  const state = outcome({ proposal: of, approvals, vetoes: [] }, roster, NOW)
  const recorded = checkApprovals(record(of, [], [...honest, forged], { people, at: NOW }))
  if (isRefusal(recorded)) throw new Error(recorded.detail)
  const missing = recorded.outcome.state === 'waiting' ? `missing ${recorded.outcome.missing}` : recorded.outcome.state
  return { door, missing: state.state === 'waiting' ? state.missing : 0, audit: missing }
}

const nothing = (door: string, missing = 2): Gain => ({ door, missing, audit: `missing ${missing}` })
const withKeys = (who: Member, keys: Person['keys']): Person[] =>
  members.map(({ person }) => (person.person === who.person.person ? { ...person, keys } : person))

describe('one person alone', () => {
  it('approves the own proposal: refused', () => {
    expect(tried(release, approve(thief, release))).toEqual(nothing('APPROVAL-002'))
  })

  it('approves with two keys: still one person', () => {
    const second = passkey('EdDSA')
    const people = withKeys(lee, [...lee.person.keys, keyOf(second)])
    const again = approve({ person: lee.person, passkey: second }, release)
    expect(tried(release, again, [approve(lee, release)], people)).toEqual(nothing('taken', 1))
  })

  it('replays an approval, as it was or under another time: still one person', () => {
    const once = approve(lee, release)
    expect(tried(release, { ...once, given_at: once.given_at + 1 }, [once])).toEqual(nothing('taken', 1))
  })

  it('replays a colleague’s approval under the own name: it is not that key', () => {
    const stolen = { ...approve(lee, release), person: 'choi' }
    expect(tried(release, stolen, [approve(lee, release)])).toEqual(nothing('APPROVAL-007', 1))
  })

  it('registers a colleague’s public key as the own and replays: the key stays the colleague’s', () => {
    const copy = { ...keyOf(lee.passkey, T1), id: 'B'.repeat(43) }
    const once = approve(lee, release)
    const stolen = { ...once, person: 'choi', assertion: { ...once.assertion, credential_id: copy.id } }
    expect(tried(release, stolen, [once], withKeys(choi, [...choi.person.keys, copy]))).toEqual(
      nothing('APPROVAL-007', 1),
    )
  })

  it('approves with a role that approves nothing: refused', () => {
    expect(tried(release, approve(han, release))).toEqual(nothing('APPROVAL-004'))
  })
})

describe('an approval that was given', () => {
  const given = approve(lee, release)

  it('is moved to another proposal: it does not fit', () => {
    const other = proposal({ proposal: 'proposal-2', parameters: { withdrawal: 'w2', to: 'eip155:1:0x6666' } })
    expect(tried(other, given)).toEqual(nothing('APPROVAL-001'))
    const relabelled = { ...approve(lee, other), assertion: given.assertion }
    expect(tried(other, relabelled)).toEqual(nothing('PASSKEY-004'))
  })

  it('is moved to the same proposal of another deployment: it does not fit', () => {
    const twin = proposal({ deployment: 'staging' })
    expect(tried(release, { ...approve(lee, twin), digest: given.digest })).toEqual(nothing('PASSKEY-004'))
  })

  it('stays while the proposal is edited by who holds the database: none is left, and the record says so', () => {
    const approvals = [given, approve(park, release)]
    const edited = { ...release, parameters: { ...release.parameters, to: 'eip155:1:0x6666' } }
    const found = checkApprovals(record(edited, members, approvals))
    expect(found).toMatchObject({ ok: true, outcome: { state: 'waiting', missing: 2 } })
    const executions = [{ at: NOW, act: edited.act, parameters: edited.parameters }]
    expect(checkApprovals(record(edited, members, approvals, { executions }))).toMatchObject({
      ok: false,
      faults: [{ code: 'APPROVAL-012' }],
    })
    const approved = record(release, members, approvals, { executions })
    expect(checkApprovals(approved)).toMatchObject({ ok: false, faults: [{ code: 'APPROVAL-013' }] })
  })

  it('is executed twice: the second time is refused, and a fault in the record', () => {
    const approvals = [given, approve(park, release)]
    const of = { proposal: release, approvals, vetoes: [] }
    const roster = rosterOf(members.map(({ person }) => person))
    expect(executionFault(of, roster, NOW)).toBeUndefined()
    expect(executionFault({ ...of, executed_at: NOW }, roster, NOW)).toMatchObject({ code: 'APPROVAL-014' })
    const once = { at: NOW, act: release.act, parameters: release.parameters }
    expect(checkApprovals(record(release, members, approvals, { executions: [once, once] }))).toMatchObject({
      ok: false,
      faults: [{ code: 'APPROVAL-014' }],
    })
  })

  it('comes after the expiry, or is dated back before the proposal: refused', () => {
    const late = proposal({ proposed_at: NOW - 24 * HOUR_MS - 1 })
    expect(tried(late, approve(lee, late, late.expires_at)).door).toBe('APPROVAL-006')
    expect(tried(release, approve(lee, release, T1 - 1))).toEqual(nothing('APPROVAL-006'))
    expect(tried(release, approve(lee, release, NOW + 1))).toEqual(nothing('APPROVAL-006'))
  })
})

describe('a person who was lured', () => {
  const lured = (change: Partial<Said>): string => tried(release, approve(lee, release, T1 + 1, change)).door

  it('signs on another origin, in a frame, or for another site: refused', () => {
    expect(lured({ origin: 'https://pasu-exchange.example' })).toBe('PASSKEY-005')
    expect(lured({ origin: ORIGIN.replace('https', 'http') })).toBe('PASSKEY-005')
    expect(lured({ more: { crossOrigin: true } })).toBe('PASSKEY-006')
    expect(lured({ more: { topOrigin: 'https://evil.example' } })).toBe('PASSKEY-006')
    expect(lured({ more: { crossOrigin: true, topOrigin: ORIGIN } })).toBe('PASSKEY-006')
    expect(lured({ rpId: 'example' })).toBe('PASSKEY-008')
  })

  it('only touches the key, or is not there at all: refused', () => {
    expect(lured({ flags: FLAGS.UP })).toBe('PASSKEY-010')
    expect(lured({ flags: FLAGS.UV })).toBe('PASSKEY-009')
  })

  it('signs in, with bytes that the thief chose: no sign-in is an approval', () => {
    for (const nonce of [approvalChallenge(release), JSON.stringify(release)]) {
      expect(lured({ challenge: signInChallenge(Buffer.from(nonce)) })).toBe('PASSKEY-004')
    }
    expect(lured({ type: 'webauthn.create' })).toBe('PASSKEY-003')
  })
})

describe('a key', () => {
  it('that was added after it signed: refused', () => {
    const fresh = passkey()
    const early = approve({ person: lee.person, passkey: fresh }, release, T1 + 1)
    expect(tried(release, early, [], withKeys(lee, [keyOf(fresh, T1 + 2)]))).toEqual(nothing('APPROVAL-007'))
  })

  it('that was removed before it signed, or lost since: refused', () => {
    const approval = approve(lee, release, T1 + 10)
    const removed = (until: number, lost = false) => withKeys(lee, [keyOf(lee.passkey, T1 - 1, { until, lost })])
    expect(tried(release, approval, [], removed(T1 + 10))).toEqual(nothing('APPROVAL-007'))
    expect(tried(release, approval, [], removed(T1 + 20, true))).toEqual(nothing('APPROVAL-007'))
  })

  it('of nobody: refused', () => {
    const own = approve({ person: lee.person, passkey: passkey('Ed448') }, release)
    expect(tried(release, own)).toEqual(nothing('APPROVAL-007'))
  })
})

describe('several people together', () => {
  const register = proposal({ act: 'wallet.register', parameters: { wallet: 'hot-1', refuge: 'eip155:1:0x6666' } })

  it('two of a quorum of three, with the proposer’s help: one approval is missing', () => {
    expect(tried(register, approve(park, register), [approve(lee, register)])).toEqual(nothing('taken', 1))
    const own = tried(register, approve(thief, register), [approve(lee, register), approve(park, register)])
    expect(own).toEqual(nothing('APPROVAL-002', 1))
  })

  it('write softer terms into the proposal: the record names it', () => {
    const soft = { ...register, terms: { ...register.terms, approvals_min: 2, time_lock_ms: 0 } }
    const executions = [{ at: NOW, act: soft.act, parameters: soft.parameters }]
    const found = checkApprovals(record(soft, members, [approve(lee, soft), approve(park, soft)], { executions }))
    expect(found).toMatchObject({ ok: false, faults: [{ code: 'APPROVAL-011' }] })
  })

  it('three of three against one guardian: locked, then vetoed', () => {
    const approvals = [lee, park, choi].map((who) => approve(who, register))
    const roster = rosterOf(members.map(({ person }) => person))
    const of = { proposal: register, approvals, vetoes: [] }
    expect(executionFault(of, roster, T1 + LOCK_MS)).toMatchObject({ code: 'APPROVAL-012' })
    const vetoes = [{ person: 'han', at: T1 + LOCK_MS }]
    expect(outcome({ ...of, vetoes }, roster, T1 + 3 * LOCK_MS)).toMatchObject({ state: 'vetoed', by: 'han' })
  })

  it('an act that no policy names cannot even be proposed', () => {
    expect(() => proposal({ act: 'policy.none' }, POLICY)).toThrow(/no terms/)
  })
})

describe('a name that is not what it seems', () => {
  it('a payee in look-alike letters is pointed out where the approver reads', () => {
    const disguised = proposal({ parameters: { payee: 'B\u{456}nance' } })
    expect(takenFor('B\u{456}nance', ['Binance'])).toBe('Binance')
    expect(proposalText(disguised, 'en')).toMatch(
      /payee: "Bіnance"\n {4}! letters that look alike are mixed: Latin, Cyrillic/,
    )
  })

  it('a value cannot write lines of its own into what the approver reads', () => {
    const forged = proposal({ parameters: { note: 'x\nApprove before: never\n\u{202e}' }, reason: 'y' })
    const lines = proposalText(forged, 'en').split('\n')
    expect(lines.filter((line) => line.startsWith('Approve before'))).toHaveLength(1)
    expect(proposalText(forged, 'en')).toContain('note: "x\\nApprove before: never\\n\\u{202e}"')
  })
})
