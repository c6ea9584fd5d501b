/** Folds of the watch's events: the only code that changes its state. */
import type { Instant } from '../../kernel/time.ts'
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import { heard } from './health.ts'
import { move, rebase, rewindHoldings, unmove } from './holdings.ts'
import { LANDMARKS_MIN, reorganisationBlocks, TRANSFERS_KEPT } from './limits.ts'
import type { events } from './messages.ts'
import {
  type BlockSeen,
  type ChainState,
  chainFor,
  grantKeyOf,
  keyOf,
  type Listed,
  type Seen,
  type TransferKind,
  type WatchState,
} from './state.ts'

type Received = DataOf<typeof events, 'transfer.received'>
type Change = Seen['changes'][number]

function blockAt(chain: ChainState, height: number): BlockSeen {
  const place = chain.blocks.findLastIndex((block) => block.height <= height)
  const found = chain.blocks[place]
  if (found?.height === height) return found
  const fresh: BlockSeen = { height, hash: null, keys: [] }
  chain.blocks.splice(place + 1, 0, fresh)
  return fresh
}

function forget(chain: ChainState, block: BlockSeen): void {
  for (const key of block.keys) {
    const permit = chain.seen.get(key)?.permit
    if (permit != null) chain.spent.delete(permit)
    chain.seen.delete(key)
  }
}

/** Blocks that no reorganisation reaches are forgotten, save a few to go back to. */
function prune(chain: ChainState, floor: number): void {
  while (chain.blocks.length > LANDMARKS_MIN) {
    const oldest = chain.blocks[0]
    if (oldest === undefined || oldest.height >= floor) return
    forget(chain, oldest)
    chain.blocks.shift()
  }
}

const floorOf = (name: string, chain: ChainState): number => chain.height - reorganisationBlocks(name)

function list(state: WatchState, line: Omit<Listed, 'number'>): number {
  const number = state.listed
  state.transfers[number % TRANSFERS_KEPT] = { number, ...line }
  state.listed += 1
  return number
}

const count = (state: WatchState, wallet: string, by: number): void =>
  void state.unpermitted.set(wallet, (state.unpermitted.get(wallet) ?? 0) + by)

interface More {
  readonly kind: Exclude<TransferKind, 'reverted'>
  readonly changes: readonly Change[]
  readonly permit?: string
  readonly near?: Listed['near']
}

function remember(state: WatchState, data: Received, { at }: Happened, more: More): void {
  const { tx, place, from, to, asset, height, wallet, block_at } = data
  const { kind, changes, permit = null, near = null } = more
  const chain = chainFor(state, data.chain)
  const floor = floorOf(data.chain, chain)
  for (const { wallet: whose, delta } of changes) move(state.holdings, whose, asset, { height, delta }, floor)
  const line = { tx, place, chain: data.chain, height, block_at, seen_at: at, from, to, asset, amount: data.amount }
  const listed = list(state, { ...line, kind, wallet, permit, near })
  const key = keyOf(tx, place)
  const amount = BigInt(data.amount)
  const seen = { tx, place, height, blockAt: block_at, kind, from, to, asset, amount, wallet, permit, changes, listed }
  chain.seen.set(key, seen)
  blockAt(chain, height).keys.push(key)
  if (permit !== null) chain.spent.add(permit)
  if (kind === 'unpermitted') count(state, wallet, 1)
}

const out = (data: Received): Change => ({ wallet: data.wallet, delta: -BigInt(data.amount) })
const into = (wallet: string, data: Received): Change => ({ wallet, delta: BigInt(data.amount) })

