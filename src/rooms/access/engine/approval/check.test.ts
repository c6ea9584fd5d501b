import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { T0 } from '../../../../../test/kit/given.ts'
import { approve, LOCK_MS, type Member, member, POLICY, proposal, record, T1 } from '../../../../../test/kit/quorum.ts'
import { isRefusal } from '../../../../kernel/refusal.ts'
import { type ApprovalRecord, type ApprovalsChecked, checkApprovals } from './index.ts'

const [kim, lee, park] = ['kim', 'lee', 'park'].map((name) => member(name, ['approver'])) as [Member, Member, Member]
const han = member('han', ['guardian'])
const members = [kim, lee, park, han]
const asked = proposal({ act: 'halt.lift', parameters: { scope: 'all' } })
const approvals = [approve(lee, asked), approve(park, asked, T1 + 2_000)]
const OPEN = T1 + 2_000 + LOCK_MS
const executed = { at: OPEN, act: asked.act, parameters: asked.parameters }

const recordOf = (change: Partial<ApprovalRecord> = {}): ApprovalRecord => record(asked, members, approvals, change)
/** As an auditor reads it: text from a file. */
const check = (of: unknown): ApprovalsChecked => {
  const found = checkApprovals(JSON.parse(JSON.stringify(of)))
  if (isRefusal(found)) throw new Error(found.detail)
  return found
}
const codes = (of: ApprovalRecord): string[] => check(of).faults.map(({ code }) => code)

