/** Virtual time: a day passes in a second, and everything in it happens in an order that the seed alone decides. */
import type { Instant } from '../kernel/time.ts'

interface Planned {
  readonly at: Instant
  readonly order: number
  readonly act: () => Promise<void> | void
}

export interface VirtualTimeOptions {
  /** When the machine itself next wants to be woken. */
  readonly due: () => Instant | undefined
  readonly tick: () => Promise<void>
  /** Waits until nothing is under way: commands answered, deliveries made. */
  readonly settle: () => Promise<void>
}

export class VirtualTime {
  now: Instant
  #options: VirtualTimeOptions | undefined
  readonly #heap: Planned[] = []
  #order = 0

  constructor(start: Instant) {
    this.now = start
  }

  /** The machine exists only after the clock it reads. */
  attach(options: VirtualTimeOptions): void {
    this.#options = options
  }

  /** Plans an act; what is planned for the past happens next. Acts of one instant happen in the order of their planning. */
  at(at: Instant, act: () => Promise<void> | void): () => void {
    const planned = { at: Math.max(at, this.now), order: this.#order++, act }
    push(this.#heap, planned)
    return () => {
      const place = this.#heap.indexOf(planned)
      if (place >= 0) this.#heap[place] = { ...planned, act: () => undefined }
    }
  }

  readonly later = (ms: number, act: () => Promise<void> | void): (() => void) => this.at(this.now + ms, act)

  /** Lets everything happen that is planned up to `end`, the machine's own timers in between. */
  async runUntil(end: Instant): Promise<void> {
    const options = this.#options
    if (options === undefined) throw new Error('the clock has nothing attached')
    for (;;) {
      const next = this.#heap[0]
      const due = options.due()
      if (due !== undefined && due <= Math.min(next?.at ?? end, end)) {
        this.now = Math.max(this.now, due)
        await options.tick()
      } else if (next !== undefined && next.at <= end) {
        pop(this.#heap)
        this.now = next.at
        await next.act()
      } else {
        this.now = Math.max(this.now, end)
        return
      }
      await options.settle()
    }
  }
}

const before = (a: Planned, b: Planned): boolean => (a.at === b.at ? a.order < b.order : a.at < b.at)

function push(heap: Planned[], item: Planned): void {
  heap.push(item)
  for (let at = heap.length - 1; at > 0; ) {
    const up = (at - 1) >> 1
    const [child, parent] = [heap[at], heap[up]]
    if (child === undefined || parent === undefined || !before(child, parent)) return
    heap[at] = parent
    heap[up] = child
    at = up
  }
}

function pop(heap: Planned[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  heap[0] = last
  for (let at = 0; ; ) {
    const left = 2 * at + 1
    const [a, b] = [heap[left], heap[left + 1]]
    const [least, place] = b !== undefined && a !== undefined && before(b, a) ? [b, left + 1] : [a, left]
    const here = heap[at]
    if (least === undefined || here === undefined || !before(least, here)) return
    heap[at] = least
    heap[place] = here
    at = place
  }
}
