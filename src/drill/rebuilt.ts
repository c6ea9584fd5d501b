/** A plan from a rebuilt incident: published totals exact, everything between them drawn from a seed. */
import { z } from 'zod'
import { assetSchema, chainSchema } from '../kernel/caip.ts'
import { split } from '../kernel/money.ts'
import { MINUTE_MS, parseInstant } from '../kernel/time.ts'
import { flowsOf } from './flows.ts'
import type { Plan, PlanAsset, PlanMove, PlanWithdrawal } from './plan.ts'
import { type Random, seeded } from './random.ts'

const text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) })
const instant = z.string().transform((value, context) => {
  const at = parseInstant(value)
  if (at === undefined) context.addIssue({ code: 'custom', message: 'expected a time with its offset' })
  return at ?? 0
})
const won = z.number().int().nonnegative().transform(BigInt)
const seconds = z.number().int().nonnegative().nullable()

export const rebuiltSchema = z.strictObject({
  scenario: z.string(),
  kind: z.literal('rebuilt'),
  title: text,
  sources: z.array(z.string()).min(1),
  platform: z.string(),
  chain: chainSchema,
  block_ms: z.number().int().min(1),
  starts_at: instant,
  ends_at: instant,
  assets: z.string(),
  theft: z.strictObject({
    first_at: instant,
    last_at: instant,
    transfers: z.number().int().min(2),
    addresses: z.number().int().min(1),
  }),
  ordinary: z.strictObject({ withdrawals: z.number().int().min(0), until: instant }),
  response: z.strictObject({
    observe_ms: z.number().int().min(0),
    sign_ms: z.number().int().min(0),
    sign_each_ms: z.number().int().min(0),
    landing_blocks: z.tuple([z.number().int().min(1), z.number().int().min(1)]),
    approve_after_minutes: z.number().int().min(0),
  }),
  repaying: z.strictObject({
    customers_krw: won,
    total_krw: won,
    customers: z.number().int().min(1),
    reserve_krw: won,
    own_krw: won,
    lift_at: instant,
    pay_at: instant,
  }),
  history: z.strictObject({
    lost_krw: won,
    theft_seconds: seconds,
    chain_halt_seconds: seconds,
    all_halt_seconds: seconds,
    authority_seconds: seconds,
    customers_seconds: seconds,
  }),
  assumptions: z.array(text),
})
export type Rebuilt = z.output<typeof rebuiltSchema>

/** A row of `assets.csv`: whole units stolen, and millionths of a won for one of them. */
export interface StolenAsset {
  readonly symbol: string
  readonly decimals: number
  readonly units: bigint
  readonly krwMicro: bigint
}

/** SOL has a coin type of its own (SLIP-44); token mints were not published, so their symbols stand for them. */
export const assetOf = (chain: string, symbol: string): string =>
  assetSchema.parse(symbol === 'SOL' ? `${chain}/slip44:501` : `${chain}/token:${symbol}`)

const HOT = 'RebuiltHotWallet1'
const REFUGE = 'RebuiltRefuge1'
const TREASURY = 'RebuiltTreasury1'

