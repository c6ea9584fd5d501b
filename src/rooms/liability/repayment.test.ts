import { describe, expect, it } from 'vitest'
import { T0 } from '../../../test/kit/given.ts'
import {
  account,
  BONK,
  CHAIN,
  claim,
  filing,
  fund,
  INCIDENT,
  pay,
  prices,
  robbed,
  SOL,
  type Stage,
  stage,
  theft,
  types,
} from '../../../test/kit/liability-stage.ts'
import { funds, ledger, loss, repaymentSummary } from './index.ts'
import { PLAN_CLAIMS_MAX } from './plan.ts'
import { repaymentsOf } from './views.ts'

const plan = { incident: INCIDENT }
const left = (s: Stage): string[] => funds(s.state).map((fund) => fund.left)
const items = (s: Stage) => repaymentsOf(s.state, INCIDENT, 0, 1_000)?.items ?? []
const summary = (s: Stage) => repaymentSummary(s.state, INCIDENT)
const sol = (whole: number): string => `${whole}000000000`

/** Two claims planned and asked for, `a` over two funds. */
function asked(): { s: Stage; a: string; b: string } {
  const s = robbed()
  s.when('claim.file', filing(claim('a', SOL, sol(60)), claim('b', SOL, sol(10))))
  s.when('repayment.plan', plan)
  s.when('repayment.pay', pay())
  const [a, b] = items(s)
  return { s, a: a?.repayment ?? '', b: b?.repayment ?? '' }
}

