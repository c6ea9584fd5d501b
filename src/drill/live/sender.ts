/**
 * Gets movements of one account onto the chain against somebody who signs with the same key. Both share the account's nonces, so a
 * transaction may be outbid, overtaken, or find less than it was to move; whatever happens to it, what is left is sent again, at a higher
 * price where another holds the place, until the movement is done or no longer wanted. The evacuation and the thief both use it, so
 * neither of them is the better sender.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Hex, parseGwei } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { Racer } from '../played.ts'
import type { LiveChain, Move, Sent } from './chain.ts'

/** Above what ordinary transactions pay, so that the first try is a good one. */
export const TIP_FIRST = parseGwei('5')
/** Beyond this a single transfer would eat what an evacuation leaves for fees. */
const TIP_MAX = parseGwei('500')
const LOOK_EVERY_MS = 50
/** Orders of one moment arrive one after the other within this; only then is it known whether others go first. */
const TOGETHER_MS = 100
/** The others get about a block's time alone; longer, and who keeps them busy has the rest meanwhile. */
const LAST_WAITS_MS_MAX = 1.2 * SECOND_MS
/** Where all that can be bid is not enough, the next places on the chain are tried; behind so many others there is no hurry left. */
const PLACES_TRIED_MAX = 4

export interface Movement {
  readonly asset: string
  /** CAIP-10. */
  readonly to: string
  /** Base units that should move now, asked for before each signature; zero or less ends it. */
  readonly amount: () => Promise<bigint>
  /** The coin that fees are paid in goes once the others have gone: without it they could not go at all. */
  readonly last?: boolean
}

/** A movement under way; `sent` is its last transaction, as long as that waits. */
interface Lane {
  readonly movement: Movement
  readonly first: PromiseWithResolvers<Hex | undefined>
  readonly end: PromiseWithResolvers<void>
  sent: { readonly tx: Hex; readonly nonce: number } | undefined
  readonly since: Instant
  /** The account could not pay for it when it was tried last. */
  unpaid: boolean
  over: boolean
}

export interface UnderWay {
  /** The movement's first transaction, or nothing where there was nothing to move. */
  readonly first: Promise<Hex | undefined>
  /** It is done or given up. */
  readonly end: Promise<void>
}

export class Sender {
  readonly #chain: LiveChain
  readonly #account: PrivateKeyAccount
  #lanes: Lane[] = []
  /** What was bid in vain for a place, in wei. */
  readonly #bids = new Map<number, bigint>()
  #running: Promise<void> | undefined
  #stopped = false
  #sent = 0
  #landed = 0

  constructor(chain: LiveChain, account: PrivateKeyAccount) {
    this.#chain = chain
    this.#account = account
  }

  get racer(): Racer {
    return { sent: this.#sent, landed: this.#landed }
  }

  get busy(): boolean {
    return this.#lanes.length > 0
  }

  /** Nothing waits on the chain, and the account cannot pay for what is still wanted. */
  get starved(): boolean {
    return this.busy && this.#lanes.every(({ sent, unpaid }) => sent === undefined && unpaid)
  }

  add(movement: Movement): UnderWay {
    const [first, end] = [Promise.withResolvers<Hex | undefined>(), Promise.withResolvers<void>()]
    this.#lanes.push({ movement, first, end, since: Date.now(), sent: undefined, unpaid: false, over: false })
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return { first: first.promise, end: end.promise }
  }

  /** Resolves when every movement is done or given up. */
  async idle(): Promise<void> {
    await this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped && this.busy) {
        await this.#round()
        await sleep(LOOK_EVERY_MS)
      }
    } finally {
      for (const lane of this.#lanes) close(lane)
      this.#lanes = []
    }
  }

  async #round(): Promise<void> {
    const mined = await this.#chain.minedNonce(this.#account.address)
    for (const lane of this.#lanes) await this.#look(lane)
    for (const lane of this.#lanes) if (this.#isTurnOf(lane)) await this.#send(lane, mined)
    this.#lanes = this.#lanes.filter(({ over }) => !over)
  }

  #isTurnOf({ movement, over, sent, since }: Lane): boolean {
    if (over || sent !== undefined) return false
    if (movement.last !== true) return true
    const age = Date.now() - since
    const others = this.#lanes.some((lane) => lane.movement.last !== true && !lane.over && !lane.unpaid)
    return age >= (others ? LAST_WAITS_MS_MAX : TOGETHER_MS)
  }

  /** What became of the lane's last transaction. */
  async #look(lane: Lane): Promise<void> {
    if (lane.sent === undefined) return
    const fate = await this.#chain.fate(lane.sent.tx)
    if (fate === 'waiting') return
    lane.sent = undefined
    if (fate !== 'done') return
    this.#landed += 1
    close(lane)
  }

  async #send(lane: Lane, mined: number): Promise<void> {
    const { asset, to } = lane.movement
    const amount = await lane.movement.amount()
    if (amount <= 0n) {
      close(lane)
      return
    }
    const ours = new Set(this.#lanes.map(({ sent }) => sent?.nonce))
    for (let nonce = mined, tried = 0; tried < PLACES_TRIED_MAX; nonce++) {
      if (ours.has(nonce)) continue
      tried += 1
      const answer = await this.#bid({ asset, to, amount }, nonce)
      if ('not' in answer && answer.not === 'outbid') continue
      lane.unpaid = 'not' in answer && answer.not === 'no funds'
      // Otherwise the chain is no longer as we thought: the next round reads it anew.
      if ('not' in answer) return
      this.#sent += 1
      lane.sent = { tx: answer.tx, nonce }
      lane.first.resolve(answer.tx)
      return
    }
  }

  /** Bids for a place from where it was last bid in vain up to the most that may be paid. */
  async #bid(move: Move, nonce: number): Promise<Sent> {
    const inVain = this.#bids.get(nonce)
    for (let tip = inVain === undefined ? TIP_FIRST : higher(inVain); tip <= TIP_MAX; tip = higher(tip)) {
      const answer = await this.#chain.send(this.#account, move, nonce, tip)
      if (!('not' in answer) || answer.not !== 'outbid') return answer
      this.#bids.set(nonce, tip)
    }
    return { not: 'outbid' }
  }
}

function close(lane: Lane): void {
  lane.over = true
  lane.first.resolve(undefined)
  lane.end.resolve()
}

/** Nodes want a tenth more for the same place; a quarter more is well above it. */
const higher = (tip: bigint): bigint => tip + tip / 4n
