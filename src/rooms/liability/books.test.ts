import { serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { T0 } from '../../../test/kit/given.ts'
import {
  BONK,
  CHAIN,
  claim,
  fund,
  gateSaysYes,
  INCIDENT,
  pay,
  prices,
  SOL,
  type Stage,
  stage,
  theft,
} from '../../../test/kit/liability-stage.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type MessageOf, openRoom } from '../../machine/room.ts'
import { type commands, type events, FUNDS, liabilityRoom, repaymentSummary } from './index.ts'
import { balancesOf, emptyLedger, enter, imbalances } from './ledger/book.ts'
import { ruleOf, WON } from './ledger/chart.ts'
import { type Case, claimOf, type LiabilityState, type Repayment } from './state.ts'

type Event = MessageOf<typeof events>
type Command = MessageOf<typeof commands>

const balance = (state: LiabilityState, account: string, asset: string): bigint =>
  state.ledger.balances.get(account)?.get(asset) ?? 0n
const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n)
const LIVE = new Set<Repayment['status']>(['planned', 'requested', 'settled'])

/** Debits equal credits, in every entry and over all accounts, and every account follows the chart. */
function booksBalance(state: LiabilityState): void {
  for (const entry of state.ledger.entries) expect(imbalances(entry.postings).size).toBe(0)
  const all = balancesOf(state.ledger)
  for (const asset of [WON, SOL, BONK]) {
    expect(sum(all.filter((row) => row.asset === asset).map((row) => row.balance))).toBe(0n)
  }
  for (const { account, asset } of all) {
    const holds = ruleOf(account)?.holds
    expect(holds === 'both' || holds === (asset === WON ? 'won' : 'coins')).toBe(true)
  }
}

/** The money of every fund is where the repayments say, and none is below zero. */
function fundsAreWhole(state: LiabilityState): void {
  const draws = [...state.repayments.values()].flatMap(({ status, draws }) =>
    draws.map((draw) => ({ ...draw, status })),
  )
  for (const { krw, draws } of state.repayments.values()) expect(sum(draws.map((draw) => draw.krw))).toBe(krw)
  const drawn = (fund: string, ...statuses: Repayment['status'][]): bigint =>
    sum(draws.filter((draw) => draw.fund === fund && statuses.includes(draw.status)).map(({ krw }) => krw))
  for (const name of FUNDS) {
    const { krw, drawn: said } = state.funds[name]
    expect(said).toBe(drawn(name, 'planned', 'requested', 'settled'))
    expect(said >= 0n && said <= krw).toBe(true)
    expect(balance(state, `assets:fund:${name}`, WON)).toBe(krw - said)
    expect(balance(state, `assets:earmarked:${name}`, WON)).toBe(drawn(name, 'planned', 'requested'))
  }
  expect(balance(state, 'assets:refill', WON)).toBe(sum(FUNDS.map((name) => drawn(name, 'settled'))))
}

/** Coins owed, lost and paid agree with claims, losses and repayments; nobody is paid more than they claimed. */
function coinsAreWhole(state: LiabilityState, theCase: Case, paid: ReadonlyMap<string, bigint>): void {
  for (const claim of state.claims.values()) {
    expect((paid.get(claim.claim) ?? 0n) <= claim.amount).toBe(true)
    const live = [...state.repayments.values()].filter((r) => r.claim === claim.claim && LIVE.has(r.status))
    expect(live.length).toBeLessThanOrEqual(1)
    expect(claim.repayment).toBe(live[0]?.repayment)
  }
  for (const asset of [SOL, BONK]) {
    const lost = sum([...state.movements.values()].filter((one) => one.asset === asset).map((one) => one.amount))
    const settled = sum(
      [...state.repayments.values()]
        .filter((one) => one.status === 'settled')
        .map((one) => claimOf(state, one))
        .filter((one) => one.asset === asset)
        .map((one) => one.amount),
    )
    const claimed = theCase.losses.get(asset)?.claimed ?? 0n
    expect(theCase.losses.get(asset)?.amount ?? 0n).toBe(lost)
    expect(balance(state, `equity:loss:${INCIDENT}`, asset)).toBe(lost - settled)
    expect(balance(state, `liabilities:claims:${INCIDENT}`, asset)).toBe(settled - claimed)
    const inWallets = balance(state, 'assets:wallet:hot-1', asset) + balance(state, 'assets:wallet:hot-2', asset)
    expect(inWallets).toBe(-lost - settled)
  }
}

/** The totals that are kept along the way are those that one would count. */
function totalsAreTrue(state: LiabilityState, theCase: Case): void {
  const all = [...state.repayments.values()]
  const worth = (...statuses: Repayment['status'][]): bigint =>
    sum(all.filter(({ status }) => statuses.includes(status)).map(({ krw }) => krw))
  const count = (status: Repayment['status']): number => all.filter((one) => one.status === status).length
  if (theCase.claims.size === 0) return
  expect(repaymentSummary(state, INCIDENT)).toMatchObject({
    planned_krw: String(worth('planned', 'requested', 'settled')),
    repaid_krw: String(worth('settled')),
    planned: count('planned'),
    requested: count('requested'),
    settled: count('settled'),
  })
  const withoutPlan = [...theCase.claims].filter((id) => state.claims.get(id)?.repayment === undefined)
  expect(new Set([...theCase.unplanned, ...theCase.unfunded.keys()])).toEqual(new Set(withoutPlan))
}

const nth = (names: readonly string[], n: number): string => names[n % Math.max(names.length, 1)] ?? 'none'

