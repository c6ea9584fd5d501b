/** What is said of a node, from what was seen of it: the worst that holds. */
import { type Instant, SECOND_MS } from '../../../kernel/time.ts'
import type { Watcher } from '../../../rooms/watch/index.ts'
import type { Node } from './node.ts'
import type { EvmTiming } from './timing.ts'

export type SourceStatus = Watcher['sources'][number]['status']

/** A node that withheld something is distrusted aloud for so long, whatever it shows next. */
const WITHHELD_MS = 60 * SECOND_MS
/** Reading this many blocks behind the node's latest is not "reading": the movements we see are minutes old. */
export const BEHIND_BLOCKS = 8

export interface Reading {
  readonly now: Instant
  readonly timing: EvmTiming
  /** The last block that we read; `undefined` before the first. */
  readonly height: number | undefined
  /** Nodes that show different blocks, and since when. */
  readonly split: { readonly since: Instant; readonly detail: string } | undefined
  /** The machine refuses what we tell it. */
  readonly refused: string | undefined
}

export interface Judgement {
  readonly status: SourceStatus
  readonly detail: string
}

const seconds = (ms: number): string => `${Math.round(ms / SECOND_MS)} s`

/** `undefined` while it is too early to say anything but what was said before. */
export function judge(node: Node, { now, timing, height, split, refused }: Reading): Judgement | undefined {
  const { trouble, head, withheld, lagSince } = node
  if (trouble !== undefined) {
    const long = now - trouble.since >= timing.faultMs
    return long ? { status: trouble.kind, detail: trouble.detail } : undefined
  }
  if (refused !== undefined) return { status: 'erring', detail: refused }
  if (head === undefined) return undefined
  if (split !== undefined && now - split.since >= timing.disagreeMs)
    return { status: 'disagreeing', detail: split.detail }
  if (withheld !== undefined && now - withheld.at < WITHHELD_MS)
    return { status: 'disagreeing', detail: withheld.detail }
  if (now - node.headSince >= timing.stallMs) {
    return { status: 'stalled', detail: `no block after ${head.number} for ${seconds(now - node.headSince)}` }
  }
  if (node.lags && lagSince !== undefined) {
    return { status: 'behind', detail: `its latest block is ${head.number}, late by ${seconds(now - lagSince)}` }
  }
  if (height === undefined || head.number - height > BEHIND_BLOCKS) {
    return { status: 'behind', detail: `read ${height ?? 'nothing'} of ${head.number}` }
  }
  return { status: 'reading', detail: `block ${height}` }
}
