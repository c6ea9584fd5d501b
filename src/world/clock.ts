/** Wakes the machine when time alone changes something: a deadline passes, a permit runs out. */
import type { Instant } from '../kernel/time.ts'
import { type Answer, type Command, TICK } from '../machine/index.ts'

/** setTimeout takes 31 bits of milliseconds; a longer wait is cut and looked at again. */
const WAIT_MS_MAX = 2 ** 31 - 1
/** A tick that changed nothing is not asked again at once. */
const WAIT_MS_MIN = 100

export interface WakerOptions {
  readonly due: () => Instant | undefined
  readonly submit: (command: Command) => Promise<Answer>
  readonly now: () => Instant
}

export class Waker {
  readonly #options: WakerOptions
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: WakerOptions) {
    this.#options = options
  }

  /** Sets the timer anew; called after each durable batch. */
  look(): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    const due = this.#options.due()
    if (due === undefined) return
    const wait = Math.min(Math.max(due - this.#options.now(), WAIT_MS_MIN), WAIT_MS_MAX)
    this.#timer = setTimeout(() => {
      void this.#options.submit({ type: TICK, data: {}, by: 'clock' }).then(() => this.look())
    }, wait)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
