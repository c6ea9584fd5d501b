/** The live scenario: its file, and the plan that is made of it once the chain stands and the accounts are known. */
import { z } from 'zod'
import { parseDecimal } from '../../kernel/money.ts'
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { Plan, PlanAsset, PlanMove, PlanWithdrawal } from '../plan.ts'
import { type Random, seeded } from '../random.ts'
import type { Cast } from './cast.ts'

const text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) })
const whole = z.string().regex(/^[0-9]{1,15}(\.[0-9]{1,18})?$/, 'expected a decimal number as text, such as "0.05"')
const won = z.number().int().nonnegative().transform(BigInt)
const percent = z.number().int().min(1).max(100)

export const liveSchema = z.strictObject({
  scenario: z.string(),
  kind: z.literal('live'),
  title: text,
  sources: z.array(z.string()).min(1),
  platform: z.string(),
  block_seconds: z.number().int().min(1).max(5),
  poll_ms: z.number().int().min(50).max(1_000),
  permit_seconds: z.number().int().min(5).max(60),
  approve_after_seconds: z.number().int().min(0).max(30),
  /** The first is the chain's own coin; the others are tokens made for the drill. Amounts in whole units. */
  assets: z
    .array(
      z.strictObject({
        symbol: z.string().regex(/^[A-Z0-9]{2,12}$/),
        decimals: z.number().int().min(0).max(18),
        krw_micro: won,
        hot: whole,
        warm: whole,
      }),
    )
    .min(2)
    .max(5),
  /** Left in a wallet for the fees of its evacuation, in whole units of the chain's coin. */
  fee_reserve: whole,
  ordinary: z.strictObject({ withdrawals: z.number().int().min(2).max(40), every_ms: z.number().int().min(0) }),
  theft: z.strictObject({
    transfers: z.number().int().min(2).max(40),
    every_ms: z.number().int().min(100),
    /** Of what the wallet held of that asset at first: the least and the most that one of his transactions takes. */
    share_percent: z.tuple([percent, percent]),
  }),
  repaying: z.strictObject({
    customers: z.number().int().min(1).max(10),
    customers_percent: percent,
    reserve_krw: won,
    insurance_krw: won,
    own_krw: won,
  }),
  assumptions: z.array(text),
})
export type LiveScenario = z.output<typeof liveSchema>

export const HOT = 'hot-1'
export const WARM = 'warm-1'
/** The thief's first and last planned steps lie so far from the setup; the real ones follow the chain. */
const THEFT_AFTER_MS = 10 * SECOND_MS
const REPAY_AFTER_MS = 20 * SECOND_MS
/** A withdrawal takes this many ten-thousandths of the holding: well within the limits, as a day's payouts are. */
const WITHDRAWAL_PARTS = [20, 120] as const

export const units = (amount: string, decimals: number): bigint => {
  const parsed = parseDecimal(amount, decimals)
  if (parsed === undefined) throw new RangeError(`${amount} has more than ${decimals} digits behind the point`)
  return parsed
}

/** `assets` in the order of the scenario, each with its id on the chain that was just made. */
export function livePlan(
  scenario: LiveScenario,
  cast: Cast,
  assets: readonly string[],
  at: Instant,
  seed: number,
): Plan {
  const random = seeded(seed)
  const known = scenario.assets.map(({ symbol, decimals, krw_micro, hot, warm }, place) => ({
    ...{ asset: assets[place] ?? '', symbol, decimals, krwMicro: krw_micro },
    ...{ hot: units(hot, decimals), warm: units(warm, decimals) },
  }))
  const held = (wallet: 'hot' | 'warm') => known.map((item) => ({ asset: item.asset, amount: item[wallet] }))
  const { chain } = cast
  const { repaying } = scenario
  const fund = (name: 'reserve' | 'insurance' | 'own', krw: bigint) => ({
    fund: name,
    krw,
    evidence: 'of the scenario',
  })
  return {
    ...{ scenario: scenario.scenario, title: scenario.title, sources: scenario.sources, platform: scenario.platform },
    ...{ seed, startsAt: at, endsAt: at + 2 * REPAY_AFTER_MS, blockMs: scenario.block_seconds * SECOND_MS },
    assets: known.map(({ asset, symbol, decimals, krwMicro }): PlanAsset => ({ asset, symbol, decimals, krwMicro })),
    wallets: [
      { wallet: HOT, kind: 'hot', chain, account: cast.id.hot, refuge: cast.id.refuge, holdings: held('hot') },
      { wallet: WARM, kind: 'warm', chain, account: cast.id.warm, holdings: held('warm') },
    ],
    withdrawals: ordinary(scenario, cast, held('hot'), at, random.fork('ordinary')),
    thefts: thefts(scenario, cast, held('hot'), at + THEFT_AFTER_MS, random.fork('theft')),
    flows: held('hot').map(({ asset, amount }, place) => ({
      ...{ at: at + REPAY_AFTER_MS, tx: `hop-${place + 1}`, from: cast.id.thief, to: cast.id.exchange, asset, amount },
      // Most of it goes to an exchange at once; the rest stays where it is.
      share: [BigInt(random.between(50, 90)), 100n] as const,
    })),
    flowsRecorded: false,
    labels: [
      {
        address: cast.people.exchange.address.toLowerCase(),
        name: 'Deposit of a drill',
        kind: 'exchange',
        entity: 'Exchange of the drill',
      },
    ],
    // Short, so that one is seen to expire.
    permitSeconds: scenario.permit_seconds,
    response: {
      ...{ observeMs: scenario.poll_ms, signMs: 0, signEachMs: 0, landingBlocks: [1, 1] },
      approveAfterMs: scenario.approve_after_seconds * SECOND_MS,
    },
    repaying: {
      customersShareMicro: BigInt(repaying.customers_percent) * 10_000n,
      customers: repaying.customers,
      funds: [
        fund('reserve', repaying.reserve_krw),
        fund('insurance', repaying.insurance_krw),
        fund('own', repaying.own_krw),
      ],
      ...{ wallet: WARM, liftAt: at + REPAY_AFTER_MS, payAt: at + REPAY_AFTER_MS },
    },
    history: null,
    assumptions: scenario.assumptions,
  }
}

type Held = readonly { readonly asset: string; readonly amount: bigint }[]

function ordinary(
  { ordinary: day }: LiveScenario,
  cast: Cast,
  held: Held,
  start: Instant,
  random: Random,
): PlanWithdrawal[] {
  return Array.from({ length: day.withdrawals }, (_, place) => {
    const { asset = '', amount = 0n } = held[place % held.length] ?? {}
    const customer = place % cast.id.customers.length
    return {
      ...{ at: start + place * day.every_ms, withdrawal: `w-${place + 1}`, wallet: HOT, asset },
      amount: (amount * BigInt(random.between(...WITHDRAWAL_PARTS))) / 10_000n,
      ...{ to: cast.id.customers[customer] ?? '', customer: `customer-${customer + 1}` },
    }
  })
}

/** Each takes a part of another asset, as a thief does who does not know which one will be stopped first. */
function thefts({ theft }: LiveScenario, cast: Cast, held: Held, start: Instant, random: Random): PlanMove[] {
  return Array.from({ length: theft.transfers }, (_, place) => {
    const { asset = '', amount = 0n } = held[place % held.length] ?? {}
    const share = BigInt(random.between(...theft.share_percent))
    return {
      ...{ at: start + place * theft.every_ms, tx: `theft-${place + 1}`, from: cast.id.hot, to: cast.id.thief, asset },
      amount: (amount * share) / 100n,
    }
  })
}
