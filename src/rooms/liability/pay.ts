/** Paying: planned repayments become withdrawals at the gate, and what became of those comes back here. */
import { normalAsset } from '../../kernel/caip.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision, MessageOf, Turn } from '../../machine/room.ts'
import { noLoss } from './decide-claims.ts'
import type { commands, events } from './messages.ts'
import type { LiabilityNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type Case, claimOf, type LiabilityState, overClaimed, type Repayment } from './state.ts'

type Commands = typeof commands
type Decided = Decision<typeof events>
type Event = MessageOf<typeof events>
type PayTurn = Turn<LiabilityNeeds>

/** Asset -> wallet, or what is wrong with one of them. */
function payers(theCase: Case, wallets: DataOf<Commands, 'repayment.pay'>['wallets'], needs: LiabilityNeeds) {
  const chosen = new Map<string, string>()
  for (const [place, row] of wallets.entries()) {
    const asset = normalAsset(row.asset)
    if (chosen.has(asset)) {
      return refuse('LIABILITY-011', `${asset} has a second wallet`, { field: `wallets.${place}.asset` })
    }
    if (theCase.losses.has(asset) && overClaimed(theCase.losses.get(asset))) {
      const detail = `claims for ${asset} exceed what the chain still says was stolen`
      return refuse('LIABILITY-013', detail, { field: `wallets.${place}.asset` })
    }
    const obstacle = needs.cannotPay(row.wallet, asset)
    if (obstacle !== undefined) return refuse('LIABILITY-012', obstacle, { field: `wallets.${place}.wallet` })
    chosen.set(asset, row.wallet)
  }
  return chosen
}

/** The first `count` of a set. */
function first(ids: Iterable<string>, count: number): string[] {
  const taken: string[] = []
  for (const id of ids) {
    if (taken.length >= count) break
    taken.push(id)
  }
  return taken
}

/**
 * Whom to ask for: first repayments that were asked for but never reached the gate (their command was refused as a consequence, so
 * no permit exists and the same id may be asked again), then those in the queues of the assets that have a wallet.
 */
function candidates(theCase: Case, payer: ReadonlyMap<string, string>, count: number, needs: LiabilityNeeds): string[] {
  const lost = [...theCase.requested].filter((id) => !needs.withdrawalKnown(id))
  const queued = [...payer.keys()].flatMap((asset) => first(theCase.payable.get(asset) ?? [], count))
  return [...lost, ...queued]
}

function requested(state: LiabilityState, repayment: Repayment, payer: ReadonlyMap<string, string>): Event[] {
  const { asset, amount, payTo, customer, incident } = claimOf(state, repayment)
  const wallet = payer.get(asset)
  if (wallet === undefined) return []
  const id = { repayment: repayment.repayment, incident }
  const data = { ...id, wallet, asset, amount: String(amount), pay_to: payTo, customer }
  return [{ type: 'repayment.requested', data }]
}

export function payRepayments(state: LiabilityState, data: DataOf<Commands, 'repayment.pay'>, turn: PayTurn): Decided {
  const theCase = state.cases.get(data.incident)
  if (theCase === undefined) return noLoss(data.incident)
  const payer: ReadonlyMap<string, string> | Refusal = payers(theCase, data.wallets, turn.needs)
  if ('refused' in payer) return payer
  return candidates(theCase, payer, data.count_max, turn.needs)
    .map((id) => state.repayments.get(id))
    .filter((repayment) => repayment !== undefined)
    .sort((a, b) => a.order - b.order)
    .flatMap((repayment) => requested(state, repayment, payer))
    .slice(0, data.count_max)
}

/** The repayment behind a withdrawal, where it stands so; the gate reports all its withdrawals, and most are none of ours. */
function standing(state: LiabilityState, withdrawal: string, status: Repayment['status']): Repayment | undefined {
  const repayment = state.repayments.get(withdrawal)
  return repayment?.status === status ? repayment : undefined
}

export function settleRepayment(state: LiabilityState, data: DataOf<Commands, 'repayment.settle'>): Decided {
  const repayment = standing(state, data.withdrawal, 'requested')
  const theCase = repayment && state.cases.get(repayment.incident)
  if (repayment === undefined || theCase === undefined) return []
  const { incident } = repayment
  const settled: Event = {
    type: 'repayment.settled',
    data: { repayment: repayment.repayment, incident, tx: data.tx },
  }
  const claims = theCase.claims.size
  if (theCase.settled + 1 < claims) return [settled]
  return [
    settled,
    { type: 'repayment.completed', data: { incident, claims, krw: String(theCase.repaidKrw + repayment.krw) } },
  ]
}

/** The gate's refusal of an id is final, so no permit can follow under it: only therefore may the claim be planned again. */
export function refuseRepayment(state: LiabilityState, data: DataOf<Commands, 'repayment.refuse'>): Decided {
  const repayment = standing(state, data.withdrawal, 'requested')
  if (repayment === undefined) return []
  const { repayment: id, incident } = repayment
  return [{ type: 'repayment.refused', data: { repayment: id, incident, why: data.why } }]
}

export function reopenRepayment(state: LiabilityState, data: DataOf<Commands, 'repayment.reopen'>): Decided {
  const repayment = standing(state, data.withdrawal, 'settled')
  if (repayment === undefined) return []
  const { repayment: id, incident } = repayment
  return [{ type: 'repayment.reopened', data: { repayment: id, incident, tx: data.tx } }]
}
