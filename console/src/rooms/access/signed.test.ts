import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical as kernelCanonical } from '../../../../src/kernel/canonical.ts'
import { approvalChallenge, proposalDigest, proposalText } from '../../../../src/rooms/access/engine/approval/index.ts'
import type { ProposalDetail, Signed } from '../../api/access.ts'
import { checkProposal, type Difference } from './checkProposal.ts'
import { canonical, digestOf, NotCanonical } from './signed.ts'

const SIGNED: Signed = {
  deployment: 'demo',
  proposal: 'proposal-1',
  act: 'halt.lift',
  parameters: { scope: 'chain:eip155:1', reason: '원인을 찾음', list: [1, null, true, { b: '', a: '\u2028' }] },
  reason: 'the cause is found',
  proposed_by: 'kim.minji',
  proposed_at: 1_770_000_000_000,
  expires_at: 1_770_086_400_000,
  terms: {
    approvals_min: 2,
    roles: ['approver', 'guardian'],
    veto_roles: ['guardian'],
    expires_after_ms: 86_400_000,
    time_lock_ms: 1_800_000,
  },
}

/** As the server tells it, from the same data. */
const shown = (signed: Signed): ProposalDetail => ({
  ...signed,
  signed,
  title: { en: 'Lift a halt', ko: '중단 해제' },
  digest: proposalDigest(signed),
  outcome: { state: 'withdrawn', at: 0 },
  call_back: null,
  stalled: null,
  text: { en: proposalText(signed, 'en'), ko: proposalText(signed, 'ko') },
  approvals: [],
  vetoes: [],
  origin: { session: null, from: null },
  effect: [],
  unusual: [],
  can: { approve: true, veto: false, withdraw: false, answer_call: false },
  options: { challenge: approvalChallenge(signed) },
})

const whereOf = async (detail: ProposalDetail): Promise<Difference | 'same'> => {
  const checked = await checkProposal(detail)
  return checked.same ? 'same' : checked.where
}

describe('what an approval signs', () => {
  it('C16 the page’s canonical JSON is the kernel’s, whatever the value', () => {
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
    const { value } = fc.letrec<{ value: string | number | boolean | null | object }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 2 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 5 }),
      ),
    }))
    fc.assert(
      fc.property(value, (any) => {
        expect(canonical(any)).toBe(kernelCanonical(any as Parameters<typeof kernelCanonical>[0]))
      }),
    )
  })

  it('C16 what has no canonical form is refused, not guessed', () => {
    for (const strange of [0.5, Number.NaN, 2 ** 53, '\ud800', { a: ['\udfff'] }, { '\ud800': 1 }, () => 1, 1n])
      expect(() => canonical(strange)).toThrow(NotCanonical)
  })

  it('C16 the page computes the engine’s digest and challenge', async () => {
    expect(await digestOf(SIGNED)).toEqual({ name: proposalDigest(SIGNED), challenge: approvalChallenge(SIGNED) })
  })

  it('C16 an honest answer is the same', async () => {
    expect(await whereOf(shown(SIGNED))).toBe('same')
    expect(await whereOf({ ...shown(SIGNED), options: null })).toBe('same')
  })

  it('C16 one changed byte anywhere is refused, by name', async () => {
    const honest = shown(SIGNED)
    const other = shown({ ...SIGNED, parameters: { ...SIGNED.parameters, scope: 'all' } })
    const cases: readonly (readonly [ProposalDetail, Difference])[] = [
      [{ ...honest, signed: other.signed }, 'digest'],
      [{ ...honest, digest: other.digest }, 'digest'],
      [{ ...honest, options: other.options }, 'challenge'],
      [{ ...honest, reason: 'a drill' }, 'facts'],
      [{ ...honest, act: 'withdrawal.release' }, 'facts'],
      [{ ...honest, proposed_by: 'kim.minjy' }, 'facts'],
      [{ ...honest, terms: { ...honest.terms, approvals_min: 1 } }, 'facts'],
      [{ ...honest, text: other.text }, 'text'],
      [{ ...honest, text: { ...honest.text, ko: `${honest.text.ko} ` } }, 'text'],
      [{ ...honest, signed: { ...SIGNED, proposed_at: 0.5 } }, 'form'],
    ]
    expect(await Promise.all(cases.map(([detail]) => whereOf(detail)))).toEqual(cases.map(([, where]) => where))
  })
})
