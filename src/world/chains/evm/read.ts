/** Reads one block from one node: all that moved coins of ours in it, and what was granted. */
import type { ObservedGrant, ObservedMovement } from '../source.ts'
import { type Authorised, authorisations } from './authorisations.ts'
import { APPROVAL_TOPIC, allowances, TRANSFER_TOPIC, tokenMovements } from './logs.ts'
import type { Lookout } from './lookout.ts'
import { feeOf, internalMovements, nativeMovements, receiptsWanted } from './native.ts'
import { type Call, call, NodeFault, type Rpc, TRACE_BYTES_MAX } from './rpc.ts'
import {
  type Block,
  blockSchema,
  type Head,
  type Log,
  logsSchema,
  quantitySchema,
  type Receipt,
  receiptSchema,
} from './schemas.ts'
import { debugTraces, parityTraces, type TraceReader } from './traces.ts'

export const hexOf = (height: number): string => `0x${height.toString(16)}`

/** How a node is asked: its traces in the first format that it turns out to speak, none once it turned out to speak neither. */
export interface NodeReader {
  readonly rpc: Rpc
  traces: readonly TraceReader[]
}

export const newReader = (rpc: Rpc, traces: boolean): NodeReader => ({
  rpc,
  traces: traces ? [debugTraces, parityTraces] : [],
})

/** What one node shows of one block. */
export interface Findings {
  readonly head: Head
  readonly movements: readonly ObservedMovement[]
  readonly grants: readonly ObservedGrant[]
  /** Whether transfers inside contracts are among the movements. */
  readonly traced: boolean
  /** Our address -> what its transactions cost, beside what they moved. */
  readonly fees: ReadonlyMap<string, bigint>
}

async function blockAt({ rpc }: NodeReader, height: number, signal: AbortSignal): Promise<Block> {
  const block = await rpc.one(call('eth_getBlockByNumber', [hexOf(height), true], blockSchema.nullable()), signal)
  if (block === null) throw new NodeFault('erring', `the node has no block ${height}, though it said it had`)
  if (block.number !== height) throw new NodeFault('erring', `asked for block ${height}, got ${block.number}`)
  return block
}

/** By the block's hash, so that logs of another branch, or none of a block not indexed yet, can't be taken for this one's. */
function logCalls(blockHash: string, { topics }: Lookout): Call<Log[]>[] {
  const filter = (wanted: unknown[]) => call('eth_getLogs', [{ blockHash, topics: wanted }], logsSchema)
  return topics.flatMap((ours) => [
    filter([[TRANSFER_TOPIC, APPROVAL_TOPIC], ours]),
    filter([[TRANSFER_TOPIC], null, ours]),
  ])
}

function distinct(lists: readonly Log[][], hash: string): Log[] {
  const byIndex = new Map<number, Log>()
  for (const log of lists.flat()) {
    if (log.blockHash !== hash) throw new NodeFault('erring', `a log of block ${log.blockHash} came for ${hash}`)
    byIndex.set(log.logIndex, log)
  }
  return [...byIndex.values()]
}

async function receiptsOf(
  reader: NodeReader,
  block: Block,
  lookout: Lookout,
  signal: AbortSignal,
): Promise<Map<string, Receipt>> {
  const wanted = receiptsWanted(block, lookout)
  if (wanted.length === 0) return new Map()
  const calls = wanted.map(({ hash }) => call('eth_getTransactionReceipt', [hash], receiptSchema.nullable()))
  const receipts = await reader.rpc.all(calls, signal)
  return new Map(
    wanted.map(({ hash }, place) => {
      const receipt = receipts[place]
      if (receipt == null || receipt.blockHash !== block.hash || receipt.transactionHash !== hash) {
        throw new NodeFault('erring', `the node has no receipt of ${hash} in block ${block.number}`)
      }
      return [hash, receipt]
    }),
  )
}

