/** The books: entries in order, and the balance of every account in every asset. */
import type { Instant } from '../../../kernel/time.ts'

/** Positive is a debit, negative a credit, in base units of `asset` (whole won for won). */
export interface Posting {
  readonly account: string
  readonly asset: string
  readonly amount: bigint
}

/** What one event moved. */
export interface LedgerEntry {
  /** The event's journal index. */
  readonly index: number
  readonly at: Instant
  readonly type: string
  /** What it was about: a claim, a repayment, a transaction. */
  readonly subject: string
  readonly postings: readonly Posting[]
}

export interface Ledger {
  readonly entries: LedgerEntry[]
  /** Account -> asset -> balance. */
  readonly balances: Map<string, Map<string, bigint>>
}

export const emptyLedger = (): Ledger => ({ entries: [], balances: new Map() })

/** Debits less credits of each asset that does not balance; empty for a sound entry. */
export function imbalances(postings: readonly Posting[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { asset, amount } of postings) sums.set(asset, (sums.get(asset) ?? 0n) + amount)
  for (const [asset, sum] of sums) if (sum === 0n) sums.delete(asset)
  return sums
}

/** Books an entry; one that moves nothing is left out. Throws where an asset does not balance: a fault of ours, never of an input. */
export function enter(ledger: Ledger, entry: LedgerEntry): void {
  const postings = entry.postings.filter(({ amount }) => amount !== 0n)
  if (postings.length === 0) return
  const [unbalanced] = imbalances(postings)
  if (unbalanced !== undefined) {
    throw new Error(`${entry.type} ${entry.subject} does not balance: ${unbalanced[1]} of ${unbalanced[0]} too much`)
  }
  for (const { account, asset, amount } of postings) {
    let balances = ledger.balances.get(account)
    if (balances === undefined) {
      balances = new Map()
      ledger.balances.set(account, balances)
    }
    balances.set(asset, (balances.get(asset) ?? 0n) + amount)
  }
  ledger.entries.push({ ...entry, postings })
}

export interface Balance {
  readonly account: string
  readonly asset: string
  readonly balance: bigint
}

/** Every balance, by account and asset name. Accounts that stand at nothing are told as zero. */
export function balancesOf(ledger: Ledger): Balance[] {
  const all: Balance[] = []
  for (const [account, assets] of ledger.balances) {
    for (const [asset, balance] of assets) all.push({ account, asset, balance })
  }
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return all.sort((a, b) => order(a.account, b.account) || order(a.asset, b.asset))
}
