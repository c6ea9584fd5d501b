/** Brings one account's coins to its refuge under permits for that: each asset once at a time, as long as its permit lives. */
import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { Instant } from '../../kernel/time.ts'
import type { Racer } from '../played.ts'
import { type LiveChain, NATIVE } from './chain.ts'
import { Sender } from './sender.ts'

export interface Rescue {
  readonly asset: string
  /** The refuge, CAIP-10. */
  readonly to: string
  /** The most that may move, as the permit says. */
  readonly ceiling: bigint
  /** Nothing is signed under the permit from then on. */
  readonly until: Instant
}

export interface SweepOptions {
  readonly chain: LiveChain
  readonly account: PrivateKeyAccount
  /** Left behind, in base units of the native coin: what the fees of this race are paid from. */
  readonly feeReserve: bigint
  readonly now: () => Instant
}

export class Sweep {
  readonly #options: SweepOptions
  readonly #sender: Sender
  /** Assets on their way, each with the newest permit for it and the first transaction. */
  readonly #underWay = new Map<string, { rescue: Rescue; readonly first: Promise<Hex | undefined> }>()

  constructor(options: SweepOptions) {
    this.#options = options
    this.#sender = new Sender(options.chain, options.account)
  }

  get racer(): Racer {
    return this.#sender.racer
  }

  get busy(): boolean {
    return this.#sender.busy
  }

  /** Coins are left, and nothing to pay their fees with. */
  get starved(): boolean {
    return this.#sender.starved
  }

  stop(): Promise<void> {
    return this.#sender.stop()
  }

  /** How much of an asset could be moved now. */
  async movable(asset: string, ceiling: bigint): Promise<bigint> {
    const { chain, account, feeReserve } = this.#options
    const held = (await chain.balance(account.address, asset)) - (asset === NATIVE ? feeReserve : 0n)
    return held < ceiling ? held : ceiling
  }

  /** Takes a verified permit on; a second one for an asset that is under way prolongs the first. Resolves with the first transaction. */
  async order(rescue: Rescue): Promise<string> {
    const known = this.#underWay.get(rescue.asset)
    if (known !== undefined) known.rescue = rescue
    const tx = await (known ?? this.#begin(rescue)).first
    return tx ?? 'nothing was left to move'
  }

  #begin(rescue: Rescue) {
    const { asset, to } = rescue
    // Asked at each signature, so that a newer permit counts as soon as it is there.
    const amount = (): Promise<bigint> => this.#left(this.#underWay.get(asset)?.rescue ?? rescue)
    const { first, end } = this.#sender.add({ asset, to, amount, last: asset === NATIVE })
    void end.then(() => this.#underWay.delete(asset))
    const begun = { rescue, first }
    this.#underWay.set(asset, begun)
    return begun
  }

  async #left({ asset, ceiling, until }: Rescue): Promise<bigint> {
    return this.#options.now() < until ? this.movable(asset, ceiling) : 0n
  }
}
