/** What playing a plan left behind, on virtual time or on a real chain: all that the answer, the story and the report are made of. */

import type { Instant } from '../kernel/time.ts'
import type { Message } from '../machine/room.ts'
import type { Deployment } from '../world/deployment.ts'
import type { Folder } from '../world/folder.ts'
import type { IncidentDetail, Watched } from './answer.ts'
import type { Plan } from './plan.ts'
import type { Sinks } from './sinks.ts'

/** How a stolen credential was tried at the signer. */
export type Trick =
  | 'no permit'
  | 'no algorithm'
  | 'own key'
  | 'own key under the name of ours'
  | 'changed claims'
  | 'other amount'
  | 'other destination'
  | 'spent permit'
  | 'expired permit'
  | 'permit from before the halt'
  | 'permit of the evacuation'

/** `code` is the verifier's; `null` would mean that a signature was given. */
export interface Attempt {
  readonly what: Trick
  readonly code: string | null
}

/** Base units. */
export interface Sum {
  readonly asset: string
  readonly amount: bigint
}

/** What the chain itself says at the end, read from its blocks and balances and not from the journal. */
export interface ChainSums {
  readonly asset: string
  /** Gone to the thief, to the refuge; left in the robbed account. */
  readonly stolen: bigint
  readonly refuge: bigint
  readonly left: bigint
}

/** Transactions of one side of the race: how many were sent, and how many of those moved coins. */
export interface Racer {
  readonly sent: number
  readonly landed: number
}

/** What only a drill on a real chain can tell. */
export interface LiveFacts {
  readonly attempts: readonly Attempt[]
  readonly thief: Racer
  readonly evacuation: Racer
  readonly chain: readonly ChainSums[]
  /** What the journal says that evacuations brought to the refuge. */
  readonly saved: readonly Sum[]
}

export interface Played {
  readonly deployment: Deployment
  readonly watched: Watched
  readonly detail: IncidentDetail | undefined
  /** The block time of the last stolen coin. */
  readonly lastTheftAt: Instant | undefined
  readonly live?: LiveFacts
}

/** What a drill is played on: a fresh data folder, sinks for its notices, the rule pack as the command that loads it. */
export interface Ground {
  readonly folder: Folder
  readonly sinks: Sinks
  readonly pack: Message
  readonly onProgress?: (done: number, of: number) => void
}

export interface Performed {
  readonly plan: Plan
  readonly played: Played
}

/** A scenario made ready: which platform it is about, and how it is played. */
export interface Act {
  readonly platform: string
  play(ground: Ground): Promise<Performed>
}