describe('the plan', () => {
  it('L10 draws on reserve, then insurance, then own funds; one claim may span them', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, sol(40)), claim('b', SOL, sol(30)), claim('c', SOL, sol(30))))
    const events = s.when('repayment.plan', plan)
    expect(types(events)).toEqual([
      'repayment.plan_started',
      ...Array(3).fill('repayment.planned'),
      'repayment.plan_finished',
    ])
    expect(items(s).map(({ claim, krw, draws }) => ({ claim, krw, draws }))).toEqual([
      { claim: 'a', krw: '8600000', draws: [{ fund: 'reserve', krw: '8600000' }] },
      {
        claim: 'b',
        krw: '6450000',
        draws: [
          { fund: 'reserve', krw: '1400000' },
          { fund: 'insurance', krw: '5000000' },
          { fund: 'own', krw: '50000' },
        ],
      },
      { claim: 'c', krw: '6450000', draws: [{ fund: 'own', krw: '6450000' }] },
    ])
    expect(summary(s)).toEqual({
      ...{ planned_krw: '21500000', repaid_krw: '0', claims: 3, planned: 3, requested: 0, settled: 0, refused: 0 },
      by_source: { reserve: '10000000', insurance: '5000000', own: '6500000' },
    })
    expect(events.at(-1)?.data).toMatchObject({ claims: 3, planned: 3, planned_krw: '21500000', unfunded: 0 })
  })

  it('L10 asked again, it plans only what has no plan', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, sol(1))))
    s.when('repayment.plan', plan)
    expect(s.when('repayment.plan', plan)).toEqual([])
    s.when('claim.file', filing(claim('b', SOL, sol(1))))
    expect(s.when('repayment.plan', plan).map(({ data }) => 'claim' in data && data.claim)).toContain('b')
    expect(items(s).map(({ claim }) => claim)).toEqual(['a', 'b'])
  })

  it('L10 refuses to plan a case without a loss', () => {
    expect(stage().ask('repayment.plan', plan)).toMatchObject({ code: 'LIABILITY-006', field: 'incident' })
  })

  it('L10 values each claim at the time of the loss, and keeps the value of what is planned', () => {
    const s = robbed()
    s.when('price.load', prices(T0 + 1, '999000000000'))
    s.when('claim.file', filing(claim('a', SOL, sol(1)), claim('b', SOL, sol(1))))
    s.when('repayment.plan', plan)
    s.when('price.load', prices(T0 - 1, '1000000'))
    expect(items(s).map(({ krw }) => krw)).toEqual(['215000', '215000'])
  })

  it('L10 claims are together never worth more than the loss, whatever is rounded away', () => {
    const s = robbed()
    s.when('loss.record', theft('bonk', BONK, '1000001'))
    const thirds = ['333334', '333334', '333333'].map((amount, n) => claim(`c${n}`, BONK, amount))
    s.when('claim.file', filing(...thirds))
    s.when('repayment.plan', plan)
    expect(loss(s.state, INCIDENT).loss.find(({ asset }) => asset === BONK)?.krw).toBe('0')
    expect(items(s).map(({ krw, draws }) => ({ krw, draws }))).toEqual(Array(3).fill({ krw: '0', draws: [] }))
  })

  it('L11 leaves a claim unfunded that no fund covers whole, says what is missing, and goes on with the next', () => {
    const s = robbed()
    s.when('fund.set', fund('own', '0'))
    s.when('claim.file', filing(claim('a', SOL, sol(90)), claim('b', SOL, sol(10))))
    s.when('repayment.plan', plan)
    expect(repaymentsOf(s.state, INCIDENT, 0, 10)?.unfunded).toEqual([
      {
        ...{ claim: 'a', customer: 'customer-a', asset: SOL, symbol: 'SOL', decimals: 9, amount: sol(90) },
        ...{ why: 'no_fund', missing_krw: '4350000' },
      },
    ])
    expect(items(s).map(({ claim }) => claim)).toEqual(['b'])
  })

  it('L11 looks at it again once money is there, and not before', () => {
    const s = robbed()
    for (const name of ['reserve', 'insurance', 'own'] as const) s.when('fund.set', fund(name, '0'))
    s.when('claim.file', filing(claim('a', SOL, sol(2))))
    expect(types(s.when('repayment.plan', plan))).toContain('repayment.unfunded')
    expect(s.when('repayment.plan', plan)).toEqual([])
    s.when('fund.set', fund('own', '430000'))
    expect(types(s.when('repayment.plan', plan))).toContain('repayment.planned')
    expect(left(s)).toEqual(['0', '0', '0'])
  })

  it('L11 does not plan what has no price, and plans it once the price is known', () => {
    const s = stage()
    s.when('loss.record', theft('a', SOL, sol(1)))
    s.when('fund.set', fund('own', '1000000'))
    s.when('claim.file', filing(claim('a', SOL, sol(1))))
    s.when('repayment.plan', plan)
    expect(repaymentsOf(s.state, INCIDENT, 0, 10)?.unfunded).toMatchObject([{ why: 'no_price', missing_krw: null }])
    s.when('price.load', prices())
    expect(types(s.when('repayment.plan', plan))).toContain('repayment.planned')
  })

  it('L11 does not plan what exceeds the loss after a reorganisation', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, sol(1))))
    s.when('loss.reverse', { chain: CHAIN, tx: 'theft1', place: 0 })
    s.when('repayment.plan', plan)
    expect(repaymentsOf(s.state, INCIDENT, 0, 10)?.unfunded).toMatchObject([{ why: 'loss_reversed' }])
    s.when('loss.record', theft('theft1b', SOL, sol(100)))
    expect(types(s.when('repayment.plan', plan))).toContain('repayment.planned')
  })

  it('L12 a plan of thousands of claims runs over bounded turns until every claim was looked at once', () => {
    const s = robbed()
    for (let part = 0; part < 25; part += 1) {
      const claims = Array.from({ length: 100 }, (_, n) => claim(`c${part}-${n}`, SOL, '40000000'))
      s.when('claim.file', filing(...claims))
    }
    const turns = [s.when('repayment.plan', plan)]
    expect(s.when('repayment.plan', plan)).toEqual([])
    while (s.due() !== undefined) turns.push(s.tick(T0))
    expect(turns).toHaveLength(2_500 / PLAN_CLAIMS_MAX)
    for (const turn of turns) expect(turn.length).toBeLessThanOrEqual(PLAN_CLAIMS_MAX + 2)
    expect(new Set(items(s).map(({ claim }) => claim)).size).toBe(1_000)
    expect(summary(s)).toMatchObject({ claims: 2_500, planned: 2_500, planned_krw: '21500000' })
    expect(turns.at(-1)?.at(-1)).toMatchObject({ type: 'repayment.plan_finished', data: { planned: 2_500 } })
  })

  it('L12 a plan under way takes in new claims, and ends although its last ones were withdrawn', () => {
    const s = robbed()
    const claims = Array.from({ length: PLAN_CLAIMS_MAX + 1 }, (_, n) => claim(`c${n}`, SOL, '1'))
    s.when('claim.file', filing(...claims.slice(0, 40)))
    s.when('claim.file', filing(...claims.slice(40)))
    s.when('repayment.plan', plan)
    s.when('claim.withdraw', { claim: `c${PLAN_CLAIMS_MAX}`, reason: 'filed in error' })
    expect(types(s.tick(T0))).toEqual(['repayment.plan_finished'])
    expect(s.due()).toBeUndefined()
  })

  it('L12 money that comes while a plan runs is used when the plan is asked for again', () => {
    const s = robbed()
    for (const name of ['reserve', 'insurance', 'own'] as const) s.when('fund.set', fund(name, '0'))
    const claims = Array.from({ length: PLAN_CLAIMS_MAX + 1 }, (_, n) => claim(`c${n}`, SOL, sol(1)))
    s.when('claim.file', filing(...claims))
    s.when('repayment.plan', plan)
    s.when('fund.set', fund('own', '21500000'))
    s.tick(T0)
    expect(summary(s)).toMatchObject({ planned: 1 })
    s.when('repayment.plan', plan)
    while (s.due() !== undefined) s.tick(T0)
    expect(summary(s)).toMatchObject({ planned: PLAN_CLAIMS_MAX + 1 })
    expect(items(s).map(({ claim }) => claim)).toEqual([
      `c${PLAN_CLAIMS_MAX}`,
      ...claims.slice(0, -1).map((c) => c.claim),
    ])
  })
})

