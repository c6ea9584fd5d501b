/**
 * Orders the transfers of one moment, first transactions among each other, then the transfers inside each: a transaction happens as one, so
 * coins that it routes through a shared contract must not be mixed with those of its neighbours.
 */
import { CausalOrder, type Movement } from './causal.ts'
import type { Transfer } from './types.ts'

/** What ordering must know of the state: both are asked again after each transfer. */
export interface Purses {
  numberOf(address: string): number
  covers(address: number, amount: bigint): boolean
}

/** Below this many transfers, comparing all pairs is quicker than building a set. */
const PAIRS_MAX = 24

/** Whether coins could arrive and leave at the same address within the moment; without that the canonical order is the causal one. */
function hasChain(moment: readonly Transfer[]): boolean {
  if (moment.length < 2) return false
  if (moment.length <= PAIRS_MAX) return moment.some(({ to }) => moment.some(({ from }) => from === to))
  const senders = new Set(moment.map((transfer) => transfer.from))
  return moment.some((transfer) => senders.has(transfer.to))
}

/** What a set of transfers takes from and adds to each address on balance; addresses that it only passes through do not appear. */
function movementOf(transfers: readonly Transfer[], purses: Purses): Movement {
  const change = new Map<number, bigint>()
  const add = (address: string, amount: bigint): void => {
    const number = purses.numberOf(address)
    change.set(number, (change.get(number) ?? 0n) + amount)
  }
  for (const { from, to, amount } of transfers) {
    add(from, -amount)
    add(to, amount)
  }
  const all = [...change]
  return {
    pays: all.filter(([, amount]) => amount < 0n).map(([address, amount]) => ({ address, amount: -amount })),
    feeds: all.filter(([, amount]) => amount > 0n).map(([address]) => address),
  }
}

/** Splits sorted transfers where `tx` changes. */
function transactions(sorted: readonly Transfer[]): Transfer[][] {
  const groups: Transfer[][] = []
  for (const transfer of sorted) {
    const last = groups.at(-1)
    if (last?.[0]?.tx === transfer.tx) last.push(transfer)
    else groups.push([transfer])
  }
  return groups
}

function inOrder<T>(items: readonly T[], movements: Movement[], purses: Purses, apply: (item: T) => void): void {
  const order = new CausalOrder(movements, (address, amount) => purses.covers(address, amount))
  order.run((place) => {
    const item = items[place]
    if (item !== undefined) apply(item)
  })
}

/** Calls `apply` for each transfer of a moment (of one asset and time, sorted by content), in the order of ADR 0005. */
export function applyMoment(moment: readonly Transfer[], purses: Purses, apply: (transfer: Transfer) => void): void {
  if (!hasChain(moment)) {
    moment.forEach(apply)
    return
  }
  const single = (transfer: Transfer): Movement => movementOf([transfer], purses)
  const inside = (transfers: readonly Transfer[]): void => {
    if (hasChain(transfers)) inOrder(transfers, transfers.map(single), purses, apply)
    else transfers.forEach(apply)
  }
  const groups = transactions(moment)
  if (groups.length === 1) inside(moment)
  else
    inOrder(
      groups,
      groups.map((group) => movementOf(group, purses)),
      purses,
      inside,
    )
}
