/** Canonical order: what makes the answer independent of the order of rows. Strings compare by UTF-16 code unit, never by language. */
import type { Transfer } from './types.ts'

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const compareAmount = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

// Rows without a block or position come first among those of their time: any fixed place would do.
const UNKNOWN = -1

/** By what is known of when it happened. Zero means: the order of the two is not known. */
export const compareWhen = (a: Transfer, b: Transfer): number =>
  a.at - b.at || (a.block ?? UNKNOWN) - (b.block ?? UNKNOWN) || (a.position ?? UNKNOWN) - (b.position ?? UNKNOWN)

/** By content, among transfers of the same moment and asset. Zero means: the two rows are the same. */
export const compareContent = (a: Transfer, b: Transfer): number =>
  compareText(a.tx, b.tx) || compareText(a.from, b.from) || compareText(a.to, b.to) || compareAmount(a.amount, b.amount)

/** Transfers that move something, by asset; the assets in the order of their names. A transfer to oneself moves nothing. */
export function byAsset(transfers: readonly Transfer[]): [asset: string | undefined, Transfer[]][] {
  const assets = new Map<string | undefined, Transfer[]>()
  for (const transfer of transfers) {
    if (transfer.amount < 0n) throw new RangeError(`a transfer in ${transfer.tx} has a negative amount`)
    let rows = assets.get(transfer.asset)
    if (rows === undefined) {
      rows = []
      assets.set(transfer.asset, rows)
    }
    if (transfer.amount > 0n && transfer.from !== transfer.to) rows.push(transfer)
  }
  return [...assets].sort(([a], [b]) => compareText(a ?? '', b ?? ''))
}

/**
 * Sorts in place, and calls `each` with every run of transfers whose mutual order is not known, in order of time. A run is sorted by
 * content.
 */
export function eachMoment(transfers: Transfer[], each: (moment: readonly Transfer[]) => void): void {
  transfers.sort(compareWhen)
  let first = transfers[0]
  let start = 0
  for (let at = 1; first !== undefined; at += 1) {
    const next = transfers[at]
    if (next !== undefined && compareWhen(first, next) === 0) continue
    const moment = transfers.slice(start, at)
    each(moment.length > 1 ? moment.sort(compareContent) : moment)
    first = next
    start = at
  }
}