describe('paying', () => {
  it('L13 asks the gate for the next planned repayments, one withdrawal each, out of the wallets named', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, sol(1)), claim('b', SOL, sol(2)), claim('c', SOL, sol(3))))
    s.when('repayment.plan', plan)
    const [a, b, c] = items(s)
    expect(s.when('repayment.pay', pay(2))).toEqual([
      {
        type: 'repayment.requested',
        data: {
          ...{ repayment: a?.repayment, incident: INCIDENT, wallet: 'hot-2', asset: SOL, amount: sol(1) },
          ...{ pay_to: account(1), customer: 'customer-a' },
        },
      },
      { type: 'repayment.requested', data: expect.objectContaining({ repayment: b?.repayment, amount: sol(2) }) },
    ])
    expect(s.when('repayment.pay', pay(2))).toMatchObject([{ data: { repayment: c?.repayment } }])
    expect(s.when('repayment.pay', pay(2))).toEqual([])
    expect(summary(s)).toMatchObject({ planned: 0, requested: 3, planned_krw: '1290000' })
  })

  it('L13 pays no asset for which no wallet was named, and keeps the order over all assets', () => {
    const s = robbed()
    s.when('loss.record', theft('bonk', BONK, '90000000'))
    s.when('claim.file', filing(claim('a', BONK, '1'), claim('b', SOL, sol(1)), claim('c', BONK, '2')))
    s.when('repayment.plan', plan)
    const onlySol = { ...pay(), wallets: [{ asset: SOL, wallet: 'hot-2' }] }
    expect(s.ask('repayment.pay', pay())).toMatchObject([{ data: { amount: '1' } }, { data: { amount: sol(1) } }, {}])
    expect(s.when('repayment.pay', onlySol)).toMatchObject([{ data: { asset: SOL } }])
    expect(s.when('repayment.pay', onlySol)).toEqual([])
  })

  it('L13 refuses a wallet that cannot pay now, two wallets for one asset, and an unknown case', () => {
    const s = robbed({ cannotPay: (wallet, asset) => (asset === BONK ? `${wallet} holds no BONK` : undefined) })
    expect(s.ask('repayment.pay', pay())).toMatchObject({ code: 'LIABILITY-012', field: 'wallets.1.wallet' })
    const twice = { ...pay(), wallets: [pay().wallets[0], pay().wallets[0]].filter((row) => row !== undefined) }
    expect(s.ask('repayment.pay', twice)).toMatchObject({ code: 'LIABILITY-011', field: 'wallets.1.asset' })
    expect(s.ask('repayment.pay', { ...pay(), incident: 'other' })).toMatchObject({ code: 'LIABILITY-006' })
  })

  it('L13 asks again, under the same id, for what never reached the gate', () => {
    const taken = new Set<string>()
    const s = robbed({ withdrawalKnown: (id) => taken.has(id) })
    s.when('claim.file', filing(claim('a', SOL, sol(1))))
    s.when('repayment.plan', plan)
    const [first] = s.when('repayment.pay', pay())
    const again = s.when('repayment.pay', pay(50, 'hot-3'))
    expect(again).toMatchObject([{ data: { wallet: 'hot-3' } }])
    expect(again[0]?.data).toMatchObject({ repayment: first?.type === 'repayment.requested' && first.data.repayment })
    taken.add(items(s)[0]?.repayment ?? '')
    expect(s.when('repayment.pay', pay())).toEqual([])
  })
})