export function rebuild(scenario: Rebuilt, stolen: readonly StolenAsset[], seed: number): Plan {
  const random = seeded(seed)
  const account = (address: string): string => `${scenario.chain}:${address}`
  const assets: PlanAsset[] = stolen.map(({ symbol, decimals, krwMicro }) => ({
    asset: assetOf(scenario.chain, symbol),
    symbol,
    decimals,
    krwMicro,
  }))
  const amounts = stolen.map(({ symbol, decimals, units }) => ({
    asset: assetOf(scenario.chain, symbol),
    amount: units * 10n ** BigInt(decimals),
  }))
  const withdrawals = ordinaryDay(scenario, assets, random.fork('ordinary'))
  const thefts = theThefts(scenario, stolen, random.fork('theft'))
  const { flows, labels } = flowsOf(thefts, account, random.fork('flows'))
  const used = new Map<string, bigint>()
  for (const { asset, amount } of withdrawals) used.set(asset, (used.get(asset) ?? 0n) + amount)
  const held = amounts.map(({ asset, amount }) => ({ asset, amount: amount + (used.get(asset) ?? 0n) }))
  const { response, repaying, history } = scenario
  return {
    scenario: scenario.scenario,
    title: scenario.title,
    sources: scenario.sources,
    platform: scenario.platform,
    seed,
    startsAt: scenario.starts_at,
    endsAt: scenario.ends_at,
    blockMs: scenario.block_ms,
    assets,
    wallets: [
      {
        wallet: 'hot-1',
        kind: 'hot',
        chain: scenario.chain,
        account: account(HOT),
        refuge: account(REFUGE),
        holdings: held,
      },
      { wallet: 'treasury-1', kind: 'warm', chain: scenario.chain, account: account(TREASURY), holdings: amounts },
    ],
    withdrawals,
    thefts,
    flows,
    flowsRecorded: false,
    labels,
    response: {
      observeMs: response.observe_ms,
      signMs: response.sign_ms,
      signEachMs: response.sign_each_ms,
      landingBlocks: response.landing_blocks,
      approveAfterMs: response.approve_after_minutes * MINUTE_MS,
    },
    repaying: {
      customersShareMicro: (repaying.customers_krw * 1_000_000n) / repaying.total_krw,
      customers: repaying.customers,
      funds: [
        {
          fund: 'reserve',
          krw: repaying.reserve_krw,
          evidence: 'reserve fund as published for the end of September 2025',
        },
        { fund: 'insurance', krw: 0n, evidence: 'no insurance cover was published' },
        { fund: 'own', krw: repaying.own_krw, evidence: "the company's own part, as published" },
      ],
      wallet: 'treasury-1',
      liftAt: repaying.lift_at,
      payAt: repaying.pay_at,
    },
    history: {
      lostKrw: history.lost_krw,
      theftSeconds: history.theft_seconds,
      chainHaltSeconds: history.chain_halt_seconds,
      allHaltSeconds: history.all_halt_seconds,
      authoritySeconds: history.authority_seconds,
      customersSeconds: history.customers_seconds,
      stolen: amounts,
    },
    assumptions: scenario.assumptions,
  }
}

/** Small beside the theft, as a day's payouts are. */
function ordinaryDay(scenario: Rebuilt, assets: readonly PlanAsset[], random: Random): PlanWithdrawal[] {
  const { starts_at: start, ordinary } = scenario
  return Array.from({ length: ordinary.withdrawals }, (_, place) => {
    const { asset, decimals, krwMicro = 1n } = random.pick(assets)
    // Between KRW 50,000 and 3 million each.
    const krw = BigInt(random.between(50_000, 3_000_000))
    const amount = (krw * 1_000_000n * 10n ** BigInt(decimals)) / krwMicro
    const at = start + 10 * MINUTE_MS + random.below(ordinary.until - start - 20 * MINUTE_MS)
    const customer = `customer-${random.between(1, 400)}`
    return {
      at,
      withdrawal: `w-${String(place + 1).padStart(5, '0')}`,
      wallet: 'hot-1',
      asset,
      amount: amount === 0n ? 1n : amount,
      to: `${scenario.chain}:${customer.replace('customer-', 'Customer')}`,
      customer,
    }
  }).sort((a, b) => a.at - b.at)
}

/** Every asset is cut into pieces in proportion to its value, the pieces mixed, and sent off evenly with a jitter. */
function theThefts(scenario: Rebuilt, stolen: readonly StolenAsset[], random: Random): PlanMove[] {
  const { first_at: first, last_at: last, transfers, addresses } = scenario.theft
  const values = stolen.map(({ units, krwMicro }) => units * krwMicro)
  const extra = split(BigInt(transfers - stolen.length), values)
  const pieces = stolen.flatMap(({ symbol, decimals, units }, place) => {
    const count = 1 + Number(extra[place] ?? 0n)
    const weights = Array.from({ length: count }, () => BigInt(random.between(40, 160)))
    const asset = assetOf(scenario.chain, symbol)
    return split(units * 10n ** BigInt(decimals), weights).map((amount) => ({ asset, amount }))
  })
  const step = (last - first) / (pieces.length - 1)
  return random.shuffle(pieces).map(({ asset, amount }, place) => {
    const jitter = place === 0 || place === pieces.length - 1 ? 0 : random.between(-1, 1) * Math.floor(step / 3)
    return {
      at: Math.round(first + place * step + jitter),
      tx: `theft-${String(place + 1).padStart(4, '0')}`,
      from: `${scenario.chain}:${HOT}`,
      to: `${scenario.chain}:Thief${String((place % addresses) + 1).padStart(3, '0')}`,
      asset,
      amount,
    }
  })
}
