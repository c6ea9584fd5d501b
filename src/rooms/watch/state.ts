/** What the watch knows: how far each chain was read, what moved lately, what each wallet holds. Bounded by `limits.ts`. */
import type { Instant } from '../../kernel/time.ts'
import type { DataOf } from '../../machine/room.ts'
import type { HoldingState } from './holdings.ts'
import type { events } from './messages.ts'

export type TransferKind = 'matched' | 'internal' | 'received' | 'unpermitted' | 'reverted'
export type SourceStatus = DataOf<typeof events, 'source.reported'>['status']

/** A movement or a grant within the reach of a reorganisation. */
export interface Seen {
  readonly tx: string
  readonly place: number
  readonly height: number
  readonly blockAt: Instant
  readonly kind: TransferKind | 'delegation'
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly wallet: string
  readonly permit: string | null
  /** Whose holdings it changed, and by how much. */
  readonly changes: readonly { readonly wallet: string; readonly delta: bigint }[]
  /** Its number in the list of transfers. */
  readonly listed: number
}

/** An observed block; `hash` is null where a late movement named a block that nobody had observed by hash. */
export interface BlockSeen {
  readonly height: number
  hash: string | null
  readonly keys: string[]
}

export interface SourceState {
  readonly status: SourceStatus
  readonly detail: string
  /** Since when it has had this status. */
  readonly since: Instant
  /** When it last said anything. */
  readonly heardAt: Instant
}

export interface ChainState {
  /** The last block read in full; -1 before the first. */
  height: number
  hash: string | null
  blockAt: Instant
  /** A block whose first parts were taken and whose last has not come. */
  open: { readonly height: number; readonly hash: string; readonly parts: number } | null
  /** Ascending; reaches back as far as a reorganisation may. */
  readonly blocks: BlockSeen[]
  readonly seen: Map<string, Seen>
  /** Permits that movements in `seen` have spent. */
  readonly spent: Set<string>
  readonly sources: Map<string, SourceState>
  behindSince: Instant | null
  blind: { readonly since: Instant; readonly detail: string } | null
}

/** A line of the list that people read. */
export interface Listed {
  readonly number: number
  readonly tx: string
  readonly place: number
  readonly chain: string
  readonly height: number
  readonly block_at: Instant
  readonly seen_at: Instant
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
  readonly kind: TransferKind
  readonly wallet: string
  readonly permit: string | null
  readonly near: { readonly permit: string; readonly differs: string } | null
}

export interface WatchState {
  readonly chains: Map<string, ChainState>
  readonly holdings: HoldingState
  /** A ring of the latest `TRANSFERS_KEPT`; number n stands at n modulo that. */
  readonly transfers: Listed[]
  listed: number
  /** Per wallet, movements without a permit that stand. */
  readonly unpermitted: Map<string, number>
}

export const initial = (): WatchState => ({
  chains: new Map(),
  holdings: new Map(),
  transfers: [],
  listed: 0,
  unpermitted: new Map(),
})

export const freshChain = (): ChainState => ({
  height: -1,
  hash: null,
  blockAt: 0,
  open: null,
  blocks: [],
  seen: new Map(),
  spent: new Set(),
  sources: new Map(),
  behindSince: null,
  blind: null,
})

/** Names a movement: the same one told twice has the same key. Grants stand apart, for a log may be both. */
export const keyOf = (tx: string, place: number): string => `${tx}:${place}`
export const grantKeyOf = (tx: string, place: number): string => `grant:${tx}:${place}`

export function chainFor(state: WatchState, chain: string): ChainState {
  const known = state.chains.get(chain)
  if (known !== undefined) return known
  const fresh = freshChain()
  state.chains.set(chain, fresh)
  return fresh
}
