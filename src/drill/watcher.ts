/** The platform's watcher in a drill: it reads the network's blocks a little after they are made and tells the deployment what concerns it. */
import type { Instant } from '../kernel/time.ts'
import type { Recorded } from '../machine/index.ts'
import { HEARTBEAT_MS } from '../rooms/watch/index.ts'
import { partsOf } from '../world/chains/index.ts'
import type { Deployment } from '../world/deployment.ts'
import { tell } from './ask.ts'
import type { Block, DrillChain, Movement } from './chain.ts'
import type { DrillNetwork } from './network.ts'
import type { VirtualTime } from './virtual.ts'

const SOURCE = 'drill'
const BY = `watcher:${SOURCE}`

export interface WatcherOptions {
  readonly deployment: Deployment
  readonly network: DrillNetwork
  readonly chain: DrillChain
  readonly time: VirtualTime
  readonly observeMs: number
  /** Accounts of the platform: the watch is told of nothing else. */
  readonly ours: ReadonlySet<string>
  /** Called with what each observation caused and how long that took to be durable, in milliseconds of the real clock. */
  readonly onObserved?: (recorded: readonly Recorded[], tookMs: number) => void
}

export class DrillWatcher {
  readonly #options: WatcherOptions
  #cursor = -1

  constructor(options: WatcherOptions) {
    this.#options = options
    const { network, time, observeMs } = options
    network.subscribe((block) => {
      if (block.movements.some((movement) => this.#isOurs(movement))) {
        time.later(observeMs, () => this.#observe(block))
      }
    })
  }

  /** A source that reads by itself: it reports, and says so again every half minute until `end`. */
  async beat(end: Instant): Promise<void> {
    const { deployment, chain, time } = this.#options
    const data = { chain: chain.chain, source: SOURCE, status: 'reading', detail: 'replayed blocks' }
    await tell(deployment, BY, 'source.report', data)
    if (time.now + HEARTBEAT_MS <= end) time.later(HEARTBEAT_MS, () => this.beat(end))
  }

  /** A record that is read to the platform, as an external feeder does: it has a beginning, and no source that could fall silent. */
  begin(): Promise<void> {
    const { chain } = this.#options
    return this.#observe({ height: 0, at: chain.timeOf(0), hash: `${chain.chain}-0`, movements: [] })
  }

  #isOurs({ from, to }: Movement): boolean {
    return this.#options.ours.has(from) || this.#options.ours.has(to)
  }

  async #observe({ height, hash, at: blockAt, ...block }: Block): Promise<void> {
    const movements = block.movements
      .filter((movement) => this.#isOurs(movement))
      .map((movement) => ({ ...movement, amount: movement.amount.toString() }))
    const { deployment, chain, onObserved } = this.#options
    for (const data of partsOf(chain.chain, this.#cursor, { height, hash, blockAt, movements })) {
      const began = performance.now()
      const recorded = await tell(deployment, BY, 'block.observe', data)
      onObserved?.(recorded, performance.now() - began)
    }
    this.#cursor = height
  }
}
