/**
 * The second thief: he has the key of the hot wallet, asks nobody, and signs on the chain himself, one transaction after the other at the
 * pace of the plan, without waiting for the one before.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { SECOND_MS } from '../../kernel/time.ts'
import type { PlanMove } from '../plan.ts'
import type { Racer } from '../played.ts'
import { type LiveChain, NATIVE } from './chain.ts'
import { Sender, TIP_FIRST } from './sender.ts'

/** A step that does not succeed for so long is given up: what is left does not pay for its own fee any more. */
const STEP_MS_MAX = 6 * SECOND_MS

export class KeyThief {
  readonly #chain: LiveChain
  readonly #key: PrivateKeyAccount
  readonly #sender: Sender

  constructor(chain: LiveChain, key: PrivateKeyAccount) {
    this.#chain = chain
    this.#key = key
    this.#sender = new Sender(chain, key)
  }

  get racer(): Racer {
    return this.#sender.racer
  }

  /** Ends when his last step has landed or there was nothing left for it. */
  async rob(moves: readonly PlanMove[]): Promise<void> {
    const [first] = moves
    const began = Date.now()
    for (const { at, asset, to, amount } of moves) {
      await sleep(Math.max(0, began + at - (first?.at ?? 0) - Date.now()))
      const until = Date.now() + STEP_MS_MAX
      const left = async (): Promise<bigint> => (Date.now() < until ? this.#within(asset, amount) : 0n)
      void this.#sender.add({ asset, to, amount: left })
    }
    await this.#sender.idle()
  }

  async stop(): Promise<void> {
    await this.#sender.stop()
  }

  /** From his own account onwards: the flow's share of what `arrived` there. */
  async passOn(key: PrivateKeyAccount, flow: PlanMove, arrived: bigint): Promise<Hex | undefined> {
    const [part, of] = flow.share ?? [1n, 1n]
    const amount = (arrived * part) / of
    if (amount === 0n) return undefined
    const nonce = await this.#chain.nextNonce(key.address)
    const answer = await this.#chain.send(key, { ...flow, amount }, nonce, TIP_FIRST)
    return 'tx' in answer ? answer.tx : undefined
  }

  /** What he wants, or what is left of it beside the fee. */
  async #within(asset: string, wanted: bigint): Promise<bigint> {
    const fee = asset === NATIVE ? this.#chain.feeFor(TIP_FIRST * 4n) : 0n
    const left = (await this.#chain.balance(this.#key.address, asset)) - fee
    return left < wanted ? left : wanted
  }
}
