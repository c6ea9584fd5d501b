/** What the trace room must know of others: nothing. The transfers that it follows are read by `world/`, outside the turn. */
export type TraceNeeds = undefined
