/** One node as we came to know it: its latest block, its failures, how far it lags. */
import type { Instant } from '../../../kernel/time.ts'
import { type NodeReader, newReader } from './read.ts'
import { call, NodeFault, Rpc } from './rpc.ts'
import { type Head, headSchema, quantitySchema } from './schemas.ts'
import type { SourceStatus } from './status.ts'
import type { EvmTiming } from './timing.ts'

const RETRY_DOUBLINGS_MAX = 5

export interface NodeOptions {
  /** The source's name in reports. */
  readonly name: string
  readonly url: string
  /** CAIP-2, `eip155:<chain id>`. */
  readonly chain: string
  readonly traces: boolean
  readonly timing: EvmTiming
  readonly now: () => Instant
}

interface Trouble {
  readonly kind: 'stalled' | 'erring'
  readonly detail: string
  readonly since: Instant
  readonly retryAt: Instant
  readonly failures: number
  /** It answered again since, and may take part; the trouble ends when it did so without failing. */
  answersAgain: boolean
  /** It failed on a whole block: telling its latest height again is no sign that it can be read. */
  readonly onBlock: boolean
  /** It gave a whole block since. */
  readsAgain: boolean
}

export class Node {
  readonly name: string
  readonly reader: NodeReader
  readonly #options: NodeOptions
  /** Whether it said that it is on our chain, since it last failed. */
  #identified = false
  #head: Head | undefined
  #headSince: Instant
  #trouble: Trouble | undefined
  #probe: Promise<void> | undefined
  #lag: { readonly since: Instant; readonly wanted: number } | undefined
  /** It showed less of a block than another node did. */
  withheld: { readonly at: Instant; readonly detail: string } | undefined
  reported: { readonly status: SourceStatus; readonly at: Instant } | undefined

  constructor(options: NodeOptions) {
    this.#options = options
    this.name = options.name
    this.reader = newReader(new Rpc({ url: options.url, timeoutMs: options.timing.timeoutMs }), options.traces)
    this.#headSince = options.now()
  }

  get trouble(): Trouble | undefined {
    return this.#trouble
  }

  /** Its latest block; `undefined` while it does not answer. */
  get head(): Head | undefined {
    return this.#trouble === undefined || this.#trouble.answersAgain ? this.#head : undefined
  }

  /** Since when its latest block is the latest. */
  get headSince(): Instant {
    return this.#headSince
  }

  get lagSince(): Instant | undefined {
    return this.#lag?.since
  }

  /** Asks for the latest block. A node in trouble is asked in the background, so that nobody waits for it. */
  look(signal: AbortSignal): Promise<void> {
    if (this.#trouble === undefined || this.#trouble.answersAgain) return this.#latest(signal)
    if (this.#probe === undefined && this.#trouble.retryAt <= this.#options.now()) {
      this.#probe = this.#latest(signal).finally(() => {
        this.#probe = undefined
      })
    }
    return Promise.resolve()
  }

  async #latest(signal: AbortSignal): Promise<void> {
    const head = await this.ask(async (reader) => {
      if (!this.#identified) await this.#identify(reader, signal)
      return await reader.rpc.one(call('eth_getBlockByNumber', ['latest', false], headSchema), signal)
    }).catch((fault: unknown) => {
      if (fault instanceof NodeFault || signal.aborted) return undefined
      throw fault
    })
    if (head === undefined) return
    if (head.hash !== this.#head?.hash) this.#headSince = this.#options.now()
    this.#head = head
    if (this.#trouble !== undefined) this.#trouble.answersAgain = true
  }

  /** A wrong address in the settings, or a node that was rebuilt for a test network, must not pass for our chain. */
  async #identify({ rpc }: NodeReader, signal: AbortSignal): Promise<void> {
    const found = await rpc.one(call('eth_chainId', [], quantitySchema), signal)
    if (`eip155:${found}` !== this.#options.chain) {
      throw new NodeFault('erring', `the node is on chain eip155:${found}, not ${this.#options.chain}`)
    }
    this.#identified = true
  }

  /** Runs a request and remembers its failure. `onBlock`: it reads a whole block. */
  async ask<T>(request: (reader: NodeReader) => Promise<T>, onBlock = false): Promise<T> {
    try {
      const answer = await request(this.reader)
      if (onBlock && this.#trouble !== undefined) this.#trouble.readsAgain = true
      return answer
    } catch (fault) {
      if (fault instanceof NodeFault) this.#failed(fault, onBlock)
      throw fault
    }
  }

  #failed({ kind, message }: NodeFault, onBlock: boolean): void {
    const { timing, now } = this.#options
    this.#identified = false
    const failures = (this.#trouble?.failures ?? 0) + 1
    const wait = timing.retryMs * 2 ** Math.min(failures - 1, RETRY_DOUBLINGS_MAX)
    this.#trouble = {
      kind: kind === 'stalled' ? 'stalled' : 'erring',
      detail: message,
      since: this.#trouble?.since ?? now(),
      retryAt: now() + wait,
      failures,
      answersAgain: false,
      onBlock: onBlock || (this.#trouble?.onBlock ?? false),
      readsAgain: false,
    }
  }

  /** A whole round went well with it. */
  recovered(): void {
    const trouble = this.#trouble
    if (trouble?.answersAgain === true && (!trouble.onBlock || trouble.readsAgain)) this.#trouble = undefined
  }

  /** `top`: the highest block that any node shows. The lag is counted until it has the block that it lacked when it fell behind. */
  compare(top: number): void {
    const height = this.head?.number
    if (height === undefined || height >= top) {
      this.#lag = undefined
    } else if (this.#lag === undefined || height >= this.#lag.wanted) {
      this.#lag = { since: this.#options.now(), wanted: top }
    }
  }

  get lags(): boolean {
    return this.#lag !== undefined && this.#options.now() - this.#lag.since >= this.#options.timing.lagMs
  }
}
