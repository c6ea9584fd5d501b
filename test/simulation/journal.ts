/** A journal without a disk: what would survive a power cut, and the two moments at which a crash can strike an append. */
import { type Bytes, sha256 } from '../../src/kernel/bytes.ts'

/** `before`: nothing of the batch is durable. `after`: all of it is, and nobody was told. */
export type CrashPoint = 'before' | 'after'

export class Crash extends Error {}

export class SimJournal {
  readonly entries: Bytes[] = []
  /** Root at each size: a running hash is all that a snapshot asks of it. */
  readonly #roots: Bytes[] = [sha256()]
  crashNext: CrashPoint | undefined

  append(batch: readonly Bytes[]): void {
    const point = this.crashNext
    this.crashNext = undefined
    if (point === 'before') throw new Crash('crash before the append')
    this.write(batch)
    if (point === 'after') throw new Crash('crash after the append')
  }

  /** The power is gone: only what is durable remains. */
  cut(): void {
    this.crashNext = undefined
  }

  rootAt(size: number): Bytes | undefined {
    return this.#roots[size]
  }

  protected write(batch: readonly Bytes[]): void {
    for (const entry of batch) {
      this.entries.push(entry)
      this.#roots.push(sha256(this.rootAt(this.entries.length - 1) ?? sha256(), entry))
    }
  }
}

/** Broken on purpose: it says that a batch is durable when it has only taken it, and writes it with the next one. */
export class EarlyJournal extends SimJournal {
  #taken: readonly Bytes[] = []

  protected override write(batch: readonly Bytes[]): void {
    super.write(this.#taken)
    this.#taken = batch
  }

  override cut(): void {
    super.cut()
    this.#taken = []
  }
}
