/** What the gate must know of other rooms. `src/app.ts` wires it to their queries. */
export interface GateNeeds {
  /** What the wallet holds of an asset in base units, as the watch counts it; `undefined` where nobody has read it yet. */
  readonly holding: (wallet: string, asset: string) => bigint | undefined
  /** The present value in whole won; `undefined` where there is no price. */
  readonly valueKrw: (asset: string, amount: bigint) => bigint | undefined
}
