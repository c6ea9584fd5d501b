/** The platform's payout service: asks the gate for withdrawals, and the signer to make what the gate permitted. */
import type { Deployment } from '../../world/deployment.ts'
import { ask, tell } from '../ask.ts'
import type { PlanWithdrawal } from '../plan.ts'
import { askSigner } from './door.ts'
import type { Order } from './signer.ts'
import { type Errands, until } from './wait.ts'

export interface Payout {
  readonly order: Order
  readonly expiresAt: number
  /** Its transaction, once it was signed. */
  tx: string | undefined
}

export interface PayoutOptions {
  readonly deployment: Deployment
  readonly errands: Errands
  readonly signer: string
  readonly credential: string
}

export class Payouts {
  readonly #options: PayoutOptions
  readonly #known = new Map<string, Payout>()
  /** Withdrawals whose permits are left lying, as by a service that was stopped at that moment. */
  readonly #left = new Set<string>()

  constructor(options: PayoutOptions) {
    this.#options = options
    options.deployment.subscribe((recorded) => {
      for (const { type, data } of recorded) {
        if (type !== 'permit.issued' || data.kind !== 'withdrawal') continue
        const { permit, subject, expires_at } = data
        options.errands.start(() => this.#pay(String(permit), String(subject), Number(expires_at)))
      }
    })
  }

  async request({ at: _, ...withdrawal }: PlanWithdrawal): Promise<void> {
    const data = { ...withdrawal, amount: withdrawal.amount.toString() }
    await tell(this.#options.deployment, 'service:exchange', 'withdrawal.request', data)
  }

  /** A withdrawal whose permit is fetched and not used. */
  async leave(withdrawal: PlanWithdrawal): Promise<Payout> {
    this.#left.add(withdrawal.withdrawal)
    await this.request(withdrawal)
    return this.known(withdrawal.withdrawal)
  }

  async known(withdrawal: string): Promise<Payout> {
    await until(`the permit of ${withdrawal}`, () => this.#known.has(withdrawal))
    const payout = this.#known.get(withdrawal)
    if (payout === undefined) throw new Error(`${withdrawal} is not known`)
    return payout
  }

  async signed(withdrawal: string): Promise<Payout> {
    const payout = await this.known(withdrawal)
    await until(`the signature for ${withdrawal}`, () => payout.tx !== undefined)
    return payout
  }

  async #pay(permit: string, withdrawal: string, expiresAt: number): Promise<void> {
    const { deployment, signer, credential } = this.#options
    const order = await orderFor(deployment, permit)
    const payout: Payout = { order, expiresAt, tx: undefined }
    this.#known.set(withdrawal, payout)
    if (this.#left.has(withdrawal)) return
    const answer = await askSigner(signer, credential, order)
    if (!answer.ok) throw new Error(`the signer refused ${withdrawal}: ${answer.code} ${answer.detail}`)
    payout.tx = answer.receipt
  }
}

/** A permit as the gate tells it to whoever may read permits, made an order for the signer. */
export async function orderFor(deployment: Deployment, permit: string): Promise<Order> {
  type Told = Omit<Order, 'permit'> & { readonly jws: string | null; readonly status: string }
  const { jws, status, from, to, asset, amount } = await ask<Told>(deployment, '/v1/permits/:permit', { permit })
  if (jws === null) throw new Error(`the gate no longer stands for ${permit} (${status})`)
  return { permit: jws, from, to, asset, amount }
}
