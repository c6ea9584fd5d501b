/** Every transfer of the drill's chain, read from its blocks: what a node with a history of all accounts would give a trace. */
import { erc20Abi, parseEventLogs } from 'viem'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Transfer } from '../../rooms/trace/engine/index.ts'
import type { TransferFeed } from '../../world/tracing/carrier.ts'
import type { Plan } from '../plan.ts'
import { CHAIN, type LiveChain, NATIVE } from './chain.ts'

/** Transactions of one block come one after the other, and within one its logs: a drill's block never has as many of either. */
const LOGS_MAX = 1_000
const id = (address: string): string => `${CHAIN}:${address.toLowerCase()}`

async function inBlock({ reader }: LiveChain, height: bigint): Promise<Transfer[]> {
  const { transactions, timestamp } = await reader.getBlock({ blockNumber: height, includeTransactions: true })
  const receipts = await Promise.all(transactions.map(({ hash }) => reader.getTransactionReceipt({ hash })))
  const when = { at: Number(timestamp) * SECOND_MS, block: Number(height) }
  return transactions.flatMap(({ hash, from, to, value }, place): Transfer[] => {
    const receipt = receipts[place]
    if (receipt?.status !== 'success') return []
    const native = { ...when, tx: hash, from: id(from), to: id(to ?? from), asset: NATIVE, amount: value }
    const tokens = parseEventLogs({ abi: erc20Abi, eventName: 'Transfer', logs: receipt.logs })
    return [
      ...(value > 0n && to !== null ? [{ ...native, position: place * LOGS_MAX }] : []),
      ...tokens.map(({ address, args }, log) => ({
        ...{ ...when, tx: hash, from: id(args.from), to: id(args.to), amount: args.value },
        ...{ asset: `${CHAIN}/erc20:${address.toLowerCase()}`, position: place * LOGS_MAX + 1 + log },
      })),
    ]
  })
}

/** Blocks do not change on this chain, so each is read once. */
export function chainFeed(chain: LiveChain, labels: () => Plan['labels']): TransferFeed {
  const read: Transfer[] = []
  let next = 0n
  return {
    async transfers() {
      const latest = await chain.reader.getBlockNumber()
      const found: Transfer[] = []
      for (let height = next; height <= latest; height++) found.push(...(await inBlock(chain, height)))
      next = latest + 1n
      read.push(...found)
      return [...read]
    },
    services: async () => labels().map((label) => ({ ...label, address: `${CHAIN}:${label.address}` })),
  }
}