describe('a record', () => {
  it('Q12 is judged from its data alone, and the same again', () => {
    const of = recordOf({ executions: [executed], at: OPEN + 1 })
    const found = check(of)
    expect(found).toMatchObject({ ok: true, digest: of.digest, outcome: { state: 'executed', at: OPEN }, faults: [] })
    expect(found.approvals).toEqual(
      approvals.map(({ person, given_at, assertion }) => ({
        person,
        given_at,
        credential_id: assertion.credential_id,
      })),
    )
    expect(check(of)).toEqual(found)
    expect(check(recordOf())).toMatchObject({ ok: true, outcome: { state: 'approved', executable_from: OPEN } })
  })

  it('Q4 Q12 says of every approval why it does not count', () => {
    const list = [
      approve(kim, asked, T1),
      ...approvals,
      approve(lee, asked, T1 + 9_000),
      approve(han, asked, T1 + 9_001),
    ]
    const found = check(recordOf({ approvals: list.reverse() }))
    expect(found.approvals.map(({ person, refusal }) => [person, refusal?.code])).toEqual([
      ['kim', 'APPROVAL-002'],
      ['lee', undefined],
      ['park', undefined],
      ['lee', 'APPROVAL-008'],
      ['han', 'APPROVAL-004'],
    ])
    expect(found).toMatchObject({ ok: true, outcome: { state: 'approved' } })
  })

  it('Q1 Q12 a proposal that was changed afterwards has another digest, and no approval left', () => {
    const found = check(recordOf({ proposal: { ...asked, parameters: { scope: 'chain:eip155:1' } } }))
    expect(found.faults).toMatchObject([{ code: 'APPROVAL-015', field: 'digest' }])
    expect(found.approvals.map(({ refusal }) => refusal?.code)).toEqual(['APPROVAL-001', 'APPROVAL-001'])
    expect(found.outcome).toMatchObject({ state: 'waiting', missing: 2 })
  })

  it('Q10 Q12 softer terms than the policy of the day are a fault, a later policy is none', () => {
    const soft = { ...asked, terms: { ...asked.terms, approvals_min: 1 } }
    expect(codes(record(soft, members, [approve(lee, soft)]))).toEqual(['APPROVAL-011'])
    const longer = { ...asked, expires_at: asked.expires_at + 1 }
    expect(codes(record(longer, members, []))).toEqual(['APPROVAL-011'])
    const later = { from: T1 + 1, acts: [] }
    expect(codes(recordOf({ policies: [later, POLICY] }))).toEqual([])
    expect(codes(recordOf({ policies: [later] }))).toEqual(['APPROVAL-009'])
    expect(codes(recordOf({ policies: [POLICY, { from: T0 + 1, acts: [] }] }))).toEqual(['APPROVAL-009'])
    expect(codes(recordOf({ policies: [{ from: T0 + 1, acts: [] }, POLICY] }))).toEqual(['APPROVAL-009'])
  })

  it('Q11 Q12 an execution too early, unapproved, of something else or again is a fault', () => {
    const run = (change: Partial<ApprovalRecord>) => codes(recordOf({ at: OPEN + 10, ...change }))
    expect(run({ executions: [executed] })).toEqual([])
    expect(run({ executions: [{ ...executed, at: OPEN - 1 }] })).toEqual(['APPROVAL-012'])
    expect(run({ executions: [executed], approvals: approvals.slice(1) })).toEqual(['APPROVAL-012'])
    expect(run({ executions: [executed], vetoes: [{ person: 'han', at: OPEN - 1 }] })).toEqual(['APPROVAL-012'])
    expect(run({ executions: [executed], vetoes: [{ person: 'han', at: OPEN + 1 }] })).toEqual([])
    expect(run({ executions: [{ ...executed, parameters: { scope: 'wallet:hot-1' } }] })).toEqual(['APPROVAL-013'])
    expect(run({ executions: [{ ...executed, act: 'people.change' }] })).toEqual(['APPROVAL-013'])
    expect(run({ executions: [{ ...executed, at: OPEN + 1 }, executed] })).toEqual(['APPROVAL-014'])
  })

  it('Q6 Q12 what happens to people and keys after the execution changes nothing', () => {
    const people = recordOf().people.map((person) => ({
      ...person,
      suspensions: [{ from: OPEN + 1 }],
      keys: person.keys.map((key) => ({ ...key, until: OPEN + 1, lost: true })),
    }))
    expect(check(recordOf({ people, executions: [executed], at: OPEN + 5 })).ok).toBe(true)
    expect(check(recordOf({ people, at: OPEN + 5 })).outcome).toMatchObject({ state: 'void' })
  })

  it('Q12 another site, or one changed byte of a signature, and the approval does not count', () => {
    const site = { rpId: 'evil.example', origins: ['https://evil.example'] }
    expect(check(recordOf({ site })).approvals.map(({ refusal }) => refusal?.code)).toEqual([
      'PASSKEY-005',
      'PASSKEY-005',
    ])
    fc.assert(
      fc.property(
        fc.constantFrom('client_data_json', 'authenticator_data', 'signature'),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (part, place, flip) => {
          const [first, second] = approvals
          if (first === undefined || second === undefined) throw new Error('two approvals')
          const bytes = Buffer.from(first.assertion[part], 'base64url')
          bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ flip
          const forged = { ...first, assertion: { ...first.assertion, [part]: bytes.toString('base64url') } }
          const found = check(recordOf({ approvals: [forged, second] }))
          expect(found.outcome).toMatchObject({ state: 'waiting', missing: 1 })
          expect(found.approvals[0]?.refusal).toMatchObject({
            code: expect.stringMatching(/^PASSKEY-/),
            field: expect.stringMatching(/^assertion\./),
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('Q12 is refused by field where it has another shape, and never throws', () => {
    const code = (of: unknown) => {
      const found = checkApprovals(of)
      return isRefusal(found) ? `${found.code} ${found.field}` : 'judged'
    }
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    const of = recordOf()
    expect(code({ ...of, proposal: { ...asked, parameters: { deep } } })).toBe('INPUT-001 proposal.parameters')
    expect(code({ ...of, proposal: { ...asked, parameters: { a: 0.5 } } })).toBe('INPUT-001 proposal.parameters')
    expect(code({ ...of, proposal: { ...asked, parameters: { a: '\ud800' } } })).toBe('INPUT-001 proposal.parameters')
    expect(code({ ...of, proposal: { ...asked, parameters: { a: 'x'.repeat(60_000) } } })).toBe(
      'INPUT-001 proposal.parameters',
    )
    expect(code({ ...of, proposal: { ...asked, more: 1 } })).toBe('INPUT-001 proposal.more')
    expect(code({ ...of, people: [...of.people, ...of.people] })).toBe('INPUT-001 people')
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(of)), fc.anything(), (member, value) => {
        const found = checkApprovals({ ...of, [member]: value })
        expect(isRefusal(found) ? found.code : typeof found.ok).toMatch(/^INPUT-001$|^boolean$/)
      }),
    )
  })
})
