/** What others may ask of the watch. */
import type { Json } from '../../kernel/canonical.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Sight, sightOf } from './health.ts'
import { PAGE_DEFAULT, PAGE_MAX, TRANSFERS_KEPT } from './limits.ts'
import type { Listed, SourceStatus, TransferKind, WatchState } from './state.ts'

export interface Landmark {
  readonly height: number
  readonly hash: string
}

/** How far a chain was read, and the blocks below that a source may go back to, newest first. `hash` is null where a rewind ended between two known blocks. */
export interface Standing {
  readonly height: number
  readonly hash: string | null
  /** A block of which only the first parts were taken. */
  readonly open: number | null
  readonly landmarks: readonly Landmark[]
}

/** `undefined` where no block of the chain was ever read. */
export function standing(state: WatchState, chain: string): Standing | undefined {
  const known = state.chains.get(chain)
  if (known === undefined || (known.height < 0 && known.open === null)) return undefined
  const landmarks = known.blocks
    .filter((block) => block.height <= known.height)
    .flatMap(({ height, hash }) => (hash === null ? [] : [{ height, hash }]))
    .toReversed()
  return { height: known.height, hash: known.hash, open: known.open?.height ?? null, landmarks }
}

export interface Watcher {
  readonly chain: string
  readonly status: Sight
  readonly height: number
  readonly block_at: Instant
  readonly sources: readonly {
    readonly source: string
    readonly status: SourceStatus
    readonly detail: string
    readonly since: Instant
  }[]
}

export const watchers = (state: WatchState): readonly Watcher[] =>
  [...state.chains].map(([name, chain]) => ({
    chain: name,
    status: chain.blind === null ? sightOf([...chain.sources.values()].map(({ status }) => status)) : 'blind',
    height: chain.height,
    block_at: chain.blockAt,
    sources: [...chain.sources].map(([source, { status, detail, since }]) => ({ source, status, detail, since })),
  }))

export interface HoldingView {
  readonly asset: string
  /** Base units; never below zero. */
  readonly amount: bigint
  /** By how much more was seen to leave than was known to be there: the reported balance, or the watch, is wrong. */
  readonly short: bigint
  /** The height of the balance that the sum stands on; null where no node reported one yet, so that `amount` is a lower bound at best. */
  readonly height: number | null
}

export const holdings = (state: WatchState, wallet: string): readonly HoldingView[] =>
  [...(state.holdings.get(wallet) ?? [])].map(([asset, { sum, height }]) => ({
    asset,
    amount: sum > 0n ? sum : 0n,
    short: sum < 0n ? -sum : 0n,
    height: height < 0 ? null : height,
  }))

/** `undefined` where no node reported a balance of it. */
export function holdingOf(state: WatchState, wallet: string, asset: string): bigint | undefined {
  const holding = state.holdings.get(wallet)?.get(asset)
  if (holding === undefined || holding.height < 0) return undefined
  return holding.sum > 0n ? holding.sum : 0n
}

/** Movements out of the wallet that no permit covers and that stand. */
export const unpermittedCount = (state: WatchState, wallet: string): number => state.unpermitted.get(wallet) ?? 0

export interface TransferQuery {
  readonly wallet?: string | undefined
  readonly kind?: TransferKind | undefined
  readonly limit?: number | undefined
  /** The `next` of the page before. */
  readonly before?: number | undefined
}

/** The latest movements, newest first, among those that are kept. */
export function transferPage(
  state: WatchState,
  query: TransferQuery,
): { items: Omit<Listed, 'number'>[]; next: number | null } {
  const limit = Math.min(query.limit ?? PAGE_DEFAULT, PAGE_MAX)
  const oldest = Math.max(0, state.listed - TRANSFERS_KEPT)
  const items: Omit<Listed, 'number'>[] = []
  let at = Math.min(query.before ?? state.listed, state.listed) - 1
  for (; at >= oldest && items.length < limit; at--) {
    const line = state.transfers[at % TRANSFERS_KEPT]
    if (
      line === undefined ||
      (query.wallet ?? line.wallet) !== line.wallet ||
      (query.kind ?? line.kind) !== line.kind
    ) {
      continue
    }
    const { number: _, ...shown } = line
    items.push(shown)
  }
  return { items, next: at >= oldest ? at + 1 : null }
}

export const pageJson = (page: ReturnType<typeof transferPage>): Json => ({
  items: page.items.map((item) => ({ ...item, near: item.near === null ? null : { ...item.near } })),
  next: page.next,
})
