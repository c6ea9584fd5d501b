/**
 * The single writer: commands wait in a queue, a batch of them is run, its entries are made durable together, and only then is
 * anybody answered or any effect let go. A batch runs in one piece, so nobody ever reads a state that is not durable.
 */
import type { Bytes } from '../kernel/bytes.ts'
import { faultLine } from '../kernel/names.ts'
import { isRefusal, type Refusal, Refused } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'
import type { Command, Machine, Recorded } from './machine.ts'
import { refuse } from './refusals.ts'

/** Commands that share one commit. More would gain little throughput and make the first of them wait for the last. */
export const BATCH_COMMANDS_MAX = 256
/** Entries that share one commit: a batch whose turns grow large is cut short. */
export const BATCH_ENTRIES_MAX = 4_096
/** About half a second of work at the measured pace. A caller who finds it full is told to come back, not left waiting. */
export const QUEUE_MAX = 10_000

export type Answer = { readonly recorded: readonly Recorded[] } | Refusal

export interface WriterOptions {
  readonly machine: Machine
  /** Makes the entries durable, all or none; throws when it can't. */
  readonly append: (entries: readonly Bytes[]) => void
  readonly now: () => Instant
  /** Told after each durable batch, in order. Must not throw. */
  readonly onDurable?: (recorded: readonly Recorded[]) => void
  /** Told once, when the machine can't go on: no further command is taken. */
  readonly onStopped?: (why: Refusal) => void
}

interface Waiting {
  readonly command: Command
  readonly answer: (answer: Answer) => void
}

export class Writer {
  readonly #options: WriterOptions
  #queue: Waiting[] = []
  #scheduled = false
  #stopped: Refusal | undefined

  constructor(options: WriterOptions) {
    this.#options = options
  }

  get stopped(): Refusal | undefined {
    return this.#stopped
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** Resolves once what the command caused is durable, or with a refusal. Never rejects. */
  submit(command: Command): Promise<Answer> {
    if (this.#stopped !== undefined) return Promise.resolve(this.#stopped)
    if (this.#queue.length >= QUEUE_MAX) {
      return Promise.resolve(refuse('MACHINE-003', `${QUEUE_MAX} commands are waiting already`))
    }
    return new Promise((answer) => {
      this.#queue.push({ command, answer })
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => this.#pump())
    })
  }

  /** No further command is taken; those waiting are refused. What was acknowledged stays. */
  stop(why: Refusal = refuse('MACHINE-006', 'Pasu is stopping')): void {
    if (this.#stopped !== undefined) return
    this.#stopped = why
    const waiting = this.#queue
    this.#queue = []
    for (const { answer } of waiting) answer(why)
  }

  #pump(): void {
    this.#scheduled = false
    if (this.#stopped !== undefined || this.#queue.length === 0) return
    const { taken, answers, entries, recorded } = this.#runBatch()
    const failure = entries.length === 0 ? undefined : this.#append(entries)
    if (failure !== undefined) {
      for (const { answer } of taken) answer(failure)
      this.#halt(failure)
      return
    }
    taken.forEach(({ answer }, place) => {
      answer(answers[place] ?? refuse('MACHINE-006', 'the machine stopped within the batch'))
    })
    if (recorded.length > 0) this.#options.onDurable?.(recorded)
    if (this.#queue.length > 0 && !this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => this.#pump())
    }
  }

  /** A fold that failed ends the batch before it: its turn made nothing, and the machine refuses all that follows. */
  #runBatch() {
    const { machine, now } = this.#options
    const answers: Answer[] = []
    const entries: Bytes[] = []
    const recorded: Recorded[] = []
    let count = 0
    for (const { command } of this.#queue) {
      if (count >= BATCH_COMMANDS_MAX || entries.length >= BATCH_ENTRIES_MAX) break
      count += 1
      try {
        const done = machine.run(command, now())
        answers.push(isRefusal(done) ? done : { recorded: done.recorded })
        if (isRefusal(done)) continue
        for (const entry of done.entries) entries.push(entry)
        for (const entry of done.recorded) recorded.push(entry)
      } catch (fault) {
        const why = fault instanceof Refused ? fault.refusal : refuse('MACHINE-006', String(fault).slice(0, 300))
        answers.push(why)
        setImmediate(() => this.#halt(why))
        break
      }
    }
    const taken = this.#queue.slice(0, count)
    this.#queue = this.#queue.slice(count)
    return { taken, answers, entries, recorded }
  }

  #append(entries: readonly Bytes[]): Refusal | undefined {
    try {
      this.#options.append(entries)
      return undefined
    } catch (fault) {
      if (fault instanceof Refused) return fault.refusal
      return refuse('MACHINE-005', faultLine(fault))
    }
  }

  #halt(why: Refusal): void {
    if (this.#stopped !== undefined) return
    this.stop(why)
    this.#options.onStopped?.(why)
  }
}
