/**
 * Event -> postings: the whole bookkeeping in one table. Pure; asked with the state before the event. A payment that the gate has not
 * seen on its chain moves no coins here: what is pending is never counted as settled.
 */
import type { DataOf } from '../../../machine/room.ts'
import type { events, Fund } from '../messages.ts'
import { claimOf, type Draw, type LiabilityState } from '../state.ts'
import type { Posting } from './book.ts'
import { accounts, WON } from './chart.ts'

type Events = typeof events
export type EventType = keyof Events
type Table = {
  readonly [K in EventType]: (state: LiabilityState, data: DataOf<Events, K>) => readonly Posting[]
}

/** Debits one account and credits another with the same amount of the same asset. */
const move = (asset: string, amount: bigint, debit: string, credit: string): Posting[] => [
  { account: debit, asset, amount },
  { account: credit, asset, amount: -amount },
]

const each = (draws: readonly Draw[], post: (fund: Fund, krw: bigint) => Posting[]): Posting[] =>
  draws.flatMap(({ fund, krw }) => post(fund, krw))

const wonOf = (draws: readonly { readonly fund: Fund; readonly krw: string }[]): Draw[] =>
  draws.map(({ fund, krw }) => ({ fund, krw: BigInt(krw) }))

const setAside = (draws: readonly Draw[]): Posting[] =>
  each(draws, (fund, krw) => move(WON, krw, accounts.earmarked(fund), accounts.fund(fund)))

const giveBack = (draws: readonly Draw[]): Posting[] =>
  each(draws, (fund, krw) => move(WON, krw, accounts.fund(fund), accounts.earmarked(fund)))

/**
 * The customer has the coins: the claim is gone, the fund's won goes over for buying them back, and the fund's commitment has made
 * good so much of the loss. Coins and won each balance by themselves; `equity:conversion` holds what was exchanged for what.
 */
function settled(state: LiabilityState, id: string): Posting[] {
  const repayment = state.repayments.get(id)
  if (repayment?.wallet === undefined) return []
  const { asset, amount, incident } = claimOf(state, repayment)
  return [
    ...move(asset, amount, accounts.claims(incident), accounts.wallet(repayment.wallet)),
    ...move(asset, amount, accounts.conversion, accounts.loss(incident)),
    ...each(repayment.draws, (fund, krw) => [
      ...move(WON, krw, accounts.refill, accounts.earmarked(fund)),
      ...move(WON, krw, accounts.committed(fund), accounts.conversion),
    ]),
  ]
}

const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ account, asset, amount }) => ({ account, asset, amount: -amount }))

const nothing = (): readonly Posting[] => []

const table: Table = {
  'price.loaded': nothing,
  'fund.changed': (state, { fund, krw }) =>
    move(WON, BigInt(krw) - state.funds[fund].krw, accounts.fund(fund), accounts.committed(fund)),
  'loss.recorded': (_state, { asset, amount, wallet, incident }) =>
    move(asset, BigInt(amount), accounts.loss(incident), accounts.wallet(wallet)),
  'loss.reversed': (_state, { asset, amount, wallet, incident }) =>
    move(asset, BigInt(amount), accounts.wallet(wallet), accounts.loss(incident)),
  'claim.filed': (_state, { asset, amount, incident }) =>
    move(asset, BigInt(amount), accounts.customers, accounts.claims(incident)),
  'claim.withdrawn': (state, { claim, draws }) => {
    const filed = state.claims.get(claim)
    if (filed === undefined) return []
    const { asset, amount, incident } = filed
    return [...move(asset, amount, accounts.claims(incident), accounts.customers), ...giveBack(wonOf(draws))]
  },
  'repayment.plan_started': nothing,
  'repayment.planned': (_state, { draws }) => setAside(wonOf(draws)),
  'repayment.unfunded': nothing,
  'repayment.plan_finished': nothing,
  'repayment.requested': nothing,
  'repayment.settled': (state, { repayment }) => settled(state, repayment),
  'repayment.refused': (state, { repayment }) => giveBack(state.repayments.get(repayment)?.draws ?? []),
  'repayment.reopened': (state, { repayment }) => reversed(settled(state, repayment)),
  'repayment.completed': nothing,
}

/** What an event moves in the books of the state before it. */
export const postings = <K extends EventType>(
  type: K,
  data: DataOf<Events, K>,
  state: LiabilityState,
): readonly Posting[] => table[type](state, data)
