/** Prices over time, and what an amount was worth. Exact: products of integers, divided once and rounded down to whole won. */
import { normalAsset } from '../../kernel/caip.ts'
import { mulDiv } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import type { LiabilityState, PricedAsset, PricePoint } from './state.ts'

const KRW_MICRO = 1_000_000n

/** How many points of the history hold from `at` or earlier: the place after the price in force. */
function countUpTo(history: readonly PricePoint[], at: Instant): number {
  let low = 0
  let high = history.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((history[middle]?.validFrom ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** Millionths of a won for one whole unit, by the price in force at `at`; `undefined` before the first. */
const priceAt = (asset: PricedAsset, at: Instant): bigint | undefined =>
  asset.history[countUpTo(asset.history, at) - 1]?.krwMicro

/** The point that was loaded for exactly this instant. */
export function pointAt(asset: PricedAsset, validFrom: Instant): PricePoint | undefined {
  const point = asset.history[countUpTo(asset.history, validFrom) - 1]
  return point?.validFrom === validFrom ? point : undefined
}

/** Adds a point, or corrects the one of the same instant. */
export function insertPoint(asset: PricedAsset, point: PricePoint): void {
  const place = countUpTo(asset.history, point.validFrom)
  const same = asset.history[place - 1]?.validFrom === point.validFrom
  asset.history.splice(same ? place - 1 : place, same ? 1 : 0, point)
}

/** Whole won, rounded down. */
const worth = (amount: bigint, decimals: number, krwMicro: bigint): bigint =>
  mulDiv(amount, krwMicro, 10n ** BigInt(decimals) * KRW_MICRO)

/** Whole won for an amount of base units by the price in force at `at`; `undefined` where none was: not known is not zero. */
export function valueKrw(state: LiabilityState, asset: string, amount: bigint, at: Instant): bigint | undefined {
  const priced = state.prices.get(normalAsset(asset))
  const krwMicro = priced && priceAt(priced, at)
  return priced === undefined || krwMicro === undefined ? undefined : worth(amount, priced.decimals, krwMicro)
}
