/** Waiting on real time: until something holds, and not for ever. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refused } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { refuse } from '../refusals.ts'

/** Every step of the drill takes a few blocks of a second; a machine on which one takes longer cannot show the drill. */
const STEP_MS_MAX = 30 * SECOND_MS
const LOOK_EVERY_MS = 20

/** Throws `DRILL-006` where it never comes to hold. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now()
  while (!(await holds())) {
    if (performance.now() - began > STEP_MS_MAX) {
      throw new Refused(refuse('DRILL-006', `${what} did not come about within ${STEP_MS_MAX / SECOND_MS} s`))
    }
    await sleep(LOOK_EVERY_MS)
  }
}

/** Work that runs beside the script. What fails is kept, and told when the script asks whether all is well. */
export class Errands {
  readonly #underWay = new Set<Promise<void>>()
  readonly #faults: unknown[] = []
  readonly #stop = new AbortController()

  start(work: () => Promise<unknown>): void {
    const done = work().then(
      () => undefined,
      (fault: unknown) => {
        if (!this.#stop.signal.aborted) this.#faults.push(fault)
      },
    )
    this.#underWay.add(done)
    void done.then(() => this.#underWay.delete(done))
  }

  after(ms: number, work: () => Promise<unknown>): void {
    this.start(async () => {
      await sleep(ms, undefined, { signal: this.#stop.signal })
      await work()
    })
  }

  /** The first that failed, if any: often the reason why something else never came about. */
  get fault(): unknown {
    return this.#faults[0]
  }

  /** Waits for all of it; throws the first fault. */
  async all(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
    if (this.#faults.length > 0) throw this.#faults[0]
  }

  /** What only waits is given up. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#underWay)
  }
}
