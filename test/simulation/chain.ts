/** A model chain: blocks of movements, and reorganisations that take the newest blocks away and build other ones. */
import type { Random } from '../../src/drill/random.ts'

export interface Movement {
  readonly tx: string
  readonly place: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
}

export interface Block {
  readonly height: number
  readonly hash: string
  readonly at: number
  readonly movements: readonly Movement[]
}

export const nameOf = ({ tx, place }: Pick<Movement, 'tx' | 'place'>): string => `${tx}:${place}`

export class SimChain {
  readonly #random: Random
  blocks: Block[] = []
  /** Sent, and in no block of the present branch. */
  pending: Movement[] = []
  /** The lowest height that was replaced since the feeder last looked. */
  forkedAt: number | undefined
  #sent = 0
  #made = 0

  constructor(random: Random) {
    this.#random = random
  }

  get height(): number {
    return this.blocks.at(-1)?.height ?? 0
  }

  send(movement: Omit<Movement, 'tx' | 'place'>): Movement {
    this.#sent += 1
    const sent = { tx: `0x${this.#sent.toString(16).padStart(64, '0')}`, place: this.#random.below(3), ...movement }
    this.pending.push(sent)
    return sent
  }

  mine(at: number): void {
    const movements = this.pending.filter(() => !this.#random.oneIn(4)).slice(0, 12)
    this.pending = this.pending.filter((movement) => !movements.includes(movement))
    const height = this.height + this.#random.between(1, 3)
    this.#made += 1
    this.blocks.push({ height, hash: `0xb${this.#made}`, at, movements: this.#random.shuffle(movements) })
  }

  /** Never the first block: the watch can't go below what it read first. */
  reorganise(): void {
    const depth = Math.min(this.#random.between(1, 4), this.blocks.length - 1)
    if (depth < 1) return
    const gone = this.blocks.splice(-depth)
    const lowest = gone[0]?.height ?? this.height
    this.forkedAt = Math.min(this.forkedAt ?? lowest, lowest)
    const movements = gone.flatMap((block) => block.movements)
    this.pending.push(...movements.filter(() => !this.#random.oneIn(4)))
  }

  /** How many such payments are in the present branch or on their way into it. */
  count(isSuch: (movement: Movement) => boolean): number {
    return [...this.pending, ...this.blocks.flatMap(({ movements }) => movements)].filter(isSuch).length
  }
}
