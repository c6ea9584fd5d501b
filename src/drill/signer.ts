/**
 * The platform's signer in a drill: it signs what a valid permit says and nothing else, and it checks with the verifier that real
 * signers import. The thief of a drill does not ask it: he holds the key himself.
 */
import { memorySpentStore, verifyPermit } from '../rooms/gate/permit/index.ts'
import type { Deployment } from '../world/deployment.ts'
import { ask } from './ask.ts'
import type { DrillNetwork } from './network.ts'
import type { Response } from './plan.ts'
import type { Random } from './random.ts'
import type { VirtualTime } from './virtual.ts'

export interface DrillSignerOptions {
  readonly network: DrillNetwork
  readonly time: VirtualTime
  readonly response: Response
  readonly blockMs: number
  readonly random: Random
}

interface PermitView {
  readonly permit: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
  readonly jws: string | null
}

/** What the gate tells a signer of a permit, with its JWS. */
type PermitAnswer = PermitView & { readonly kind: string; readonly status: string }

export class DrillSigner {
  readonly #options: DrillSignerOptions
  readonly #spent = memorySpentStore()
  readonly #underWay = new Set<Promise<unknown>>()
  /** The signer makes one evacuation after the other. */
  #freeAt = 0

  constructor(options: DrillSignerOptions) {
    this.#options = options
  }

  /** Signs a customer's withdrawal and sends it off. */
  sign(deployment: Deployment, permit: string): void {
    const { time, response } = this.#options
    this.#track(this.#send(deployment, permit, time.now + response.signMs, false))
  }

  /** Signs an evacuation; the receipt says when it was sent. */
  async evacuate(deployment: Deployment, permit: string): Promise<string> {
    const { time, response } = this.#options
    const at = Math.max(time.now + response.signMs, this.#freeAt)
    this.#freeAt = at + response.signEachMs
    await this.#track(this.#send(deployment, permit, at, true))
    return `signed and sent at ${new Date(at).toISOString()}`
  }

  /** Resolves when nothing is being signed. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work)
    const done = (): void => void this.#underWay.delete(work)
    work.then(done, done)
    return work
  }

  async #send(deployment: Deployment, permit: string, at: number, atMost: boolean): Promise<void> {
    const { network, time, response, random, blockMs } = this.#options
    const told = await ask<PermitAnswer>(deployment, '/v1/permits/:permit', { permit })
    if (told.jws === null) throw new Error(`the gate no longer stands for ${permit} (${told.status})`)
    const { from, to, asset, amount } = told
    const { halt_epoch } = await ask<{ readonly halt_epoch: number }>(deployment, '/v1/halts')
    const checked = await verifyPermit(told.jws, {
      keys: deployment.jwks,
      issuer: deployment.folder.config.platform,
      expected: { from, to, asset, amount },
      now: time.now,
      haltEpoch: halt_epoch,
      spent: this.#spent,
    })
    if (!checked.ok) throw new Error(`${checked.code} ${checked.detail}`)
    const landing = random.between(...response.landingBlocks) * blockMs
    network.send({ tx: `tx-${permit}`, from, to, asset, amount: BigInt(amount), atMost }, at + landing)
  }
}
