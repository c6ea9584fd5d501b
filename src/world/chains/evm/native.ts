/** Movements of the native coin: by the transaction itself, and by calls inside it. */
import type { ObservedMovement } from '../source.ts'
import { accountOf, type Lookout } from './lookout.ts'
import { INTERNAL_PLACE, NATIVE_PLACE } from './places.ts'
import type { Block, Receipt, Transaction } from './schemas.ts'
import type { Transfer } from './traces.ts'

/** Transactions whose receipts matter: those that move coins of ours, and all that our keys signed, for what they cost. */
export const receiptsWanted = (block: Block, lookout: Lookout): Transaction[] =>
  block.transactions.filter(
    ({ from, to, value }) => lookout.accounts.has(from) || (value > 0n && lookout.accounts.has(to ?? '')),
  )

/** A transaction that failed moved nothing, though it says a value. One without a status is from before failures were marked. */
const failed = (receipt: Receipt | undefined): boolean => receipt?.status === 0n

/** A transaction without `to` makes a contract; what it sends goes to an address that the trace knows and this need not. */
export function nativeMovements(
  block: Block,
  lookout: Lookout,
  receipts: ReadonlyMap<string, Receipt>,
): ObservedMovement[] {
  return receiptsWanted(block, lookout).flatMap(({ hash, from, to, value }) => {
    if (value === 0n || failed(receipts.get(hash))) return []
    const target = to ?? createdBy(receipts.get(hash))
    return {
      tx: hash,
      place: NATIVE_PLACE,
      from: accountOf(lookout, from),
      to: accountOf(lookout, target),
      asset: lookout.native,
      amount: String(value),
    }
  })
}

const createdBy = (receipt: Receipt | undefined): string => receipt?.contractAddress ?? `0x${'0'.repeat(40)}`

/** `transfers` in the order of execution. */
export function internalMovements(transfers: readonly Transfer[], lookout: Lookout): ObservedMovement[] {
  const counts = new Map<string, number>()
  return transfers.flatMap(({ tx, from, to, value }) => {
    if (value === 0n || (!lookout.accounts.has(from) && !lookout.accounts.has(to))) return []
    const count = counts.get(tx) ?? 0
    counts.set(tx, count + 1)
    return {
      tx,
      place: INTERNAL_PLACE + count,
      from: accountOf(lookout, from),
      to: accountOf(lookout, to),
      asset: lookout.native,
      amount: String(value),
    }
  })
}

/** What the sender of a transaction paid for it beside the value: no theft, though the balance falls by it. */
export function feeOf(receipt: Receipt): bigint {
  const { gasUsed, effectiveGasPrice, blobGasUsed, blobGasPrice, l1Fee } = receipt
  return gasUsed * (effectiveGasPrice ?? 0n) + (blobGasUsed ?? 0n) * (blobGasPrice ?? 0n) + (l1Fee ?? 0n)
}
