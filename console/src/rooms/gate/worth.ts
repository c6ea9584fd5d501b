/** What a wallet is worth in won: the sum of what has a price, and how much of it has none. */
import type { Wallet } from '../../api/types.ts'
import { baseUnits } from '../../format/amount.ts'

export interface Worth {
  readonly krw: bigint
  /** Assets with a holding but without a price: the sum leaves them out, and says so. */
  readonly unpriced: number
}

export function worthOf(wallets: readonly Wallet[]): Worth {
  let krw = 0n
  let unpriced = 0
  for (const wallet of wallets)
    for (const asset of wallet.assets) {
      if (asset.krw !== null) krw += baseUnits(asset.krw)
      else if (asset.holding !== null && asset.holding !== '0') unpriced += 1
    }
  return { krw, unpriced }
}
