/** The watch's endpoints. */
import { z } from 'zod'
import { nameSchema } from '../../kernel/names.ts'
import type { Data } from '../../machine/room.ts'
import type { Route } from '../../machine/route.ts'
import { PAGE_MAX } from './limits.ts'
import { refuse } from './refusals.ts'
import type { WatchState } from './state.ts'
import { pageJson, standing, transferPage, watchers } from './views.ts'

const transferParams = z.strictObject({
  wallet: nameSchema.optional(),
  kind: z.enum(['matched', 'internal', 'received', 'unpermitted', 'reverted']).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
  before: z.coerce.number().int().min(0).optional(),
})

/** Where the chain stands after the command: what a feeder goes on from. */
function position(state: WatchState, data: Data) {
  const chain = String(data.chain)
  const now = standing(state, chain)
  if (now === undefined) return refuse('WATCH-007', `chain: ${chain} was never read`, { field: 'chain' })
  return { chain, height: now.height, hash: now.hash, open: now.open }
}

export const routes: readonly Route<WatchState>[] = [
  {
    method: 'GET',
    path: '/v1/transfers',
    who: 'person',
    summary: 'The latest movements of our wallets, newest first.',
    params: transferParams,
    view: (state, params) => pageJson(transferPage(state, transferParams.parse(params))),
  },
  {
    method: 'POST',
    path: '/v1/chains/:chain/blocks',
    who: 'service',
    summary: 'A block that a feeder outside Pasu read: everything since its last one that touches our wallets.',
    command: 'block.observe',
    answer: position,
  },
  {
    method: 'POST',
    path: '/v1/chains/:chain/rewind',
    who: 'service',
    summary: 'A reorganisation that such a feeder saw.',
    command: 'chain.rewind',
    answer: position,
  },
  {
    method: 'POST',
    path: '/v1/chains/:chain/sources',
    who: 'service',
    summary: 'How such a feeder fares. Once it has reported, its silence counts as blindness.',
    command: 'source.report',
    answer: (state, data) => {
      const found = watchers(state).find(({ chain }) => chain === data.chain)
      if (found === undefined)
        return refuse('WATCH-007', `chain: ${String(data.chain)} was never read`, { field: 'chain' })
      return { ...found, sources: found.sources.map((source) => ({ ...source })) }
    },
  },
]
