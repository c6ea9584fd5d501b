/** A plan from a recorded incident: transfers as they stand in a file, nothing invented between them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { assetSchema, chainSchema, normalAddress, normalAsset } from '../kernel/caip.ts'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../kernel/time.ts'
import type { Transfer } from '../rooms/trace/engine/index.ts'
import { readTraceFolder } from '../world/files/index.ts'
import type { History, Plan, PlanAsset, PlanMove } from './plan.ts'
import { refuse } from './refusals.ts'

const text = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) })
const seconds = z.number().int().nonnegative().nullable()
const won = z.number().int().nonnegative().transform(BigInt)

export const recordedSchema = z.strictObject({
  scenario: z.string(),
  kind: z.literal('recorded'),
  title: text,
  sources: z.array(z.string()).min(1),
  platform: z.string(),
  chain: chainSchema,
  block_ms: z.number().int().min(1),
  asset: z.strictObject({
    asset: assetSchema.transform(normalAsset),
    symbol: z.string(),
    decimals: z.number().int(),
    krw_micro: won.optional(),
  }),
  history: z
    .strictObject({
      lost_krw: won,
      theft_seconds: seconds,
      chain_halt_seconds: seconds,
      all_halt_seconds: seconds,
      authority_seconds: seconds,
      customers_seconds: seconds,
    })
    .nullable(),
  reserve_krw: won.optional(),
  assumptions: z.array(text),
})
export type Recorded = z.output<typeof recordedSchema>

/** What a folder of somebody's own is taken for where it says nothing: one chain, US dollars of illicit value. */
export const ownIncident = (folder: string): Recorded => ({
  scenario: 'own',
  kind: 'recorded',
  title: { en: `An incident of one's own: ${folder}`, ko: `직접 지정한 사고: ${folder}` },
  sources: ['the files of the folder'],
  platform: 'own-incident',
  chain: 'eip155:1',
  block_ms: 1_000,
  asset: { asset: 'eip155:1/iso4217:usd', symbol: 'USD', decimals: 6 },
  history: null,
  assumptions: [
    {
      en: 'The robbed accounts are watched, no withdrawal was ordinary, and nothing but the given transfers happened.',
      ko: '피해 계정을 감시하고 있었고 통상 출금은 없었으며 주어진 이체 외에는 아무 일도 없었다고 본다.',
    },
    {
      en: 'Where the file gives illicit US dollars and no asset, amounts are millionths of a dollar.',
      ko: '자산 없이 달러 가치만 주어진 파일에서는 수량을 백만분의 1달러로 센다.',
    },
  ],
})

const RESPONSE = {
  observeMs: 1_000,
  signMs: 500,
  signEachMs: 500,
  landingBlocks: [1, 1] as const,
  approveAfterMs: 12 * MINUTE_MS,
}
/** As many as a symbol may have. */
const SYMBOL_LETTERS_MAX = 20
/** A wallet has a name; a source file may list many addresses. */
const walletName = (place: number): string => `robbed-${place + 1}`

/** Throws `Refused` where a file is not sound or nothing leaves the sources. */
export async function recordedPlan(scenario: Recorded, folder: string, seed: number): Promise<Plan> {
  const files = await readTraceFolder(folder)
  if (isRefusal(files)) throw new Refused(files)
  const { chain } = scenario
  const account = (address: string): string => `${chain}:${normalAddress(chain, address)}`
  const sources = new Set(files.sources.map(account))
  const moves = files.transfers.map((transfer) => moveOf(transfer, account, scenario)).sort((a, b) => a.at - b.at)
  const thefts = moves.filter(({ from, to }) => sources.has(from) && !sources.has(to))
  if (thefts.length === 0)
    throw new Refused(refuse('DRILL-003', `${folder}: no transfer leaves any of ${sources.size} sources`))
  const startsAt = (thefts[0]?.at ?? 0) - HOUR_MS
  const flows = moves.filter(({ at, from }) => !sources.has(from) && at >= startsAt)
  const last = moves.at(-1)?.at ?? startsAt
  const named = new Map(files.services.map((service) => [account(service.address), service]))
  return {
    scenario: scenario.scenario,
    title: scenario.title,
    sources: scenario.sources,
    platform: scenario.platform,
    seed,
    startsAt,
    endsAt: Math.max(last + 2 * HOUR_MS, startsAt + DAY_MS),
    blockMs: scenario.block_ms,
    assets: assetsOf(thefts, scenario),
    wallets: walletsOf(thefts, sources, scenario),
    withdrawals: [],
    thefts,
    flows,
    flowsRecorded: true,
    labels: [...named.values()].map((service) => ({ ...service, address: normalAddress(chain, service.address) })),
    response: RESPONSE,
    history: historyOf(scenario, thefts),
    assumptions: scenario.assumptions,
  }
}