function revert(state: WatchState, data: DataOf<typeof events, 'transfer.reverted'>): void {
  const chain = chainFor(state, data.chain)
  const key = keyOf(data.tx, data.place)
  const seen = chain.seen.get(key)
  if (seen === undefined) return
  chain.seen.delete(key)
  if (seen.permit !== null) chain.spent.delete(seen.permit)
  for (const { wallet, delta } of seen.changes) {
    unmove(state.holdings, wallet, seen.asset, { height: seen.height, delta })
  }
  if (seen.kind === 'unpermitted') count(state, seen.wallet, -1)
  const line = state.transfers[seen.listed % TRANSFERS_KEPT]
  if (line?.number === seen.listed) state.transfers[seen.listed % TRANSFERS_KEPT] = { ...line, kind: 'reverted' }
}

function rewound(state: WatchState, { chain: name, height }: DataOf<typeof events, 'chain.rewound'>): void {
  const chain = chainFor(state, name)
  for (let top = chain.blocks.at(-1); top !== undefined && top.height >= height; top = chain.blocks.at(-1)) {
    chain.blocks.pop()
    // The transfers themselves are undone one by one, by the events that follow; grants have no such event.
    for (const key of top.keys) if (chain.seen.get(key)?.kind === 'delegation') chain.seen.delete(key)
  }
  chain.open = null
  chain.height = Math.min(chain.height, height - 1)
  const top = chain.blocks.at(-1)
  chain.hash = top?.height === chain.height ? top.hash : null
  rewindHoldings(state.holdings, name, height)
}

function observed(
  chain: ChainState,
  name: string,
  {
    height,
    hash,
    part,
    last,
    block_at,
  }: { height: number; hash: string; part: number; last: boolean; block_at: Instant },
): void {
  blockAt(chain, height).hash = hash
  if (!last) {
    chain.open = { height, hash, parts: part + 1 }
    return
  }
  chain.open = null
  chain.height = height
  chain.hash = hash
  chain.blockAt = block_at
  prune(chain, floorOf(name, chain))
}

function granted(state: WatchState, data: DataOf<typeof events, 'delegation.unpermitted'>): void {
  const { tx, place, height, block_at, wallet, account, delegate } = data
  const chain = chainFor(state, data.chain)
  const key = grantKeyOf(tx, place)
  const sides = { from: account, to: delegate, asset: data.asset ?? '', amount: BigInt(data.amount ?? 0) }
  const rest = { wallet, permit: null, changes: [], listed: -1 }
  chain.seen.set(key, { tx, place, height, blockAt: block_at, kind: 'delegation', ...sides, ...rest })
  blockAt(chain, height).keys.push(key)
}

export const evolve: Evolve<WatchState, typeof events> = {
  'block.observed': (state, data) => observed(chainFor(state, data.chain), data.chain, data),
  'transfer.matched': (state, data, happened) => {
    const { permit, to_wallet } = data
    const changes = to_wallet === undefined ? [out(data)] : [out(data), into(to_wallet, data)]
    remember(state, data, happened, { kind: 'matched', changes, permit })
  },
  'transfer.internal': (state, data, happened) => {
    // Coins in a refuge stay ours, but a refuge is not the wallet that it shelters.
    const changes = data.into === 'refuge' ? [out(data)] : [out(data), into(data.to_wallet, data)]
    remember(state, data, happened, { kind: 'internal', changes })
  },
  'transfer.received': (state, data, happened) =>
    remember(state, data, happened, { kind: 'received', changes: [into(data.wallet, data)] }),
  'transfer.unpermitted': (state, data, happened) =>
    remember(state, data, happened, { kind: 'unpermitted', changes: [out(data)], near: data.near ?? null }),
  'transfer.reverted': (state, data) => revert(state, data),
  'delegation.unpermitted': (state, data) => granted(state, data),
  'chain.rewound': (state, data) => rewound(state, data),
  'holding.reported': (state, { wallet, asset, amount, height }) =>
    rebase(state.holdings, wallet, asset, BigInt(amount), height),
  'source.reported': (state, data, { at }) => heard(chainFor(state, data.chain), data, at),
  'watch.blinded': (state, { chain, detail }, { at }) => {
    chainFor(state, chain).blind = { since: at, detail }
  },
  'watch.restored': (state, { chain }) => {
    chainFor(state, chain).blind = null
  },
}
