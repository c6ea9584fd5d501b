/** What a drill plays: a platform, its day, a theft, what the coins did afterwards, and what people then do. Every scenario becomes one. */
import type { Instant } from '../kernel/time.ts'

export interface Bilingual {
  readonly en: string
  readonly ko: string
}

export interface PlanAsset {
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  /** Won for one whole unit, in millionths; absent where no price was published. */
  readonly krwMicro?: bigint
}

export interface PlanWallet {
  readonly wallet: string
  readonly kind: 'hot' | 'warm' | 'cold'
  readonly chain: string
  readonly account: string
  readonly refuge?: string
  readonly holdings: readonly { readonly asset: string; readonly amount: bigint }[]
}

export interface PlanMove {
  readonly at: Instant
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  /** Of what the account holds then, a fraction; `amount` is then the most. */
  readonly share?: readonly [bigint, bigint]
}

/** A customer's ordinary withdrawal, asked of the gate and signed by a signer that honours permits. */
export interface PlanWithdrawal {
  readonly at: Instant
  readonly withdrawal: string
  readonly wallet: string
  readonly asset: string
  readonly amount: bigint
  readonly to: string
  readonly customer: string
}

/** What happened in history, counted from the first stolen coin. */
export interface History {
  readonly lostKrw: bigint
  readonly chainHaltSeconds: number | null
  readonly allHaltSeconds: number | null
  readonly authoritySeconds: number | null
  readonly customersSeconds: number | null
  readonly theftSeconds: number | null
  /** What the thief took in the end, by asset: what the drill compares its own loss with. */
  readonly stolen: readonly { readonly asset: string; readonly amount: bigint }[]
}

export interface Response {
  /** From a block's time until the watch has read it. */
  readonly observeMs: number
  /** From the evacuation's order until its first transaction is signed, and between two transactions. */
  readonly signMs: number
  readonly signEachMs: number
  /** Blocks from sending until landing: the least and the most, drawn evenly. */
  readonly landingBlocks: readonly [number, number]
  /** People read and approve the drafted notices this long after the alarm. */
  readonly approveAfterMs: number
}

export interface Repaying {
  /** Part of each stolen amount that belonged to customers, in millionths. */
  readonly customersShareMicro: bigint
  readonly customers: number
  readonly funds: readonly {
    readonly fund: 'reserve' | 'insurance' | 'own'
    readonly krw: bigint
    readonly evidence: string
  }[]
  /** Wallet that pays, one for the chain. */
  readonly wallet: string
  readonly liftAt: Instant
  readonly payAt: Instant
}

export interface Plan {
  readonly scenario: string
  readonly title: Bilingual
  readonly sources: readonly string[]
  readonly platform: string
  readonly seed: number
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly blockMs: number
  readonly assets: readonly PlanAsset[]
  readonly wallets: readonly PlanWallet[]
  readonly withdrawals: readonly PlanWithdrawal[]
  readonly thefts: readonly PlanMove[]
  /** What the stolen coins did afterwards, where the record tells it; amounts are capped by what really arrived. */
  readonly flows: readonly PlanMove[]
  /** The flows are a real chain's record: they are played as they stand, and a feeder reads them to the platform. */
  readonly flowsRecorded: boolean
  readonly labels: readonly {
    readonly address: string
    readonly name: string
    readonly kind: string
    readonly entity: string
  }[]
  readonly response: Response
  /** Life of a permit; a minute where absent. */
  readonly permitSeconds?: number
  readonly repaying?: Repaying
  readonly history: History | null
  readonly assumptions: readonly Bilingual[]
}