function moveOf(transfer: Transfer, account: (address: string) => string, { asset }: Recorded): PlanMove {
  const { at, tx, from, to, amount } = transfer
  return { at, tx, from: account(from), to: account(to), asset: normalAsset(transfer.asset ?? asset.asset), amount }
}

function assetsOf(thefts: readonly PlanMove[], { asset }: Recorded): PlanAsset[] {
  return [...new Set(thefts.map((theft) => theft.asset))].map((id) => {
    const { symbol, decimals, krw_micro } = asset
    if (id !== asset.asset) return { asset: id, ...nameOf(id) }
    return { asset: id, symbol, decimals, ...(krw_micro !== undefined && { krwMicro: krw_micro }) }
  })
}

/** Coins of the chains themselves, by their coin type (SLIP-44). What a token is called, and how it counts, no file tells. */
const COINS: ReadonlyMap<string, { readonly symbol: string; readonly decimals: number }> = new Map([
  ['slip44:0', { symbol: 'BTC', decimals: 8 }],
  ['slip44:60', { symbol: 'ETH', decimals: 18 }],
  ['slip44:501', { symbol: 'SOL', decimals: 9 }],
])

/** A token is named by the beginning of its reference, and its amounts stand in base units. */
function nameOf(asset: string): { readonly symbol: string; readonly decimals: number } {
  const type = asset.slice(asset.indexOf('/') + 1)
  const reference = type.slice(type.indexOf(':') + 1).replaceAll('%', '_')
  return COINS.get(type) ?? { symbol: reference.slice(0, SYMBOL_LETTERS_MAX), decimals: 0 }
}

/** Each robbed account is a wallet that holds what will be taken from it; it has no refuge unless one was recorded, and none was. */
function walletsOf(thefts: readonly PlanMove[], sources: ReadonlySet<string>, { chain }: Recorded) {
  return [...sources].flatMap((account, place) => {
    const held = new Map<string, bigint>()
    for (const { from, asset, amount } of thefts) {
      if (from === account) held.set(asset, (held.get(asset) ?? 0n) + amount)
    }
    const holdings = [...held].map(([asset, amount]) => ({ asset, amount }))
    return holdings.length === 0 ? [] : [{ wallet: walletName(place), kind: 'hot' as const, chain, account, holdings }]
  })
}

function historyOf({ history }: Recorded, thefts: readonly PlanMove[]): History | null {
  if (history === null) return null
  const stolen = new Map<string, bigint>()
  for (const { asset, amount } of thefts) stolen.set(asset, (stolen.get(asset) ?? 0n) + amount)
  return {
    lostKrw: history.lost_krw,
    theftSeconds: history.theft_seconds,
    chainHaltSeconds: history.chain_halt_seconds,
    allHaltSeconds: history.all_halt_seconds,
    authoritySeconds: history.authority_seconds,
    customersSeconds: history.customers_seconds,
    stolen: [...stolen].map(([asset, amount]) => ({ asset, amount })),
  }
}

export const isIncidentFolder = (folder: string): boolean => existsSync(join(folder, 'transfers.csv'))
