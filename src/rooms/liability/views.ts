/** What others may ask of this room: queries for other rooms, read models for the routes. Amounts leave as decimal strings. */
import type { DataOf } from '../../machine/room.ts'
import { balancesOf } from './ledger/book.ts'
import { type events, FUNDS, type Fund } from './messages.ts'
import { valueKrw } from './prices.ts'
import { type Case, claimOf, type LiabilityState, movementKey, type Repayment } from './state.ts'

/** Repayments told in one answer; a longer list goes on at `next`. */
export const REPAYMENTS_TOLD_MAX = 1_000

type Unfunded = DataOf<typeof events, 'repayment.unfunded'>

const nameOf = (state: LiabilityState, asset: string) => {
  const priced = state.prices.get(asset)
  return { asset, symbol: priced?.symbol ?? null, decimals: priced?.decimals ?? null }
}

const text = (value: bigint | undefined): string | null => (value === undefined ? null : String(value))

/**
 * What an incident lost, by asset. `krw` is null where the price of any of its movements is not known; `loss_krw` adds what is known,
 * and `unpriced` names the assets that are missing from it. An incident without a loss has an empty list.
 */
export function loss(state: LiabilityState, incident: string) {
  const losses = [...(state.cases.get(incident)?.losses ?? [])].filter(([, { amount }]) => amount > 0n)
  return {
    loss: losses.map(([asset, { amount, krw, unpriced }]) => ({
      ...nameOf(state, asset),
      amount: String(amount),
      krw: unpriced > 0 ? null : String(krw),
    })),
    loss_krw: String(losses.reduce((sum, [, { krw }]) => sum + krw, 0n)),
    unpriced: losses.filter(([, { unpriced }]) => unpriced > 0).map(([asset]) => asset),
  }
}

const bySource = (drawn: Readonly<Record<Fund, bigint>>) => ({
  reserve: String(drawn.reserve),
  insurance: String(drawn.insurance),
  own: String(drawn.own),
})

const summaryOf = (theCase: Case) => ({
  planned_krw: String(theCase.plannedKrw),
  repaid_krw: String(theCase.repaidKrw),
  claims: theCase.claims.size,
  planned: theCase.planned,
  requested: theCase.requested.size,
  settled: theCase.settled,
  refused: theCase.refused.size,
  by_source: bySource(theCase.drawn),
})

/**
 * How the repayment of an incident stands; null where no claim was filed. `planned_krw` and `by_source` count every repayment that is
 * planned, requested or settled; `refused` counts claims whose last repayment the gate refused.
 */
export function repaymentSummary(state: LiabilityState, incident: string) {
  const theCase = state.cases.get(incident)
  return theCase === undefined || theCase.claims.size === 0 ? null : summaryOf(theCase)
}

function itemOf(state: LiabilityState, repayment: Repayment) {
  const { claim, customer, asset, amount, payTo } = claimOf(state, repayment)
  return {
    ...{ repayment: repayment.repayment, claim, customer },
    ...nameOf(state, asset),
    amount: String(amount),
    krw: String(repayment.krw),
    pay_to: payTo,
    status: repayment.status,
    tx: repayment.tx ?? null,
    why: repayment.why ?? null,
    draws: repayment.draws.map(({ fund, krw }) => ({ fund, krw: String(krw) })),
  }
}

function unfundedOf(state: LiabilityState, theCase: Case) {
  return [...theCase.unfunded].slice(0, REPAYMENTS_TOLD_MAX).map(([id, { why, missingKrw }]) => {
    const claim = state.claims.get(id)
    const reason: Unfunded['why'] = why
    const about = { ...nameOf(state, claim?.asset ?? ''), amount: String(claim?.amount ?? 0n) }
    return { claim: id, customer: claim?.customer ?? '', ...about, why: reason, missing_krw: text(missingKrw) }
  })
}

/** A page of the repayments of an incident, in the order of planning, from place `after` on; `undefined` for an unknown incident. */
export function repaymentsOf(state: LiabilityState, incident: string, after: number, limit: number) {
  const theCase = state.cases.get(incident)
  if (theCase === undefined) return undefined
  const page = theCase.repayments.slice(after, after + limit)
  const items = page.flatMap((id) => {
    const repayment = state.repayments.get(id)
    return repayment === undefined ? [] : [itemOf(state, repayment)]
  })
  const next = after + page.length
  return {
    summary: summaryOf(theCase),
    planning: state.planning.has(incident),
    items,
    unfunded: unfundedOf(state, theCase),
    next: next < theCase.repayments.length ? next : null,
  }
}

export const fundOf = (state: LiabilityState, fund: Fund) => {
  const { krw, drawn } = state.funds[fund]
  return { fund, krw: String(krw), drawn: String(drawn), left: String(krw - drawn) }
}

/** All funds in the order in which they are drawn on. */
export const funds = (state: LiabilityState) => FUNDS.map((fund) => fundOf(state, fund))

export const ledger = (state: LiabilityState) => ({
  accounts: balancesOf(state.ledger).map(({ account, asset, balance }) => ({
    account,
    asset,
    balance: String(balance),
  })),
})

/** Value of one recorded loss at its time, whole won; `undefined` where the movement is unknown or had no price. */
export function lossWorth(state: LiabilityState, chain: string, tx: string, place: number): bigint | undefined {
  const movement = state.movements.get(movementKey(chain, tx, place))
  return movement && valueKrw(state, movement.asset, movement.amount, movement.at)
}

/** What an asset is called and how it is counted, as its price says. */
export function assetName(state: LiabilityState, asset: string) {
  const { symbol, decimals } = nameOf(state, asset)
  return symbol === null || decimals === null ? undefined : { symbol, decimals }
}
