/** What the liability room remembers. Everything is found by its key; nothing here is searched through in a turn. */
import type { Instant } from '../../kernel/time.ts'
import { emptyLedger, type Ledger } from './ledger/book.ts'
import { FUNDS, type Fund } from './messages.ts'

export interface PricePoint {
  readonly validFrom: Instant
  /** Millionths of a won for one whole unit. */
  readonly krwMicro: bigint
}

export interface PricedAsset {
  symbol: string
  readonly decimals: number
  /** By `validFrom`, earliest first, each instant once. */
  readonly history: PricePoint[]
}

interface FundBudget {
  krw: bigint
  /** Set aside for planned repayments, or spent on settled ones. Never more than `krw`. */
  drawn: bigint
}

/** One stolen movement, in base units. */
export interface Movement {
  readonly incident: string
  readonly chain: string
  readonly wallet: string
  readonly asset: string
  readonly amount: bigint
  readonly tx: string
  readonly place: number
  readonly at: Instant
}

/** What one case lost of one asset. */
export interface AssetLoss {
  amount: bigint
  /** Value of the movements that have a price, each rounded down to whole won. */
  krw: bigint
  /** Movements without a price in force at their time. */
  unpriced: number
  /** Filed and not withdrawn. */
  claimed: bigint
  /** Keys into `movements`. */
  readonly movements: Set<string>
}

export interface Claim {
  readonly claim: string
  readonly incident: string
  readonly customer: string
  readonly asset: string
  readonly amount: bigint
  readonly payTo: string
  /** Order of filing over all cases. */
  readonly order: number
  withdrawn: boolean
  /** The repayment that stands for it; absent before a plan and after a refusal. */
  repayment: string | undefined
}

export interface Draw {
  readonly fund: Fund
  readonly krw: bigint
}

type RepaymentStatus = 'planned' | 'requested' | 'settled' | 'refused' | 'withdrawn'

export interface Repayment {
  readonly repayment: string
  readonly incident: string
  readonly claim: string
  readonly krw: bigint
  readonly draws: readonly Draw[]
  /** Order of planning over all cases. */
  readonly order: number
  status: RepaymentStatus
  /** Whose permit was asked for, once requested. */
  wallet: string | undefined
  tx: string | undefined
  why: string | undefined
}

export interface Unfunded {
  readonly why: 'no_fund' | 'no_price' | 'loss_reversed'
  readonly missingKrw: bigint | undefined
}

/** One incident's losses, claims and repayments. */
export interface Case {
  readonly incident: string
  readonly losses: Map<string, AssetLoss>
  /** Not withdrawn, in the order of filing. */
  readonly claims: Set<string>
  /** Claims that no plan has looked at since they were filed or refused. */
  readonly unplanned: Set<string>
  readonly unfunded: Map<string, Unfunded>
  /** {@link LiabilityState.fundsVersion} when the last plan began: until it moves, asking again gives the same answer. */
  plannedAtVersion: number
  /** Planned and not yet asked of the gate, by asset, in the order of planning. */
  readonly payable: Map<string, Set<string>>
  readonly requested: Set<string>
  /** Claims whose last repayment was refused. */
  readonly refused: Set<string>
  /** Every repayment ever planned, in order. */
  readonly repayments: string[]
  planned: number
  settled: number
  /** Of all repayments that are planned, requested or settled. */
  plannedKrw: bigint
  repaidKrw: bigint
  readonly drawn: Record<Fund, bigint>
}

export interface LiabilityState {
  readonly prices: Map<string, PricedAsset>
  readonly funds: Record<Fund, FundBudget>
  /** Moves whenever a claim without a plan might get one. */
  fundsVersion: number
  /** By {@link movementKey}. */
  readonly movements: Map<string, Movement>
  readonly cases: Map<string, Case>
  /** Asset -> the cases that lost some of it: what a new price may revalue. */
  readonly casesByAsset: Map<string, Set<string>>
  readonly claims: Map<string, Claim>
  readonly repayments: Map<string, Repayment>
  /** Cases whose plan is under way, and since when. */
  readonly planning: Map<string, Instant>
  readonly ledger: Ledger
}

export const movementKey = (chain: string, tx: string, place: number): string => `${chain} ${tx} ${place}`

const perFund = <T>(value: () => T): Record<Fund, T> => ({ reserve: value(), insurance: value(), own: value() })

export const initial = (): LiabilityState => ({
  prices: new Map(),
  funds: perFund(() => ({ krw: 0n, drawn: 0n })),
  fundsVersion: 0,
  movements: new Map(),
  cases: new Map(),
  casesByAsset: new Map(),
  claims: new Map(),
  repayments: new Map(),
  planning: new Map(),
  ledger: emptyLedger(),
})

const newCase = (incident: string): Case => ({
  incident,
  losses: new Map(),
  claims: new Set(),
  unplanned: new Set(),
  unfunded: new Map(),
  plannedAtVersion: -1,
  payable: new Map(),
  requested: new Set(),
  refused: new Set(),
  repayments: [],
  planned: 0,
  settled: 0,
  plannedKrw: 0n,
  repaidKrw: 0n,
  drawn: perFund(() => 0n),
})

/** The case of an incident, made when its first event comes. For folds only: a decision must not change the state. */
export function caseOf(state: LiabilityState, incident: string): Case {
  let found = state.cases.get(incident)
  if (found === undefined) {
    found = newCase(incident)
    state.cases.set(incident, found)
  }
  return found
}

/** Won that no repayment has drawn yet, in the order of {@link FUNDS}. */
export const leftOf = (state: LiabilityState): Draw[] =>
  FUNDS.map((fund) => ({ fund, krw: state.funds[fund].krw - state.funds[fund].drawn }))

/** The claim of a repayment; a state in which it is missing is broken. */
export function claimOf(state: LiabilityState, repayment: Repayment): Claim {
  const claim = state.claims.get(repayment.claim)
  if (claim === undefined) throw new Error(`repayment ${repayment.repayment} has no claim ${repayment.claim}`)
  return claim
}

/** More is claimed of this asset than the chain still says was stolen. */
export const overClaimed = (loss: AssetLoss | undefined): boolean => loss === undefined || loss.claimed > loss.amount
