/** One pure decision per command. */
import { chainOf, normalAsset } from '../../kernel/caip.ts'
import type { DataOf, Decide, Decision } from '../../machine/room.ts'
import { report } from './health.ts'
import { reorganisationBlocks } from './limits.ts'
import type { commands, events } from './messages.ts'
import type { WatchNeeds } from './needs.ts'
import { observe } from './observe.ts'
import { refuse } from './refusals.ts'
import { rewind } from './rewind.ts'
import type { WatchState } from './state.ts'

/** A report that only says what is known makes no event: holdings are read often and change seldom. */
function hold(state: WatchState, data: DataOf<typeof commands, 'holding.report'>): Decision<typeof events> {
  const asset = normalAsset(data.asset)
  const name = chainOf(asset)
  const chain = state.chains.get(name)
  if (chain === undefined) return refuse('WATCH-007', `asset: ${name} was never read`, { field: 'asset' })
  if (data.height < chain.height - reorganisationBlocks(name)) {
    return refuse('WATCH-004', `height: ${data.height} is older than the movements that are remembered`, {
      field: 'height',
      context: { cursor: chain.height },
    })
  }
  const known = state.holdings.get(data.wallet)?.get(asset)
  if (known !== undefined && known.height >= 0) {
    if (data.height < known.height) return []
    const above = known.after.filter((change) => change.height > data.height)
    if (above.reduce((sum, change) => sum + change.delta, BigInt(data.amount)) === known.sum) return []
  }
  return [{ type: 'holding.reported', data: { ...data, asset } }]
}

export const decide: Decide<WatchState, typeof commands, typeof events, WatchNeeds> = {
  'block.observe': observe,
  'chain.rewind': rewind,
  'holding.report': hold,
  'source.report': report,
}
