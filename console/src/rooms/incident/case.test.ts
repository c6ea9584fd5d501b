import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Incident, TraceState } from '../../api/types.ts'
import { sum } from '../../format/amount.ts'
import { sayIn } from '../../i18n/language.tsx'
import { deadlineWords } from '../../kit/deadline.ts'
import { CHAIN, clock, ETHER, hot, notice, quiet, stolen, theCase } from '../samples.ts'
import { clockOrder, isOwed } from './Clocks.tsx'
import { milestonesOf } from './milestones.ts'
import { moneyOf } from './money.ts'
import { type NextActsInput, nextActs } from './nextActs.ts'
import { isReadingCopy, noticeGroups } from './noticeGroups.ts'

const traced = (services: TraceState['services'], unaccounted = '0'): TraceState => ({
  ...{ trace: 'trace-1', status: 'recorded', run: 1, edges: 1, addresses: 1, digest: 'sha256:0' },
  services,
  unaccounted: [{ asset: ETHER, amount: unaccounted }],
})
const service = (kind: string, amount: string) => ({ entity: kind, kind, asset: ETHER, amount })

describe('the money of a case', () => {
  const one = (trace: TraceState | null) => moneyOf({ ...theCase, thefts: [stolen], trace })[0]

  it('C11 before a trace all of it is out of sight', () => {
    expect(one(null)).toMatchObject({ stolen: 100n, followed: 0n, lost: 100n, off: 0n })
    expect(one({ ...traced([]), digest: null })).toMatchObject({ followed: 0n, lost: 100n })
  })

  it('C11 what is in a mixer is out of sight, what is at an exchange is followed', () => {
    expect(one(traced([service('mixer', '30'), service('exchange', '50')], '5'))).toMatchObject({
      followed: 65n,
      lost: 35n,
      off: 0n,
    })
  })

  it('C11 a movement that the chain undid was not stolen', () => {
    expect(moneyOf({ ...theCase, thefts: [{ ...stolen, retracted: true }] })).toEqual([])
  })

  it('C11 the parts and what is off are the stolen sum, whatever the trace says', () => {
    const amount = fc.bigInt({ min: 0n, max: 200n }).map(String)
    const kinds = fc.constantFrom('mixer', 'exchange', 'bridge')
    fc.assert(
      fc.property(fc.array(fc.record({ kind: kinds, amount }), { maxLength: 4 }), amount, (services, unaccounted) => {
        const row = one(
          traced(
            services.map((s) => service(s.kind, s.amount)),
            unaccounted,
          ),
        )
        if (row === undefined) throw new Error('no row')
        expect(sum([row.followed, row.frozen, row.returned, row.lost, row.off])).toBe(row.stolen)
        const told = sum([...services.map((s) => BigInt(s.amount)), BigInt(unaccounted)])
        expect(row.off < 0n).toBe(told > 100n)
      }),
    )
  })
})

describe('clocks', () => {
  it('C10 what is owed stands first, then what was met, then what is only proposed', () => {
    const met = { ...clock, obligation: 'MET', met_at: 1, due_at: 1 }
    const later = { ...clock, obligation: 'LATER', due_at: 99_000_000 }
    const unset = { ...clock, obligation: 'UNSET', due_at: null }
    const proposed = { ...clock, obligation: 'PROPOSED', state: 'proposed' as const, due_at: 0 }
    const order = [proposed, unset, met, later, clock].sort(clockOrder).map(({ obligation }) => obligation)
    expect(order).toEqual(['KR-NET-INIT', 'LATER', 'UNSET', 'MET', 'PROPOSED'])
    expect([proposed, met, clock].map(isOwed)).toEqual([false, false, true])
  })

  it('C1 a round span of the law is said roundly', () => {
    const words = (deadline: Parameters<typeof deadlineWords>[0]) =>
      (['en', 'ko'] as const).map((language) => deadlineWords(deadline, sayIn(language), language))
    expect(words({ kind: 'within', seconds: 86_400 })).toEqual(['within 24 h', '24시간 이내'])
    expect(words({ kind: 'within', seconds: 3 * 86_400 })).toEqual(['within 3 d', '3일 이내'])
    expect(words({ kind: 'business_days', days: 3 })).toEqual(['within 3 business days', '3영업일 이내'])
  })
})

