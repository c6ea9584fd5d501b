/**
 * The order of movements that carry the same time. Within a block the file does not say which came first, yet coins that arrive can be
 * spent in the same block, so the order decides where stolen coins end. The rule (ADR 0005) is a function of the set alone:
 *
 *   A movement is ready when it is the next one, in canonical order, of each address that pays in it, and each of these either can
 *   cover it or waits for nothing more at this time. Take the first ready one in canonical order; if none is ready, everyone waits for
 *   someone else in a circle: take the first one left.
 */
import { SmallestFirst } from './heap.ts'

/** A transfer, or a whole transaction with what it takes from and adds to each address on balance. */
export interface Movement {
  readonly pays: readonly { readonly address: number; readonly amount: bigint }[]
  readonly feeds: readonly number[]
}

/** One address within one instant: who waits to spend from it, and how many movements will still feed it. */
interface Desk {
  feeders: number
  readonly line: { readonly place: number; readonly amount: bigint }[]
  head: number
  /** Whether the head of the line has this desk's consent. */
  granted: boolean
}

export class CausalOrder {
  readonly #movements: readonly Movement[]
  readonly #covers: (address: number, amount: bigint) => boolean
  readonly #desks = new Map<number, Desk>()
  readonly #ready = new SmallestFirst()
  readonly #done: boolean[]
  /** Per movement: desks that have not consented. */
  readonly #missing: number[]
  #firstLeft = 0

  /** `movements` in canonical order; `covers` must answer from the state that `apply` changes. */
  constructor(movements: readonly Movement[], covers: (address: number, amount: bigint) => boolean) {
    this.#movements = movements
    this.#covers = covers
    this.#done = movements.map(() => false)
    this.#missing = movements.map((movement) => movement.pays.length)
    movements.forEach((movement, place) => {
      for (const { address, amount } of movement.pays) this.#desk(address).line.push({ place, amount })
      for (const address of movement.feeds) this.#desk(address).feeders += 1
    })
    // A transaction in which nobody pays on balance (a circle of equal amounts) waits for nobody.
    this.#missing.forEach((missing, place) => {
      if (missing === 0) this.#ready.push(place)
    })
    for (const address of this.#desks.keys()) this.#consider(address)
  }

  /** Calls `apply` once for each movement, with its place. */
  run(apply: (place: number) => void): void {
    for (let place = this.#next(); place !== undefined; place = this.#next()) {
      apply(place)
      this.#done[place] = true
      const movement = this.#movements[place]
      if (movement === undefined) continue
      for (const address of movement.feeds) {
        this.#desk(address).feeders -= 1
        this.#consider(address)
      }
      for (const { address } of movement.pays) this.#consider(address)
    }
  }

  #desk(address: number): Desk {
    let desk = this.#desks.get(address)
    if (desk === undefined) {
      desk = { feeders: 0, line: [], head: 0, granted: false }
      this.#desks.set(address, desk)
    }
    return desk
  }

  #next(): number | undefined {
    const ready = this.#ready.pop()
    if (ready !== undefined) return ready
    while (this.#done[this.#firstLeft]) this.#firstLeft += 1
    return this.#firstLeft < this.#movements.length ? this.#firstLeft : undefined
  }

  /** Moves the line on past what is done, and gives consent to the one at its head. */
  #consider(address: number): void {
    const desk = this.#desk(address)
    let head = desk.line[desk.head]
    while (head !== undefined && this.#done[head.place]) {
      desk.head += 1
      desk.granted = false
      head = desk.line[desk.head]
    }
    if (head === undefined) return
    // Consent, once given, stands: only the head of a line spends from its address, and feeders only become fewer.
    if (desk.granted || (desk.feeders > 0 && !this.#covers(address, head.amount))) return
    desk.granted = true
    const missing = (this.#missing[head.place] ?? 0) - 1
    this.#missing[head.place] = missing
    if (missing === 0) this.#ready.push(head.place)
  }
}
