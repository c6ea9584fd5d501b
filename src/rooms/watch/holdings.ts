/**
 * What each wallet holds: a balance that a node reported at some height, plus what was seen to move above that height. Fees are no
 * movements, so the sum of a native coin runs slightly high until the next report.
 */
import { chainOf } from '../../kernel/caip.ts'

interface Change {
  readonly height: number
  readonly delta: bigint
}

export interface Holding {
  /** May be negative: more was seen to leave than anybody reported to be there. */
  sum: bigint
  /** The height of the report that the sum stands on; -1 where none came yet. */
  height: number
  /** Movements above that height that a report about an earlier block would have to be followed by. */
  after: Change[]
}

/** Wallet -> asset -> holding. */
export type HoldingState = Map<string, Map<string, Holding>>

function holdingFor(state: HoldingState, wallet: string, asset: string): Holding {
  const assets = state.get(wallet) ?? new Map<string, Holding>()
  state.set(wallet, assets)
  const holding = assets.get(asset) ?? { sum: 0n, height: -1, after: [] }
  assets.set(asset, holding)
  return holding
}

/** A movement at `height`. Changes below `floor` are no longer kept apart: no report may be that old. */
export function move(
  state: HoldingState,
  wallet: string,
  asset: string,
  { height, delta }: Change,
  floor: number,
): void {
  const holding = holdingFor(state, wallet, asset)
  // The reported balance already has it in it.
  if (height <= holding.height) return
  holding.sum += delta
  holding.after.push({ height, delta })
  while ((holding.after[0]?.height ?? floor) < floor) holding.after.shift()
}

/** A reorganisation took the movement off the chain, whether it stood above the report or was within it. */
export function unmove(state: HoldingState, wallet: string, asset: string, { height, delta }: Change): void {
  const holding = holdingFor(state, wallet, asset)
  holding.sum -= delta
  const place = holding.after.findIndex((change) => change.height === height && change.delta === delta)
  if (place >= 0) holding.after.splice(place, 1)
}

/** A report takes the place of all that was summed up to its height. */
export function rebase(state: HoldingState, wallet: string, asset: string, amount: bigint, height: number): void {
  const holding = holdingFor(state, wallet, asset)
  holding.after = holding.after.filter((change) => change.height > height)
  holding.height = height
  holding.sum = holding.after.reduce((sum, change) => sum + change.delta, amount)
}

/** Blocks from `height` on are gone: what comes again at those heights is new and must count. */
export function rewindHoldings(state: HoldingState, chain: string, height: number): void {
  for (const assets of state.values()) {
    for (const [asset, holding] of assets) {
      if (chainOf(asset) === chain && holding.height >= height) holding.height = height - 1
    }
  }
}
