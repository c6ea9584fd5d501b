/** What the watch must know of the gate: whose an account is, and which permit covers a movement. `app.ts` wires it. */
import type { Instant } from '../../kernel/time.ts'

/** Accounts and assets as CAIP, in their normal spelling; `amount` as a decimal string of base units. */
export interface Movement {
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
  /** When the chain says that it happened: a permit given up as never landed may have landed while nobody watched. */
  readonly at: Instant
}

export interface Near {
  readonly permit: string
  /** In what the movement differs from it, in words: `amount`, `to`, `already spent`. */
  readonly differs: string
}

export interface WatchNeeds {
  /** The platform's wallet that holds this account. */
  walletByAccount(account: string): { readonly wallet: string; readonly kind: string } | undefined
  /** The wallet of which this account is the registered refuge. */
  refugeOf(account: string): string | undefined
  /** An issued and unspent permit, other than those in `except`, that covers exactly this movement. */
  permitFor(movement: Movement, except: ReadonlySet<string>): string | undefined
  /** A permit that this movement resembles without being covered by it. */
  nearPermit(movement: Movement): Near | undefined
}
