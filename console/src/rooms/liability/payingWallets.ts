/** Which wallet pays each asset: the one that serves and holds most of it. */
import type { RepaymentItem, Wallet } from '../../api/types.ts'
import { baseUnits } from '../../format/amount.ts'

export interface PayingWallets {
  readonly chosen: readonly { readonly item: RepaymentItem; readonly wallet: string }[]
  /** The first item whose asset no wallet can pay. */
  readonly missing: RepaymentItem | undefined
}

function holderOf(asset: string, wallets: readonly Wallet[]): string | undefined {
  const holders = wallets.flatMap((wallet) => {
    const held = wallet.assets.find((candidate) => candidate.asset === asset)
    if (held === undefined || wallet.halted) return []
    return [{ wallet: wallet.wallet, holding: baseUnits(held.holding) }]
  })
  return holders.sort((a, b) => (a.holding === b.holding ? 0 : a.holding > b.holding ? -1 : 1))[0]?.wallet
}

export function payingWallets(items: readonly RepaymentItem[], wallets: readonly Wallet[]): PayingWallets {
  const byAsset = new Map(items.map((item) => [item.asset, item]))
  const chosen: { item: RepaymentItem; wallet: string }[] = []
  let missing: RepaymentItem | undefined
  for (const item of byAsset.values()) {
    const wallet = holderOf(item.asset, wallets)
    if (wallet === undefined) missing ??= item
    else chosen.push({ item, wallet })
  }
  return { chosen, missing }
}
