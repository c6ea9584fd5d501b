/**
 * The first thief: he stole the credential of the payout service and reads what it reads, permits included. The signer opens its door to
 * him. Each attempt is one request over that door, and what comes back is written down.
 */
import { generateKeyPairSync } from 'node:crypto'
import { publicJwk } from '../../world/signers/index.ts'
import type { Attempt, Trick } from '../played.ts'
import { askSigner } from './door.ts'
import { forge } from './forge.ts'
import type { Order } from './signer.ts'

export interface BurglarOptions {
  readonly url: string
  readonly credential: string
  /** His own account, CAIP-10. */
  readonly to: string
}

export class Burglar {
  readonly #options: BurglarOptions
  readonly #attempts: Attempt[] = []
  readonly #key = generateKeyPairSync('ed25519').privateKey

  constructor(options: BurglarOptions) {
    this.#options = options
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts
  }

  async try(what: Trick, order: Order): Promise<void> {
    const answer = await askSigner(this.#options.url, this.#options.credential, order)
    this.#attempts.push({ what, code: answer.ok ? null : answer.code })
  }

  /** All that can be made without a permit, out of one that is not his: `seen` is alive, unspent, and for a customer. */
  async forgeries(seen: Order): Promise<void> {
    const { to } = this.#options
    const mine = { ...seen, to }
    await this.try('no permit', { ...mine, permit: '' })
    const header = { alg: 'none' }
    await this.try('no algorithm', { ...mine, permit: forge(seen.permit, { header, claims: { to } }) })
    const { kid } = publicJwk(this.#key)
    const key = this.#key
    const own = forge(seen.permit, { header: { kid }, claims: { to }, key })
    await this.try('own key', { ...mine, permit: own })
    await this.try('own key under the name of ours', { ...mine, permit: forge(seen.permit, { claims: { to }, key }) })
    await this.try('changed claims', { ...mine, permit: forge(seen.permit, { claims: { to } }) })
    await this.try('other amount', { ...seen, amount: String(BigInt(seen.amount) * 10n) })
    await this.try('other destination', mine)
  }
}
