/** Carries the outbox out: each waiting effect to the carrier of its kind, its result back as a command. It decides nothing. */
import { faultLine, oneLine } from '../kernel/names.ts'
import type { Instant } from '../kernel/time.ts'
import { type Answer, confirm, fail, type OutboxState, type Waiting } from '../machine/index.ts'
import type { Message } from '../machine/room.ts'

/** Effects under way at once: enough for every authority of one incident, few enough for a small mail server. */
export const DELIVERIES_AT_ONCE_MAX = 8

/** The outbox takes no longer receipt or fault. */
const DETAIL_MAX = 300

/** One kind of way out. It may be asked to deliver the same key again after a crash; receivers tell repeats by the key. */
export interface Carrier {
  /** The receipt, in one line. Throws where it could not be delivered; the outbox then tries again later. */
  deliver(effect: Waiting): Promise<string>
}

export interface OutboxOptions {
  /** Read afresh at each look: a restart and a snapshot replace the state. */
  readonly outbox: () => OutboxState
  readonly carriers: ReadonlyMap<string, Carrier>
  readonly submit: (command: Message & { readonly by: string }) => Promise<Answer>
  readonly now: () => Instant
  /** Calls back after so many milliseconds; returns how to cancel. A drill gives its own. */
  readonly later: (ms: number, wake: () => void) => () => void
}

export class OutboxCarrier {
  readonly #options: OutboxOptions
  readonly #underWay = new Map<string, Promise<void>>()
  #cancel: (() => void) | undefined
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Looks for what is due; called after each durable batch and by its own timer. */
  look(): void {
    if (this.#stopped) return
    this.#cancel?.()
    this.#cancel = undefined
    const now = this.#options.now()
    let next: Instant | undefined
    for (const effect of this.#options.outbox().waiting.values()) {
      if (this.#underWay.has(effect.key)) continue
      if (effect.retryAt <= now && this.#underWay.size < DELIVERIES_AT_ONCE_MAX) this.#start(effect)
      else if (next === undefined || effect.retryAt < next) next = effect.retryAt
    }
    // Those that are due but found no place are started when a delivery under way ends.
    if (next !== undefined && next > now) this.#cancel = this.#options.later(next - now, () => this.look())
  }

  /** Waits for what is under way; nothing new is started. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await Promise.allSettled(this.#underWay.values())
  }

  /** Resolves when nothing is under way and nothing is due. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values())
  }

  #start(effect: Waiting): void {
    const done = this.#deliver(effect).finally(() => {
      this.#underWay.delete(effect.key)
      this.look()
    })
    this.#underWay.set(effect.key, done)
  }

  async #deliver(effect: Waiting): Promise<void> {
    const carrier = this.#options.carriers.get(effect.kind)
    const report = carrier
      ? await carrier.deliver(effect).then(
          (receipt) => confirm(effect.key, oneLine(receipt, DETAIL_MAX)),
          (fault) => fail(effect.key, faultLine(fault, DETAIL_MAX)),
        )
      : fail(effect.key, `this deployment has no carrier for ${effect.kind}`)
    // Where a stopping machine refuses the report, the effect is delivered again after the restart, under the same key.
    await this.#options.submit({ ...report, by: 'outbox' })
  }
}
