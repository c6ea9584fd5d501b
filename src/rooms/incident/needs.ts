/** What the incident room must know of others, to fill its notices. Answers may be missing: a draft then says "not yet known". */

/** What was stolen of one asset, as the books have it. `krw`: value at the time of loss in whole won; absent where no price was known. */
export interface LossItem {
  readonly asset: string
  /** Base units. */
  readonly amount: bigint
  readonly krw?: bigint | undefined
}

export interface Loss {
  readonly items: readonly LossItem[]
  /** Whole won; absent unless every item has a value. */
  readonly krw?: bigint | undefined
}

export interface IncidentNeeds {
  loss(incident: string): Loss | undefined
  asset(asset: string): { readonly symbol: string; readonly decimals: number } | undefined
}

/** For the read models only. */
export interface DetailNeeds extends IncidentNeeds {
  /** Value of one stolen movement at the time of loss, whole won. */
  worth(chain: string, tx: string, place: number): bigint | undefined
}