describe('milestones', () => {
  it('C1 count from the event, also backwards for a halt that stood before it', () => {
    const record = {
      ...{ happened_at: 1_000, aware_at: 1_800, detection_ms: 800, halted_at: 500 },
      ...{ evacuation_ordered_at: null, first_evacuated_at: null },
      notices: [{ sent_at: 9_000 }, { sent_at: null }, { sent_at: 7_000 }],
    }
    expect(milestonesOf(record).map(({ id, after }) => [id, after])).toEqual([
      ['happened', undefined],
      ['aware', 800],
      ['halted', -500],
      ['evacuated', undefined],
      ['notified', 6_000],
    ])
  })
})

describe('notices', () => {
  const english = { ...notice, notice: 'notice-2', language: 'en' as const, channel: 'none' as const }

  it('C10 the language that is sent stands before the one that is only read', () => {
    const again = { ...notice, notice: 'notice-3', run: 2 }
    const groups = noticeGroups([english, notice, again])
    expect(groups.map(({ key, notices }) => [key, notices.map(({ notice: id }) => id)])).toEqual([
      ['KR-NET-INIT 1', ['notice-1', 'notice-2']],
      ['KR-NET-INIT 2', ['notice-3']],
    ])
  })

  it('C10 a draft that nobody receives in any language is no reading copy', () => {
    expect(isReadingCopy(english, [english, notice])).toBe(true)
    expect(isReadingCopy(english, [english, { ...notice, run: 2 }])).toBe(false)
    expect(isReadingCopy(notice, [english, notice])).toBe(false)
  })
})

describe('what each role does next', () => {
  const acts = (incident: Partial<Incident>, more: Partial<NextActsInput> = {}) => {
    const input = { incident: { ...theCase, ...incident }, state: quiet, wallets: [hot], nameOf: (key: string) => key }
    return Object.fromEntries(
      nextActs({ ...input, ...more }).map(({ role, acts: own }) => [role, own.map(({ id }) => id)]),
    )
  }
  const halted = { ...quiet, halts: [{ scope: `chain:${CHAIN}`, reason: 'r', since: 1, by: 'o', alarm: null }] }

  it('C10 the engineer halts and evacuates, then watches', () => {
    expect(acts({}).oncall).toEqual(['halt', 'evacuate'])
    const ordered = { timeline: [{ at: 1, index: 1, kind: 'evacuation_ordered', text: '', text_ko: '' }] }
    expect(acts(ordered, { state: halted }).oncall).toEqual(['watch'])
    expect(acts({ status: 'closed' }).oncall).toEqual([])
  })

  it('C10 compliance tells whom the law in force says, the next one first, and closes when nothing runs', () => {
    const soon = { ...clock, obligation: 'SOON', due_at: 1 }
    const proposed = { ...clock, obligation: 'PROPOSED', state: 'proposed' as const }
    expect(acts({ clocks: [clock, soon, proposed] }).compliance).toEqual(['clock-SOON-1', 'clock-KR-NET-INIT-1'])
    expect(acts({}).compliance).toEqual(['close'])
  })

  it('C10 a draft without a recipient is compliance’s, one with a recipient the approver’s', () => {
    const homeless = { ...notice, channel: 'none' as const }
    expect(acts({ notices: [homeless] })).toMatchObject({ compliance: ['recipient-KISA'], approver: [] })
    expect(acts({ notices: [notice, { ...homeless, language: 'en' }] })).toMatchObject({
      compliance: ['close'],
      approver: ['approve'],
    })
    expect(acts({ notices: [{ ...notice, status: 'failed' }] }).compliance).toEqual(['failed-KISA'])
  })

  it('C10 finance prices, takes claims, plans and pays, in that order', () => {
    const loss = [{ asset: ETHER, symbol: 'ETH', decimals: 18, amount: '100', krw: null }]
    const by_source = { reserve: '0', insurance: '0', own: '0' }
    const repayment = {
      planned_krw: '0',
      repaid_krw: '0',
      claims: 9,
      planned: 3,
      requested: 1,
      settled: 1,
      refused: 1,
      by_source,
    }
    expect(acts({}).finance).toEqual([])
    expect(acts({ loss }).finance).toEqual(['price', 'claims'])
    expect(acts({ loss: loss.map((row) => ({ ...row, krw: '1' })), repayment }).finance).toEqual([
      'plan',
      'pay',
      'refused',
    ])
  })

  it('C10 the auditor verifies what was written since', () => {
    expect(acts({}).auditor).toEqual([])
    expect(acts({}, { state: { ...quiet, journal: { ...quiet.journal, size: 6 } } }).auditor).toEqual(['verify'])
  })
})
