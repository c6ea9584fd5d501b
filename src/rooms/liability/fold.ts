/** What each event changes. First the books, by the one table of postings; then the room's own memory. */
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import { change, plan, refuseRepayment, release, reopen, request, settle, startPlan } from './fold-repayments.ts'
import { enter } from './ledger/book.ts'
import { type EventType, postings } from './ledger/postings.ts'
import type { events } from './messages.ts'
import { insertPoint, valueKrw } from './prices.ts'
import { caseOf, type LiabilityState, type Movement, movementKey } from './state.ts'

type Events = typeof events
type Fold<K extends EventType> = (state: LiabilityState, data: DataOf<Events, K>, happened: Happened) => void

/** Books the event before it is folded: postings are told from the state before. */
const booked =
  <K extends EventType>(type: K, subject: (data: DataOf<Events, K>) => string, fold: Fold<K>): Fold<K> =>
  (state, data, happened) => {
    const { index, at } = happened
    enter(state.ledger, { index, at, type, subject: subject(data), postings: postings(type, data, state) })
    fold(state, data, happened)
  }

function lossOf(state: LiabilityState, incident: string, asset: string) {
  const { losses } = caseOf(state, incident)
  let loss = losses.get(asset)
  if (loss === undefined) {
    loss = { amount: 0n, krw: 0n, unpriced: 0, claimed: 0n, movements: new Set() }
    losses.set(asset, loss)
    const cases = state.casesByAsset.get(asset) ?? new Set()
    state.casesByAsset.set(asset, cases.add(incident))
  }
  return loss
}

/** Adds a movement to its case's loss, or (`sign` -1) takes it out again, at its value by today's prices. */
function count(state: LiabilityState, movement: Movement, sign: 1n | -1n): void {
  const loss = lossOf(state, movement.incident, movement.asset)
  const krw = valueKrw(state, movement.asset, movement.amount, movement.at)
  loss.amount += sign * movement.amount
  loss.krw += sign * (krw ?? 0n)
  if (krw === undefined) loss.unpriced += Number(sign)
}

/** A new price may be the one in force at the time of an earlier loss. */
function revalue(state: LiabilityState, asset: string): void {
  for (const incident of state.casesByAsset.get(asset) ?? []) {
    const loss = lossOf(state, incident, asset)
    loss.amount = 0n
    loss.krw = 0n
    loss.unpriced = 0
    for (const key of loss.movements) {
      const movement = state.movements.get(key)
      if (movement !== undefined) count(state, movement, 1n)
    }
  }
}

function loadPrices(state: LiabilityState, data: DataOf<Events, 'price.loaded'>): void {
  for (const { asset, symbol, decimals, krw_micro } of data.prices) {
    const priced = state.prices.get(asset) ?? { symbol, decimals, history: [] }
    priced.symbol = symbol
    insertPoint(priced, { validFrom: data.valid_from, krwMicro: BigInt(krw_micro) })
    state.prices.set(asset, priced)
    revalue(state, asset)
  }
  state.fundsVersion += 1
}

function recordLoss(state: LiabilityState, data: DataOf<Events, 'loss.recorded'>): void {
  const { incident, chain, wallet, asset, tx, place, at } = data
  const movement: Movement = { incident, chain, wallet, asset, amount: BigInt(data.amount), tx, place, at }
  const key = movementKey(chain, tx, place)
  state.movements.set(key, movement)
  count(state, movement, 1n)
  lossOf(state, incident, asset).movements.add(key)
  state.fundsVersion += 1
}

function reverseLoss(state: LiabilityState, { chain, tx, place }: DataOf<Events, 'loss.reversed'>): void {
  const key = movementKey(chain, tx, place)
  const movement = state.movements.get(key)
  if (movement === undefined) throw new Error(`there is no loss ${key}`)
  count(state, movement, -1n)
  lossOf(state, movement.incident, movement.asset).movements.delete(key)
  state.movements.delete(key)
}

function fileClaim(state: LiabilityState, data: DataOf<Events, 'claim.filed'>): void {
  const { claim, incident, customer, asset, pay_to } = data
  const amount = BigInt(data.amount)
  const order = state.claims.size
  const filed = {
    claim,
    incident,
    customer,
    asset,
    amount,
    payTo: pay_to,
    order,
    withdrawn: false,
    repayment: undefined,
  }
  state.claims.set(claim, filed)
  const theCase = caseOf(state, incident)
  theCase.claims.add(claim)
  theCase.unplanned.add(claim)
  lossOf(state, incident, asset).claimed += amount
}

function withdrawClaim(state: LiabilityState, data: DataOf<Events, 'claim.withdrawn'>): void {
  const claim = state.claims.get(data.claim)
  if (claim === undefined) throw new Error(`there is no claim ${data.claim}`)
  if (data.repayment !== undefined) {
    change(state, data.repayment, (repayment) => {
      release(state, repayment)
      repayment.status = 'withdrawn'
      repayment.why = data.reason
    })
  }
  const theCase = caseOf(state, claim.incident)
  theCase.claims.delete(claim.claim)
  theCase.unplanned.delete(claim.claim)
  theCase.unfunded.delete(claim.claim)
  theCase.refused.delete(claim.claim)
  claim.withdrawn = true
  lossOf(state, claim.incident, claim.asset).claimed -= claim.amount
  state.fundsVersion += 1
}

const movementName = (data: { readonly tx: string; readonly place: number }): string => `${data.tx} ${data.place}`

export const evolve: Evolve<LiabilityState, Events> = {
  'price.loaded': loadPrices,
  'fund.changed': booked(
    'fund.changed',
    ({ fund }) => fund,
    (state, { fund, krw }) => {
      state.funds[fund].krw = BigInt(krw)
      state.fundsVersion += 1
    },
  ),
  'loss.recorded': booked('loss.recorded', movementName, recordLoss),
  'loss.reversed': booked('loss.reversed', movementName, reverseLoss),
  'claim.filed': booked('claim.filed', ({ claim }) => claim, fileClaim),
  'claim.withdrawn': booked('claim.withdrawn', ({ claim }) => claim, withdrawClaim),
  'repayment.plan_started': (state, data, { at }) => startPlan(state, data, at),
  'repayment.planned': booked('repayment.planned', ({ repayment }) => repayment, plan),
  'repayment.unfunded': (state, { incident, claim, why, missing_krw }) => {
    const theCase = caseOf(state, incident)
    theCase.unplanned.delete(claim)
    theCase.unfunded.set(claim, { why, missingKrw: missing_krw === undefined ? undefined : BigInt(missing_krw) })
  },
  'repayment.plan_finished': (state, { incident }) => void state.planning.delete(incident),
  'repayment.requested': request,
  'repayment.settled': booked('repayment.settled', ({ repayment }) => repayment, settle),
  'repayment.refused': booked('repayment.refused', ({ repayment }) => repayment, refuseRepayment),
  'repayment.reopened': booked('repayment.reopened', ({ repayment }) => repayment, reopen),
  'repayment.completed': () => {},
}
