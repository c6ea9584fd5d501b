/** The nodes of one chain together: who answers, how far they agree, and what they say of one height. */

import type { Lookout } from './lookout.ts'
import type { Node } from './node.ts'
import { type Findings, hexOf, merged, readBlock } from './read.ts'
import { call, NodeFault } from './rpc.ts'
import { headSchema } from './schemas.ts'

/** `split`: the nodes that have the block show different ones. */
export type Vote = { readonly hash: string } | 'split' | 'unknown'

export interface AgreedBlock extends Findings {
  readonly split: false
}
export interface SplitBlock {
  readonly split: true
  readonly detail: string
}

export class Panel {
  readonly nodes: readonly Node[]

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes
  }

  get answering(): readonly Node[] {
    return this.nodes.filter(({ head }) => head !== undefined)
  }

  async look(signal: AbortSignal): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.look(signal)))
    const top = Math.max(...this.answering.map(({ head }) => head?.number ?? 0))
    for (const node of this.nodes) node.compare(top)
  }

  /** How far all nodes that keep up have the chain; `undefined` when none answers. A laggard is not waited for, but is asked. */
  get target(): number | undefined {
    const heights = this.answering.filter((node) => !node.lags).flatMap(({ head }) => head?.number ?? [])
    return heights.length === 0 ? undefined : Math.min(...heights)
  }

  #having(height: number): readonly Node[] {
    return this.answering.filter(({ head }) => head !== undefined && head.number >= height)
  }

  /** The hash at a height by all nodes that have it. */
  async vote(height: number, signal: AbortSignal): Promise<Vote> {
    const hashes = await Promise.all(
      this.#having(height).map((node) =>
        node.ask(async ({ rpc }) => {
          const head = await rpc.one(call('eth_getBlockByNumber', [hexOf(height), false], headSchema), signal)
          if (head.number !== height) throw new NodeFault('erring', `asked for block ${height}, got ${head.number}`)
          return head.hash
        }),
      ),
    )
    const [hash] = hashes
    if (hash === undefined) return 'unknown'
    return hashes.every((each) => each === hash) ? { hash } : 'split'
  }

  /** The whole block by all nodes that have it; what any of them shows of it counts. */
  async read(
    height: number,
    lookout: Lookout,
    now: () => number,
    signal: AbortSignal,
  ): Promise<AgreedBlock | SplitBlock> {
    const nodes = this.#having(height)
    const all = await Promise.all(
      nodes.map((node) => node.ask((reader) => readBlock(reader, height, lookout, signal), true)),
    )
    const [first] = all
    if (first === undefined) throw new NodeFault('erring', `no node has block ${height}`)
    const other = all.findIndex(({ head }) => head.hash !== first.head.hash || head.timestamp !== first.head.timestamp)
    if (other > 0) {
      const [a, b] = [nodes[0]?.name, nodes[other]?.name]
      return { split: true, detail: `${a} and ${b} show different blocks ${height}` }
    }
    const { findings, lacking } = merged(all)
    for (const place of lacking) {
      const node = nodes[place]
      if (node !== undefined)
        node.withheld = { at: now(), detail: `it showed less of block ${height} than another node` }
    }
    return { ...findings, split: false }
  }
}