describe('what became of it', () => {
  it('L14 a repayment is settled once, when the gate says that it landed', () => {
    const { s, a } = asked()
    expect(types(s.when('repayment.settle', { withdrawal: a, tx: 'pay1' }))).toEqual(['repayment.settled'])
    expect(s.when('repayment.settle', { withdrawal: a, tx: 'pay1' })).toEqual([])
    expect(summary(s)).toMatchObject({ settled: 1, requested: 1, repaid_krw: '12900000', planned_krw: '15050000' })
    expect(items(s)[0]).toMatchObject({ status: 'settled', tx: 'pay1' })
  })

  it('L14 says when every claim of the case is repaid', () => {
    const { s, a, b } = asked()
    s.when('repayment.settle', { withdrawal: b, tx: 'pay2' })
    expect(s.when('repayment.settle', { withdrawal: a, tx: 'pay1' })[1]).toEqual({
      type: 'repayment.completed',
      data: { incident: INCIDENT, claims: 2, krw: '15050000' },
    })
  })

  it('L14 takes no notice of withdrawals that are no repayment, or were not asked for yet', () => {
    const s = robbed()
    s.when('claim.file', filing(claim('a', SOL, sol(1))))
    s.when('repayment.plan', plan)
    for (const withdrawal of ['w-1', items(s)[0]?.repayment ?? '']) {
      expect(s.when('repayment.settle', { withdrawal, tx: 't' })).toEqual([])
      expect(s.when('repayment.refuse', { withdrawal, why: 'no' })).toEqual([])
      expect(s.when('repayment.reopen', { withdrawal, tx: 't' })).toEqual([])
    }
  })

  it('L15 a refused repayment gives its money back, and its claim is planned anew under another id', () => {
    const { s, a, b } = asked()
    expect(left(s)).toEqual(['0', '0', '19950000'])
    s.when('repayment.refuse', { withdrawal: a, why: 'GATE-014 the address is on a deny list' })
    expect(left(s)).toEqual(['10000000', '2900000', '19950000'])
    expect(summary(s)).toMatchObject({ refused: 1, requested: 1, planned_krw: '2150000' })
    s.when('repayment.plan', plan)
    const again = items(s).at(-1)
    expect(again).toMatchObject({ claim: 'a', status: 'planned', krw: '12900000' })
    expect(again?.repayment).not.toBe(a)
    expect(summary(s)).toMatchObject({ refused: 0, planned: 1, requested: 1 })
    expect(s.when('repayment.settle', { withdrawal: a, tx: 'late' })).toEqual([])
    expect(items(s).map(({ repayment, status }) => ({ repayment, status }))).toEqual([
      { repayment: a, status: 'refused' },
      { repayment: b, status: 'requested' },
      { repayment: again?.repayment, status: 'planned' },
    ])
  })

  it('L15 a claim that is being paid is never planned a second time', () => {
    const { s, a } = asked()
    s.when('claim.file', filing(claim('c', SOL, sol(1))))
    expect(types(s.when('repayment.plan', plan)).filter((type) => type === 'repayment.planned')).toHaveLength(1)
    s.when('repayment.settle', { withdrawal: a, tx: 'pay1' })
    expect(s.when('repayment.plan', plan)).toEqual([])
  })

  it('L16 a payment that a reorganisation undid is open again, and the books with it', () => {
    const { s, a } = asked()
    const before = ledger(s.state)
    s.when('repayment.settle', { withdrawal: a, tx: 'pay1' })
    expect(ledger(s.state)).not.toEqual(before)
    expect(types(s.when('repayment.reopen', { withdrawal: a, tx: 'pay1' }))).toEqual(['repayment.reopened'])
    expect(ledger(s.state).accounts.filter(({ balance }) => balance !== '0')).toEqual(
      before.accounts.filter(({ balance }) => balance !== '0'),
    )
    expect(s.when('repayment.reopen', { withdrawal: a, tx: 'pay1' })).toEqual([])
    s.when('repayment.settle', { withdrawal: a, tx: 'pay9' })
    expect(items(s)[0]).toMatchObject({ status: 'settled', tx: 'pay9' })
  })

  it('L17 books coins and won each by themselves when a customer is repaid', () => {
    const { s, a } = asked()
    s.when('repayment.settle', { withdrawal: a, tx: 'pay1' })
    const entry = s.state.ledger.entries.at(-1)
    expect(entry?.postings.map(({ account, asset, amount }) => `${account} ${amount} ${asset}`)).toEqual([
      `liabilities:claims:${INCIDENT} 60000000000 ${SOL}`,
      `assets:wallet:hot-2 -60000000000 ${SOL}`,
      `equity:conversion 60000000000 ${SOL}`,
      `equity:loss:${INCIDENT} -60000000000 ${SOL}`,
      'assets:refill 10000000 KRW',
      'assets:earmarked:reserve -10000000 KRW',
      'equity:fund:reserve 10000000 KRW',
      'equity:conversion -10000000 KRW',
      'assets:refill 2900000 KRW',
      'assets:earmarked:insurance -2900000 KRW',
      'equity:fund:insurance 2900000 KRW',
      'equity:conversion -2900000 KRW',
    ])
  })

  it('L6 refuses a budget below what was drawn, and accepts exactly that', () => {
    const { s } = asked()
    expect(s.ask('fund.set', fund('insurance', '4999999'))).toMatchObject({
      code: 'LIABILITY-003',
      field: 'krw',
      expected: 'at least 5000000',
    })
    expect(s.when('fund.set', fund('insurance', '5000000'))).toEqual([])
    expect(s.when('fund.set', fund('reserve', '10000001'))).toHaveLength(1)
  })
})
