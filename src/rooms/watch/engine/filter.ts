/** Of a chain's transfers, those that touch an account of ours: nearly all of a block is somebody else's business. */

export interface Transfer {
  readonly from: string
  readonly to: string
}

/** In the order given. Accounts must stand in their normal spelling on both sides. */
export function concerning<T extends Transfer>(transfers: Iterable<T>, ours: ReadonlySet<string>): T[] {
  const found: T[] = []
  for (const transfer of transfers) {
    if (ours.has(transfer.from) || ours.has(transfer.to)) found.push(transfer)
  }
  return found
}
