/** The drill's chain on its clock: transactions enter it, blocks are made at their time, and whoever listens is told of each. */
import type { Instant } from '../kernel/time.ts'
import type { Block, DrillChain, Sending } from './chain.ts'
import type { VirtualTime } from './virtual.ts'

export class DrillNetwork {
  readonly #chain: DrillChain
  readonly #time: VirtualTime
  readonly #planned = new Set<number>()
  readonly #listeners: ((block: Block) => void)[] = []
  /** The lowest height of which no block was made yet. */
  #next = 0

  constructor(chain: DrillChain, time: VirtualTime) {
    this.#chain = chain
    this.#time = time
  }

  /** Told of every block in which something moved, in order, at its time. */
  subscribe(listener: (block: Block) => void): void {
    this.#listeners.push(listener)
  }

  /** A transaction enters the network; it lands in the first block at or after `at` that is not made yet. */
  send(sending: Sending, at: Instant): void {
    const chain = this.#chain
    const height = chain.send(sending, Math.max(at, this.#time.now, chain.timeOf(this.#next)))
    if (this.#planned.has(height)) return
    this.#planned.add(height)
    this.#time.at(chain.timeOf(height), () => {
      this.#planned.delete(height)
      this.#next = height + 1
      const block = chain.make(height)
      for (const listener of this.#listeners) listener(block)
    })
  }
}
