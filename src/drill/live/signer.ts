/**
 * A small signer that holds the keys of the platform's wallets and signs what a valid permit says, and nothing else. It judges permits
 * with the verifier that real signers import, and reads the movement it judges from the request that it would sign, never from the permit.
 */
import { parseGwei } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { z } from 'zod'
import { fromUtf8 } from '../../kernel/bytes.ts'
import { accountSchema, assetSchema } from '../../kernel/caip.ts'
import { positiveAmountSchema } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Jwks, memorySpentStore, type NotPermitted, verifyPermit } from '../../rooms/gate/permit/index.ts'
import type { LiveChain } from './chain.ts'
import { Sweep } from './sweep.ts'

const TIP = parseGwei('1')

export interface SignerWallet {
  /** CAIP-10. */
  readonly account: string
  readonly key: PrivateKeyAccount
  /** Where evacuations of it go: the signer's own word, beside the permit's. */
  readonly refuge?: string
}

export interface SignerOptions {
  readonly chain: LiveChain
  readonly wallets: readonly SignerWallet[]
  readonly issuer: string
  /** What a signer fetches from Pasu: its keys once, its halt epoch each time. */
  readonly keys: Jwks
  readonly haltEpoch: () => Promise<number>
  readonly feeReserve: bigint
  readonly now: () => Instant
}

/** A movement as it is asked for, with the permit for it. */
export const orderSchema = z.strictObject({
  permit: z.string().max(8_192),
  from: accountSchema,
  to: accountSchema,
  asset: assetSchema,
  amount: positiveAmountSchema,
})
export type Order = z.output<typeof orderSchema>

export type Signed = { readonly ok: true; readonly receipt: string } | NotPermitted

/** What an evacuation's permit asks for, before anything of it is believed. */
const askedSchema = z.object({ from: accountSchema, asset: assetSchema, amount: positiveAmountSchema })

export class LiveSigner {
  readonly #options: SignerOptions
  readonly #spent = memorySpentStore()
  readonly #sweeps: ReadonlyMap<string, Sweep>
  /** Permits of evacuations that were taken, each with its answer: the outbox may bring one twice. */
  readonly #taken = new Map<string, Promise<string>>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: SignerOptions) {
    this.#options = options
    const { chain, feeReserve, now } = options
    this.#sweeps = new Map(
      options.wallets.map(({ account, key }) => [account, new Sweep({ chain, account: key, feeReserve, now })]),
    )
  }

  sweepOf(account: string): Sweep | undefined {
    return this.#sweeps.get(account)
  }

  /** Signs and sends one withdrawal; the receipt is its transaction. One after the other, as they share nonces. */
  sign(order: Order): Promise<Signed> {
    const done = this.#last.then(() => this.#sign(order))
    this.#last = done.catch(() => undefined)
    return done
  }

  async #sign({ permit, from, to, asset, amount }: Order): Promise<Signed> {
    const { chain } = this.#options
    const checked = await this.#verify(permit, { from, to, asset, amount, kind: 'withdrawal' })
    if (!checked.ok) return checked
    const { key } = this.#wallet(from)
    const nonce = await chain.nextNonce(key.address)
    const sent = await chain.send(key, { to, asset, amount: BigInt(amount) }, nonce, TIP)
    if ('not' in sent) throw new Error(`the node did not take the transaction: ${sent.not}`)
    return { ok: true, receipt: sent.tx }
  }

  /** Moves what is left of an account to its refuge under a permit for that; the receipt is the first transaction. */
  async evacuate(permit: string): Promise<Signed> {
    const known = this.#taken.get(permit)
    if (known !== undefined) return { ok: true, receipt: await known }
    const asked = askedOf(permit)
    if (asked === undefined) return { ok: false, code: 'PERMIT-001', detail: 'this is no permit' }
    const wallet = this.#options.wallets.find(({ account }) => account === asked.from)
    const sweep = this.#sweeps.get(asked.from)
    if (wallet?.refuge === undefined || sweep === undefined) {
      return { ok: false, code: 'PERMIT-010', detail: `${asked.from} is no account that this signer evacuates` }
    }
    const { asset } = asked
    const ceiling = BigInt(asked.amount)
    const now = await sweep.movable(asset, ceiling)
    if (now <= 0n) return { ok: true, receipt: 'nothing is left to move' }
    const { account: from, refuge: to } = wallet
    const checked = await this.#verify(permit, { from, to, asset, amount: String(now), kind: 'evacuation' })
    if (!checked.ok) return checked
    const receipt = sweep.order({ asset, to, ceiling, until: checked.permit.expires_at })
    this.#taken.set(permit, receipt)
    return { ok: true, receipt: await receipt }
  }

  async stop(): Promise<void> {
    for (const sweep of this.#sweeps.values()) await sweep.stop()
    await this.#last
  }

  #wallet(account: string): SignerWallet {
    const wallet = this.#options.wallets.find((one) => one.account === account)
    if (wallet === undefined) throw new Error(`${account} is no account of this signer`)
    return wallet
  }

  async #verify(permit: string, expected: Parameters<typeof verifyPermit>[1]['expected']) {
    const { keys, issuer, haltEpoch, now } = this.#options
    return verifyPermit(permit, {
      keys,
      issuer,
      expected,
      now: now(),
      haltEpoch: await haltEpoch(),
      spent: this.#spent,
    })
  }
}

/** The claims as they stand there, unverified: they only tell which question to ask. */
function askedOf(permit: string): z.output<typeof askedSchema> | undefined {
  try {
    const payload = Buffer.from(permit.split('.')[1] ?? '', 'base64url')
    return askedSchema.safeParse(JSON.parse(fromUtf8(payload))).data
  } catch {
    return undefined
  }
}