/** `undefined` where the node has no traces in a format that we read. */
async function internals(
  reader: NodeReader,
  block: Block,
  lookout: Lookout,
  signal: AbortSignal,
): Promise<ObservedMovement[] | undefined> {
  if (block.transactions.length === 0 || lookout.accounts.size === 0) return reader.traces.length > 0 ? [] : undefined
  for (let format = reader.traces[0]; format !== undefined; format = reader.traces[0]) {
    try {
      const answer = await reader.rpc.one(format.call(block), signal, TRACE_BYTES_MAX)
      const transfers = format.transfers(answer)
      const known = new Set(block.transactions.map(({ hash }) => hash))
      const strange = transfers.find(({ tx }) => !known.has(tx))
      if (strange !== undefined) throw new NodeFault('erring', `a trace of ${strange.tx}, not in block ${block.number}`)
      return internalMovements(transfers, lookout)
    } catch (fault) {
      if (!(fault instanceof NodeFault) || fault.kind !== 'unsupported') throw fault
      reader.traces = reader.traces.slice(1)
    }
  }
  return undefined
}

/**
 * Which authorisations took effect: their nonce is one that the account used up in this block. Where the node no longer has the
 * account's earlier nonce, all count: better an alarm too many.
 */
async function effective(
  reader: NodeReader,
  found: readonly Authorised[],
  height: number,
  signal: AbortSignal,
): Promise<ObservedGrant[]> {
  const grants: ObservedGrant[] = []
  for (const { grant, authority, nonce } of found) {
    const at = (block: number) => call('eth_getTransactionCount', [authority, hexOf(block)], quantitySchema)
    const nonces = await reader.rpc.all([at(Math.max(0, height - 1)), at(height)], signal).catch((fault: unknown) => {
      if (fault instanceof NodeFault && fault.kind !== 'stalled') return undefined
      throw fault
    })
    const [before, after] = nonces ?? []
    if (before === undefined || after === undefined || (before <= nonce && nonce < after)) grants.push(grant)
  }
  return grants
}

export async function readBlock(
  reader: NodeReader,
  height: number,
  lookout: Lookout,
  signal: AbortSignal,
): Promise<Findings> {
  const block = await blockAt(reader, height, signal)
  const { number, hash, parentHash, timestamp, transactions } = block
  const head: Head = { number, hash, parentHash, timestamp }
  if (lookout.accounts.size === 0) return { head, movements: [], grants: [], traced: true, fees: new Map() }
  const [logLists, receipts, inside, authorised] = await Promise.all([
    reader.rpc.all(logCalls(hash, lookout), signal),
    receiptsOf(reader, block, lookout, signal),
    internals(reader, block, lookout, signal),
    authorisations(block, lookout),
  ])
  const logs = distinct(logLists, hash)
  const senders = new Map(transactions.map((transaction) => [transaction.hash, transaction.from]))
  const delegated = await effective(reader, authorised, height, signal)
  const fees = new Map<string, bigint>()
  for (const { hash: tx, from } of transactions) {
    const receipt = lookout.accounts.has(from) ? receipts.get(tx) : undefined
    if (receipt !== undefined) fees.set(from, (fees.get(from) ?? 0n) + feeOf(receipt))
  }
  const tokens = tokenMovements(logs, lookout, senders)
  return {
    head,
    movements: [...nativeMovements(block, lookout, receipts), ...(inside ?? []), ...tokens],
    grants: [...allowances(logs, lookout, senders), ...delegated],
    traced: inside !== undefined,
    fees,
  }
}

/** Several nodes' findings of one block as one: a movement that any of them shows counts. `lacking`: who showed less than all together. */
export function merged(all: readonly Findings[]): { readonly findings: Findings; readonly lacking: readonly number[] } {
  const [first] = all
  if (first === undefined) throw new Error('no findings to merge')
  const movements = new Map(all.flatMap((each) => each.movements.map((m) => [`${m.tx} ${m.place}`, m])))
  const grants = new Map(all.flatMap((each) => each.grants.map((g) => [`${g.tx} ${g.place}`, g])))
  const traced = all.some((each) => each.traced)
  // A node without traces shows less without withholding anything.
  const lacking = all.flatMap((each, place) =>
    each.traced === traced && each.movements.length + each.grants.length < movements.size + grants.size ? place : [],
  )
  const findings = { ...first, movements: [...movements.values()], grants: [...grants.values()], traced }
  return { findings, lacking }
}