const small = fc.integer({ min: 0, max: 9 })
const asset = fc.constantFrom(SOL, BONK)
type Act = (s: Stage) => Command

/** Commands over few names, so that they meet. A price list may come late, a fund may shrink, any withdrawal may end any way. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(small, fc.bigInt(1n, 10n ** 12n)).map(
    ([n, krw]): Act =>
      () => ({ type: 'price.load', data: prices(T0 - 5 + n, String(krw), String(krw / 1000n + 1n)) }),
  ),
  fc.tuple(fc.constantFrom(...FUNDS), fc.bigInt(0n, 10n ** 9n)).map(
    ([name, krw]): Act =>
      () => ({ type: 'fund.set', data: fund(name, String(krw)) }),
  ),
  fc.tuple(small, asset, fc.bigInt(1n, 10n ** 13n)).map(
    ([n, coin, amount]): Act =>
      () => ({ type: 'loss.record', data: theft(`tx${n}`, coin, String(amount), T0 + n) }),
  ),
  small.map(
    (n): Act =>
      () => ({ type: 'loss.reverse', data: { chain: CHAIN, tx: `tx${n}`, place: 0 } }),
  ),
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), asset, fc.bigInt(1n, 10n ** 12n)), { minLength: 1, maxLength: 8 })
    .map(
      (list): Act =>
        () => ({
          type: 'claim.file',
          data: { incident: INCIDENT, claims: list.map(([n, coin, amount]) => claim(`c${n}`, coin, String(amount))) },
        }),
    ),
  small.map(
    (n): Act =>
      (s) => ({
        type: 'claim.withdraw',
        data: { claim: nth([...s.state.claims.keys()], n), reason: 'filed in error' },
      }),
  ),
  fc.constant<Act>(() => ({ type: 'repayment.plan', data: { incident: INCIDENT } })),
  small.map(
    (n): Act =>
      () => ({ type: 'repayment.pay', data: pay(n + 1) }),
  ),
  fc.tuple(fc.constantFrom('settle', 'refuse', 'reopen'), fc.nat()).map(
    ([what, n]): Act =>
      (s) => {
        const withdrawal = nth([...s.state.repayments.keys()], n)
        if (what === 'refuse') return { type: 'repayment.refuse', data: { withdrawal, why: 'GATE-001 no' } }
        return { type: `repayment.${what as 'settle' | 'reopen'}`, data: { withdrawal, tx: `pay${n}` } }
      },
  ),
)

/** What each claim got back, told from the events alone. */
function follow(paid: Map<string, bigint>, state: LiabilityState, happened: readonly Event[]): void {
  for (const { type, data } of happened) {
    if (type !== 'repayment.settled' && type !== 'repayment.reopened') continue
    const repayment = state.repayments.get(data.repayment)
    if (repayment === undefined) throw new Error(`an event names the unknown ${data.repayment}`)
    const { claim: id, amount } = claimOf(state, repayment)
    paid.set(id, (paid.get(id) ?? 0n) + (type === 'repayment.settled' ? amount : -amount))
  }
}

/** Runs the acts on a robbed stage; after each, `check` may look. Returns all events in order. */
function play(
  acts: readonly Act[],
  check: (s: Stage, paid: ReadonlyMap<string, bigint>) => void,
): { s: Stage; all: Event[] } {
  const s = stage()
  const paid = new Map<string, bigint>()
  const all: Event[] = []
  const opening: Act[] = [
    () => ({ type: 'price.load', data: prices() }),
    () => ({ type: 'loss.record', data: theft('tx0', SOL, '9000000000000') }),
    () => ({ type: 'loss.record', data: theft('tx1', BONK, '9000000000000') }),
    () => ({ type: 'fund.set', data: fund('reserve', '100000000') }),
    () => ({ type: 'fund.set', data: fund('insurance', '100000000') }),
  ]
  for (const one of [...opening, ...acts]) {
    const command = one(s)
    const before = serialize(s.state)
    const decided = s.ask(command.type, command.data)
    expect(serialize(s.state).equals(before)).toBe(true)
    if (isRefusal(decided)) continue
    s.given(...decided)
    all.push(...decided)
    while (s.due() !== undefined) all.push(...s.tick(T0))
    follow(paid, s.state, decided)
    check(s, paid)
  }
  return { s, all }
}

describe('any sequence of events', () => {
  it('L17 debits equal credits for each asset in every state, and no decision changes the state', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 60 }), (acts) => {
        play(acts, (s, paid) => {
          const theCase = s.state.cases.get(INCIDENT)
          booksBalance(s.state)
          fundsAreWhole(s.state)
          if (theCase === undefined) return
          coinsAreWhole(s.state, theCase, paid)
          totalsAreTrue(s.state, theCase)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('L17 folding the same events anew gives the same state', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 60 }), (acts) => {
        const { s, all } = play(acts, () => {})
        const fresh = openRoom(liabilityRoom, () => gateSaysYes)
        for (const [index, event] of all.entries()) fresh.evolve(event, { at: T0, by: 'test', index })
        expect(fresh.state).toEqual(s.state)
      }),
      { numRuns: 20 },
    )
  })

  it('L17 an entry that does not balance is not booked', () => {
    const ledger = emptyLedger()
    const postings = [
      { account: 'assets:refill', asset: WON, amount: 5n },
      { account: 'equity:conversion', asset: SOL, amount: -5n },
    ]
    expect(() => enter(ledger, { index: 0, at: T0, type: 'test', subject: 'x', postings })).toThrow('does not balance')
    expect(ledger).toEqual(emptyLedger())
  })
})
