/** Prices, funds and losses: what is worth how much, what may be drawn, what was stolen. */
import { chainOf, normalAsset } from '../../kernel/caip.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision } from '../../machine/room.ts'
import type { commands, events } from './messages.ts'
import { pointAt, valueKrw } from './prices.ts'
import { refuse } from './refusals.ts'
import { type LiabilityState, movementKey } from './state.ts'

type Commands = typeof commands
type Decided = Decision<typeof events>
type Prices = DataOf<Commands, 'price.load'>

function badPrice(state: LiabilityState, prices: Prices['prices']): Refusal | undefined {
  const seen = new Set<string>()
  for (const [place, { asset, decimals }] of prices.entries()) {
    const known = state.prices.get(asset)
    if (seen.has(asset)) {
      return refuse('LIABILITY-001', `${asset} has a second price in this list`, { field: `prices.${place}.asset` })
    }
    if (known !== undefined && known.decimals !== decimals) {
      return refuse('LIABILITY-002', `${asset} has ${known.decimals} decimals, not ${decimals}`, {
        field: `prices.${place}.decimals`,
        expected: String(known.decimals),
      })
    }
    seen.add(asset)
  }
  return undefined
}

export function loadPrices(state: LiabilityState, data: Prices): Decided {
  const prices = data.prices.map((price) => ({ ...price, asset: normalAsset(price.asset) }))
  const bad = badPrice(state, prices)
  if (bad !== undefined) return bad
  const changed = prices.filter(({ asset, symbol, krw_micro }) => {
    const known = state.prices.get(asset)
    return known?.symbol !== symbol || pointAt(known, data.valid_from)?.krwMicro !== BigInt(krw_micro)
  })
  return changed.length === 0 ? [] : [{ type: 'price.loaded', data: { ...data, prices } }]
}

export function setFund(state: LiabilityState, data: DataOf<Commands, 'fund.set'>): Decided {
  const { krw, drawn } = state.funds[data.fund]
  if (BigInt(data.krw) < drawn) {
    const detail = `${drawn} won of the fund ${data.fund} are drawn already, more than ${data.krw}`
    return refuse('LIABILITY-003', detail, { field: 'krw', expected: `at least ${drawn}` })
  }
  return BigInt(data.krw) === krw ? [] : [{ type: 'fund.changed', data }]
}

export function recordLoss(state: LiabilityState, data: DataOf<Commands, 'loss.record'>): Decided {
  const asset = normalAsset(data.asset)
  const { incident, wallet, chain, tx, place, at } = data
  const amount = BigInt(data.amount)
  if (chainOf(asset) !== chain) {
    return refuse('LIABILITY-005', `${asset} is not an asset of ${chain}`, { field: 'asset' })
  }
  const known = state.movements.get(movementKey(chain, tx, place))
  if (known !== undefined) {
    const same =
      known.incident === incident && known.wallet === wallet && known.asset === asset && known.amount === amount
    if (same) return []
    const detail = `${tx} ${place} counts as ${known.amount} of ${known.asset} out of ${known.wallet} in ${known.incident}`
    return refuse('LIABILITY-004', detail, { field: 'tx' })
  }
  const krw = valueKrw(state, asset, amount, at)
  const decimals = state.prices.get(asset)?.decimals
  const worth = { ...(decimals === undefined ? {} : { decimals }), ...(krw === undefined ? {} : { krw: String(krw) }) }
  return [{ type: 'loss.recorded', data: { ...data, asset, ...worth } }]
}

/** A movement that is no loss of ours is none to take back. */
export function reverseLoss(state: LiabilityState, data: DataOf<Commands, 'loss.reverse'>): Decided {
  const known = state.movements.get(movementKey(data.chain, data.tx, data.place))
  if (known === undefined) return []
  const krw = valueKrw(state, known.asset, known.amount, known.at)
  const loss = { ...known, amount: String(known.amount), ...(krw === undefined ? {} : { krw: String(krw) }) }
  return [{ type: 'loss.reversed', data: loss }]
}
