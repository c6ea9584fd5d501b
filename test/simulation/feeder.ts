/** Tells the watch of the model chain: late, twice, in parts, with gaps, on the wrong branch; and in the end rightly. */
import type { Random } from '../../src/drill/random.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import type { Command } from '../../src/machine/index.ts'
import type { Block, Movement, SimChain } from './chain.ts'
import { hold, same } from './failure.ts'
import { CHAIN } from './places.ts'
import type { WatchModel } from './watch-model.ts'
import type { Ask } from './workload.ts'

const BY = 'watcher:simulated'

export class Feeder {
  readonly #chain: SimChain
  readonly #model: WatchModel
  readonly #random: Random
  readonly #ask: Ask

  constructor(parts: { chain: SimChain; model: WatchModel; random: Random }, ask: Ask) {
    this.#chain = parts.chain
    this.#model = parts.model
    this.#random = parts.random.fork('feeder')
    this.#ask = ask
  }

  async step(): Promise<void> {
    if (this.#chain.forkedAt !== undefined) return this.#fork()
    const ahead = this.#chain.blocks.filter(({ height }) => height > this.#model.cursor)
    const behind = this.#chain.blocks.filter(({ height }) => height <= this.#model.cursor)
    const [next, later] = ahead
    if (next !== undefined && later !== undefined && this.#random.oneIn(4)) {
      await this.#refused(later, next.height, 'WATCH-001')
    } else if (behind.length > 0 && this.#random.oneIn(4)) await this.#tellAgain(this.#random.pick(behind))
    else if (next !== undefined) await this.#tell(next)
  }

  async catchUp(): Promise<void> {
    if (this.#chain.forkedAt !== undefined) await this.#rewind()
    for (;;) {
      const next = this.#chain.blocks.find(({ height }) => height > this.#model.cursor)
      if (next === undefined) break
      await this.#tell(next)
    }
    for (const block of this.#chain.blocks) await this.#tellAgain(block)
  }

  /** On another branch than the watch knows: first refused where it shows, then told of the rewind. */
  async #fork(): Promise<void> {
    const other = this.#model.branch.find(({ height, hash }) =>
      this.#chain.blocks.some((b) => b.height === height && b.hash !== hash),
    )
    const block = this.#chain.blocks.find(({ height }) => height === other?.height)
    if (block !== undefined) await this.#refused(block, block.height - 1, 'WATCH-002')
    await this.#rewind()
  }

  async #rewind(): Promise<void> {
    const height = this.#chain.forkedAt ?? 0
    while (this.#model.cursor >= height) {
      const rewind = { type: 'chain.rewind', data: { chain: CHAIN, height, reason: 'fork' } }
      const outcome = await this.#ask(rewind, BY, (events) => this.#model.rewound(events))
      if (isRefusal(outcome)) hold(false, 'right answer', () => `the rewind was refused: ${outcome.detail}`)
    }
    this.#chain.forkedAt = undefined
  }

  async #tell(block: Block): Promise<void> {
    const { movements } = block
    if (movements.length >= 2 && this.#random.oneIn(3)) {
      const cut = this.#random.between(1, movements.length - 1)
      const after = this.#model.cursor
      await this.#observe(block, movements.slice(0, cut), after, { part: 0, last: false })
      await this.#observe(block, movements.slice(cut), after, { part: 1, last: true })
      return
    }
    // A source may miss a movement at first, and may tell one twice.
    const some = this.#random.oneIn(5) ? movements.filter(() => !this.#random.oneIn(3)) : movements
    const twice = this.#random.oneIn(5) ? [...some, ...some] : some
    await this.#observe(block, twice, this.#model.cursor)
  }

  #tellAgain(block: Block): Promise<void> {
    return this.#observe(block, block.movements, block.height - 1)
  }

  async #observe(block: Block, told: readonly Movement[], after: number, part = {}): Promise<void> {
    const outcome = await this.#ask(observation(block, told, after, part), BY, (events) =>
      this.#model.observed(block, told, events),
    )
    if (isRefusal(outcome)) hold(false, 'right answer', () => `block ${block.height} was refused: ${outcome.detail}`)
    this.#model.checkHaltAfterTheft(outcome.events)
  }

  async #refused(block: Block, after: number, code: string): Promise<void> {
    const outcome = await this.#ask(observation(block, block.movements, after), BY)
    same(isRefusal(outcome) ? outcome.code : 'taken', code, 'right answer', `block ${block.height} after ${after}`)
  }
}

const observation = (block: Block, told: readonly Movement[], after: number, part = {}): Omit<Command, 'by'> => ({
  type: 'block.observe',
  data: {
    ...{ chain: CHAIN, after, height: block.height, hash: block.hash, block_at: block.at, ...part },
    movements: told.map((movement) => ({ ...movement })),
  },
})
