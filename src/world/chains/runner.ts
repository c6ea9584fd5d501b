/** Drives one chain source: asks it for commands, submits them one by one, and waits when there is nothing new. */
import { setTimeout as wait } from 'node:timers/promises'
import { oneLine } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import type { Command } from '../../machine/index.ts'
import type { ChainSource, Pause, SourceCommand, WatchView } from './source.ts'

/** How often a live chain is asked for news; well below the block time of Ethereum, polite to a node. */
export const POLL_MS = SECOND_MS
/** A machine whose queue is full is asked again so soon: it drains ten thousand commands in about half a second. */
const BUSY_MS = 100
/** What the watch takes as a source's own words. */
const DETAIL_MAX = 300

export interface RunnerOptions {
  readonly source: ChainSource
  readonly view: WatchView
  /** Resolves once the command is durable, or with a refusal. */
  readonly submit: (command: Command) => Promise<unknown>
  readonly pollMs?: number
}

export class Runner {
  readonly #options: RunnerOptions
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /**
   * Resolves once the machine knows that this chain's sources are about to read, and reads on in the background. Call it before the
   * machine's first tick after a start, or the time that Pasu was down is taken for the sources' silence.
   */
  async start(): Promise<void> {
    await this.#reportAll('behind', 'starting')
    this.#running ??= this.#loop()
  }

  /** Resolves when nothing is read and nothing submitted any more; requests under way are broken off. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  /** One round; for those who drive the source by their own clock. */
  async round(): Promise<Pause> {
    const { source, view } = this.#options
    const round = source.read(view, this.#stop.signal)
    let step = await round.next()
    while (step.done !== true) {
      const refusal = await this.#submit(step.value)
      if (this.#stop.signal.aborted) {
        await round.return('end')
        return 'end'
      }
      step = await round.next(refusal)
    }
    return step.value
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const pause = await this.round().catch((fault: unknown) => this.#failed(fault))
      if (pause === 'end' || signal.aborted) return
      if (pause === 'idle') await this.#sleep(this.#options.pollMs ?? POLL_MS)
    }
  }

  /** A fault of ours within the source: the chain is not read, and the watch must know. */
  async #failed(fault: unknown): Promise<Pause> {
    if (this.#stop.signal.aborted) return 'end'
    await this.#reportAll('erring', `the source failed: ${String(fault)}`)
    return 'idle'
  }

  async #reportAll(status: 'behind' | 'erring', detail: string): Promise<void> {
    const { chain, sources } = this.#options.source
    const line = oneLine(detail, DETAIL_MAX)
    for (const source of sources) {
      await this.#submit({ type: 'source.report', data: { chain, source, status, detail: line } })
    }
  }

  async #submit(command: SourceCommand): Promise<Refusal | undefined> {
    const { source, submit } = this.#options
    while (!this.#stop.signal.aborted) {
      const answer = await submit({ ...command, by: `watcher:${source.chain}` })
      if (!isRefusal(answer)) return undefined
      if (answer.kind !== 'busy') return answer
      await this.#sleep(BUSY_MS)
    }
    return undefined
  }

  async #sleep(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined)
  }
}
