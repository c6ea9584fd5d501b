/** The drill's chain as the deployment sees it: blocks are made at their time and told to the watch a little later. */
import { isRefusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Answer } from '../machine/index.ts'
import type { Message } from '../machine/room.ts'
import { partsOf } from '../world/chains/index.ts'
import type { Block, DrillChain, Movement, Sending } from './chain.ts'
import type { VirtualTime } from './virtual.ts'

/** As often as the watch wants a sign of life from a source that has nothing to tell. */
const HEARTBEAT_MS = 30_000
const SOURCE = 'drill'

export interface NetworkOptions {
  readonly chain: DrillChain
  readonly time: VirtualTime
  readonly observeMs: number
  /** Accounts of the platform: the watch is told of nothing else. */
  readonly ours: ReadonlySet<string>
  readonly submit: (command: Message & { readonly by: string }) => Promise<Answer>
  /** Called with the answer to each observation and how long it took to be durable, in milliseconds of the real clock. */
  readonly onObserved?: (block: Block, answer: Answer, tookMs: number) => void
}

export class DrillNetwork {
  readonly #options: NetworkOptions
  readonly #planned = new Set<number>()
  #cursor = -1

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  /** Begins to read: the source reports itself, and says so again every half minute until `end`. */
  async start(end: Instant): Promise<void> {
    const { chain, time } = this.#options
    const beat = async (): Promise<void> => {
      const data = { chain: chain.chain, source: SOURCE, status: 'reading', detail: 'replayed blocks' }
      await this.#tell('source.report', data)
      if (time.now + HEARTBEAT_MS <= end) time.later(HEARTBEAT_MS, beat)
    }
    await beat()
  }

  /** A transaction enters the network; it lands in the first block at or after `at`. */
  send(sending: Sending, at: Instant): void {
    const { chain, time, observeMs } = this.#options
    const height = chain.send(sending, Math.max(at, time.now))
    if (this.#planned.has(height)) return
    this.#planned.add(height)
    time.at(chain.timeOf(height), () => {
      const block = chain.make(height)
      time.later(observeMs, async () => {
        this.#planned.delete(height)
        if (block.movements.some((movement) => this.#isOurs(movement))) await this.#observe(block)
      })
    })
  }

  #isOurs({ from, to }: Movement): boolean {
    return this.#options.ours.has(from) || this.#options.ours.has(to)
  }

  async #observe(block: Block): Promise<void> {
    const movements = block.movements
      .filter((movement) => this.#isOurs(movement))
      .map((movement) => ({ ...movement, amount: movement.amount.toString() }))
    const { height, hash, at: blockAt } = block
    for (const data of partsOf(this.#options.chain.chain, this.#cursor, { height, hash, blockAt, movements })) {
      const began = performance.now()
      const answer = await this.#tell('block.observe', data)
      this.#options.onObserved?.(block, answer, performance.now() - began)
    }
    this.#cursor = block.height
  }

  async #tell(type: string, data: Message['data']): Promise<Answer> {
    const answer = await this.#options.submit({ type, data, by: `watcher:${SOURCE}` })
    if (isRefusal(answer)) throw new Error(`the watch refused ${type}: ${answer.code} ${answer.detail}`)
    return answer
  }
}
