/** What the liability room must know of the gate, so that a repayment is not spent on a request that cannot succeed. */
export interface LiabilityNeeds {
  /** Why this asset cannot leave this wallet now (no such wallet, not held there, a halt), in one line; `undefined` where it can. */
  readonly cannotPay: (wallet: string, asset: string) => string | undefined
  /** Whether the gate ever took a withdrawal of this id, whatever it answered. */
  readonly withdrawalKnown: (withdrawal: string) => boolean
}
