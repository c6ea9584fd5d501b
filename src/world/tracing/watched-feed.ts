/** The transfers that a running deployment itself saw: movements of platform wallets, from the journal. What thieves do next is not among them. */
import type { Transfer } from '../../rooms/trace/engine/index.ts'
import type { Deployment } from '../deployment.ts'
import type { TransferFeed } from './carrier.ts'

const MOVES = /^transfer\.(matched|internal|received|unpermitted)$/
/** Entries read at once. */
const PAGE = 10_000

/**
 * Until a node's history of other accounts is connected, a trace of a live case begins and ends with the first hop, and says so by what
 * it finds. Movements that a reorganisation undid are left out.
 */
export const watchedFeed = (deployment: Deployment): TransferFeed => ({
  async transfers(chain) {
    const found = new Map<string, Transfer>()
    for (let from = 0; from < deployment.journal.size; from += PAGE) {
      for (const { type, data } of deployment.entries(from, PAGE)) {
        if (data.chain !== chain) continue
        const key = `${String(data.tx)} ${String(data.place)}`
        if (type === 'transfer.reverted') found.delete(key)
        else if (MOVES.test(type)) {
          found.set(key, {
            at: Number(data.block_at),
            tx: String(data.tx),
            from: String(data.from),
            to: String(data.to),
            asset: String(data.asset),
            amount: BigInt(String(data.amount)),
            block: Number(data.height),
            position: Number(data.place),
          })
        }
      }
    }
    return [...found.values()]
  },
  services: async () => [],
})
