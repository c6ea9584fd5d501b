/** What alerts must know of the people; the room answers both from its own roster. */
export interface AlertsNeeds {
  /** The registered person who has this account, by the key with which a log names it. */
  readonly personOfAccount: (account: string) => string | undefined
  readonly personKnown: (person: string) => boolean
}
