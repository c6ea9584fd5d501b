/** What customers of a drill claim. Customer n holds n parts: nobody's part is known, and equal parts would test too little. */
import { chainOf } from '../kernel/caip.ts'
import { split } from '../kernel/money.ts'
import type { Repaying } from './plan.ts'

/** `payTo` gives the account of the customer at a place, counted from 0, for coins of a chain. */
export function claimsOf(
  { customers, customersShareMicro }: Repaying,
  loss: readonly { readonly asset: string; readonly amount: string }[],
  payTo: (place: number, chain: string) => string,
) {
  const parts = Array.from({ length: customers }, (_, place) => BigInt(place + 1))
  return loss.flatMap(({ asset, amount: lost }) => {
    const owed = (BigInt(lost) * customersShareMicro) / 1_000_000n
    const symbol = asset.slice(asset.lastIndexOf(':') + 1)
    return split(owed, parts).flatMap((amount, place) => {
      if (amount === 0n) return []
      const [claim, customer] = [`claim-${symbol}-${place + 1}`, `customer-${place + 1}`]
      return [{ claim, customer, asset, amount: amount.toString(), pay_to: payTo(place, chainOf(asset)) }]
    })
  })
}
