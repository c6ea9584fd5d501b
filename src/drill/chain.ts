/**
 * A chain as a drill needs it: accounts with balances, transactions that land in blocks at a fixed pace, and a ledger of all that
 * moved. It stands in for the network that the incident happened on, whose own state nobody can bring back.
 */
import type { Instant } from '../kernel/time.ts'

export interface Movement {
  readonly tx: string
  readonly place: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
}

export interface Block {
  readonly height: number
  readonly at: Instant
  readonly hash: string
  readonly movements: readonly Movement[]
}

/** A transaction on its way. `atMost`: it takes what is left where less than the amount is there (a sweep); otherwise it then fails. */
export interface Sending {
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly atMost?: boolean
  /** It stands in the record of a real chain: what its sender owned is that chain's business. */
  readonly recorded?: boolean
}

export interface LedgerRow extends Movement {
  readonly at: Instant
  readonly height: number
  /** Order within its block. */
  readonly position: number
}

export class DrillChain {
  readonly chain: string
  readonly blockMs: number
  readonly #start: Instant
  readonly #balances = new Map<string, bigint>()
  readonly #waiting = new Map<number, Sending[]>()
  readonly #ledger: LedgerRow[] = []

  constructor(chain: string, blockMs: number, start: Instant) {
    this.chain = chain
    this.blockMs = blockMs
    this.#start = start
  }

  /** Everything that moved so far, in order: what a trace reads. */
  get ledger(): readonly LedgerRow[] {
    return this.#ledger
  }

  heightAt(at: Instant): number {
    return Math.floor((at - this.#start) / this.blockMs)
  }

  timeOf(height: number): Instant {
    return this.#start + height * this.blockMs
  }

  balance(account: string, asset: string): bigint {
    return this.#balances.get(`${account} ${asset}`) ?? 0n
  }

  fund(account: string, asset: string, amount: bigint): void {
    this.#balances.set(`${account} ${asset}`, this.balance(account, asset) + amount)
  }

  /** Lands in the block that begins at or after `at`; returns that block's height. Order within a block is order of sending. */
  send(sending: Sending, at: Instant): number {
    const height = Math.ceil((at - this.#start) / this.blockMs)
    const waiting = this.#waiting.get(height)
    if (waiting === undefined) this.#waiting.set(height, [sending])
    else waiting.push(sending)
    return height
  }

  /** Makes the block: runs what waits for it. Transactions without the means to pay fail and leave no movement. */
  make(height: number): Block {
    const movements: Movement[] = []
    const at = this.timeOf(height)
    for (const { tx, from, to, asset, amount, atMost, recorded } of this.#waiting.get(height) ?? []) {
      const there = this.balance(from, asset)
      const moved = atMost === true && there < amount ? there : amount
      if (moved === 0n || (moved > there && recorded !== true)) continue
      this.fund(from, asset, -moved)
      this.fund(to, asset, moved)
      const movement = { tx, place: 0, from, to, asset, amount: moved }
      movements.push(movement)
      this.#ledger.push({ ...movement, at, height, position: movements.length })
    }
    this.#waiting.delete(height)
    return { height, at, hash: `${this.chain}-${height}`, movements }
  }
}
