/** Whether coins of ours ever went to an address: what somebody who lets a withdrawal go wants to know first. */
import { normalAccount } from '../../kernel/caip.ts'
import type { GateState } from './state.ts'
import { amountOf, STATUS, toOf } from './store/rows.ts'

/** Rows looked at, the newest: some tens of milliseconds of a person's question, and more than a year of most platforms. */
const LOOKED_AT_MAX = 200_000

export interface Sent {
  /** Settled withdrawals to it among those looked at. */
  readonly times: number
  /** The largest that settled of the pair, to anybody; in base units. */
  readonly largest: bigint
}

export function sentTo({ rows, wallets }: GateState, wallet: string, asset: string, to: string): Sent {
  const account = normalAccount(to)
  const pair = wallets.get(wallet)?.pairs.get(asset)
  let times = 0
  let largest = 0n
  for (let row = rows.count - 1; row >= Math.max(0, rows.count - LOOKED_AT_MAX); row--) {
    if (rows.status[row] !== STATUS.settled) continue
    if (toOf(rows, row) === account) times += 1
    if (rows.pair[row] !== pair) continue
    const amount = BigInt(amountOf(rows, row))
    if (amount > largest) largest = amount
  }
  return { times, largest }
}
