/** Decides `chain.rewind`: what a reorganisation undoes. */
import type { DataOf, Decision } from '../../machine/room.ts'
import { REVERTS_MAX } from './limits.ts'
import type { commands, events, WatchEvent } from './messages.ts'
import { refuse } from './refusals.ts'
import type { BlockSeen, ChainState, Seen, WatchState } from './state.ts'

const transfersIn = (chain: ChainState, block: BlockSeen): Seen[] =>
  block.keys.flatMap((key) => {
    const seen = chain.seen.get(key)
    return seen === undefined || seen.kind === 'delegation' ? [] : [seen]
  })

/** The newest blocks down to `height`, as many as one turn may undo; always at least one. */
function undone(chain: ChainState, height: number): { readonly from: number; readonly transfers: Seen[] } {
  const transfers: Seen[] = []
  let from: number | undefined
  for (const block of chain.blocks.toReversed()) {
    if (block.height < height) break
    const those = transfersIn(chain, block)
    if (from !== undefined && transfers.length + those.length > REVERTS_MAX) return { from, transfers }
    transfers.push(...those.toReversed())
    from = block.height
  }
  return { from: height, transfers }
}

const reverted = (chain: string, seen: Seen): WatchEvent => ({
  type: 'transfer.reverted',
  data: {
    tx: seen.tx,
    place: seen.place,
    from: seen.from,
    to: seen.to,
    asset: seen.asset,
    amount: String(seen.amount),
    chain,
    height: seen.height,
    block_at: seen.blockAt,
    wallet: seen.wallet,
    permit: seen.permit ?? undefined,
    unpermitted: seen.kind === 'unpermitted',
  },
})

export function rewind(
  state: WatchState,
  { chain: name, height, reason }: DataOf<typeof commands, 'chain.rewind'>,
): Decision<typeof events> {
  const chain = state.chains.get(name)
  const oldest = chain?.blocks[0]
  if (chain === undefined || oldest === undefined)
    return refuse('WATCH-007', `chain: ${name} was never read`, { field: 'chain' })
  if (height > Math.max(chain.height, chain.open?.height ?? -1)) return []
  if (height <= oldest.height) {
    return refuse('WATCH-004', `height: ${height} lies below block ${oldest.height}, the oldest that is remembered`, {
      field: 'height',
      context: { oldest: oldest.height, cursor: chain.height },
    })
  }
  const { from, transfers } = undone(chain, height)
  return [
    { type: 'chain.rewound', data: { chain: name, height: from, reason } },
    ...transfers.map((seen) => reverted(name, seen)),
  ]
}
