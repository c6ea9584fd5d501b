/** A chain source that replays what was recorded or rebuilt, on the clock of whoever asks. */
import { sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { Refused } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import { AccountSet, concerning } from '../../rooms/watch/index.ts'
import { BLOCK_DELEGATIONS_MAX, BLOCK_MOVEMENTS_MAX } from '../../rooms/watch/messages.ts'
import type {
  ChainSource,
  ObservedBlock,
  ObservedGrant,
  ObservedMovement,
  Pause,
  SourceCommand,
  WatchView,
} from './source.ts'

export interface RecordedBlock {
  readonly height: number
  readonly hash: string
  readonly blockAt: Instant
  readonly movements: readonly ObservedMovement[]
  readonly delegations?: readonly ObservedGrant[]
}

export interface RecordedTransfer extends ObservedMovement {
  readonly at: Instant
}

/** A record knows times, not blocks: transfers within the same `blockMs` stand in one block. */
export interface BlockClock {
  readonly chain: string
  /** The time of block 0. */
  readonly genesisAt: Instant
  readonly blockMs: number
}

const hashOf = (chain: string, height: number): string =>
  `0x${toHex(sha256(utf8(`recorded block ${chain} ${height}`)))}`

/** Blocks in order, from transfers in any order; only those with transfers. Their hashes are made up, and the same each time. */
export function blocksOf(
  transfers: readonly RecordedTransfer[],
  { chain, genesisAt, blockMs }: BlockClock,
): RecordedBlock[] {
  const byHeight = new Map<number, ObservedMovement[]>()
  const ordered = transfers.toSorted((a, b) => a.at - b.at || (a.tx < b.tx ? -1 : a.tx > b.tx ? 1 : a.place - b.place))
  for (const { at, ...movement } of ordered) {
    const height = Math.floor((at - genesisAt) / blockMs)
    if (height < 0) throw new RangeError(`the transfer ${movement.tx} lies before the first block`)
    const block = byHeight.get(height) ?? []
    byHeight.set(height, block)
    block.push(movement)
  }
  return [...byHeight].map(([height, movements]) => ({
    height,
    hash: hashOf(chain, height),
    blockAt: genesisAt + height * blockMs,
    movements,
  }))
}

/** One block as the commands that tell it: more than one where it is too full for a turn. */
export function partsOf(chain: string, after: number, block: RecordedBlock): ObservedBlock[] {
  const { movements, delegations = [] } = block
  const count = Math.max(
    1,
    Math.ceil(movements.length / BLOCK_MOVEMENTS_MAX),
    Math.ceil(delegations.length / BLOCK_DELEGATIONS_MAX),
  )
  return Array.from({ length: count }, (_, part) => ({
    chain,
    after,
    height: block.height,
    hash: block.hash,
    block_at: block.blockAt,
    part,
    last: part === count - 1,
    movements: movements.slice(part * BLOCK_MOVEMENTS_MAX, (part + 1) * BLOCK_MOVEMENTS_MAX),
    delegations: delegations.slice(part * BLOCK_DELEGATIONS_MAX, (part + 1) * BLOCK_DELEGATIONS_MAX),
  }))
}

export interface RecordedOptions {
  readonly chain: string
  /** Ascending by height. A block is told when its time has come. */
  readonly blocks: readonly RecordedBlock[]
  readonly now: () => Instant
}

/** It never reports how it fares: a record has no heartbeat, and its chain is never called blind for its silence. */
export function recordedSource({ chain, blocks, now }: RecordedOptions): ChainSource {
  return {
    chain,
    sources: [],
    async *read(view: WatchView): AsyncGenerator<SourceCommand, Pause, Refusal | undefined> {
      const from = view.standing()?.height ?? -1
      const ours = new AccountSet(view.targets().map(({ account }) => account))
      for (const block of blocks) {
        if (block.height <= from) continue
        if (block.blockAt > now()) return 'idle'
        const after = view.standing()?.height ?? -1
        const movements = concerning(block.movements, ours)
        for (const data of partsOf(chain, after, { ...block, movements })) {
          const refusal = yield { type: 'block.observe', data }
          if (refusal !== undefined) throw new Refused(refusal)
        }
      }
      return 'end'
    },
  }
}
