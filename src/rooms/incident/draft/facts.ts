/** What a notice may tell, gathered from the case: no words yet, so that both languages tell the same. */
import type { Instant } from '../../../kernel/time.ts'
import type { IncidentNeeds } from '../needs.ts'
import type { Bilingual, Obligation } from '../rules.ts'
import type { Act, Case, Clock, IncidentState, Reporter, Theft } from '../state.ts'

/** Movements that a report lists one by one: what a reader takes in; the rest is counted, and is in the case's export. */
export const THEFTS_TOLD_MAX = 20
/** More kinds of coins than this were never stolen in one known incident. */
const ASSETS_TOLD_MAX = 40
/** Of a long list of measures the first tell how it began, the last where it stands. */
const ACTS_FIRST = 10
const ACTS_LAST = 20

/** An amount with what is needed to write it for a person; without decimals only base units can be told. */
export interface Amount {
  readonly asset: string
  readonly amount: bigint
  readonly symbol?: string | undefined
  readonly decimals?: number | undefined
  readonly krw?: bigint | undefined
}

export interface NoticeFacts {
  /** The state of knowledge. */
  readonly at: Instant
  readonly item: Case
  readonly obligation: Obligation
  readonly run: number
  readonly addressee: Bilingual
  readonly reporter: Reporter | undefined
  readonly movements: {
    readonly count: number
    readonly first: Instant
    readonly last: Instant
    readonly told: readonly (Theft & { readonly value: Amount })[]
  }
  readonly assets: readonly Amount[]
  readonly assetsMore: number
  /** Whole won; absent until every asset has a value. */
  readonly krw: bigint | undefined
  readonly acts: readonly (Act & { readonly value?: Amount | undefined; readonly symbol?: string | undefined })[]
  readonly actsMore: number
}

function movementsOf(item: Case, name: (asset: string, amount: bigint) => Amount): NoticeFacts['movements'] {
  const told: (Theft & { value: Amount })[] = []
  let first = Number.POSITIVE_INFINITY
  let last = 0
  for (const theft of item.thefts.values()) {
    if (theft.retracted) continue
    first = Math.min(first, theft.block_at)
    last = Math.max(last, theft.block_at)
    if (told.length < THEFTS_TOLD_MAX) told.push({ ...theft, value: name(theft.asset, theft.amount) })
  }
  return { count: item.thefts.size - item.retracted, first, last, told }
}

/** Most valuable first; those without a price after them, by name. */
const byWorth = (a: Amount, b: Amount): number => {
  const [left, right] = [a.krw ?? -1n, b.krw ?? -1n]
  if (left !== right) return left < right ? 1 : -1
  return a.asset < b.asset ? -1 : 1
}

const ends = <T>(items: readonly T[]): readonly T[] =>
  items.length <= ACTS_FIRST + ACTS_LAST ? items : [...items.slice(0, ACTS_FIRST), ...items.slice(-ACTS_LAST)]

export function gather(state: IncidentState, item: Case, clock: Clock, needs: IncidentNeeds, at: Instant): NoticeFacts {
  const loss = needs.loss(item.incident)
  const worth = new Map(loss?.items.map(({ asset, krw }) => [asset, krw]))
  const name = (asset: string, amount: bigint): Amount => ({ asset, amount, ...needs.asset(asset) })
  const assets = [...item.stolen]
    .filter(([, amount]) => amount > 0n)
    .map(([asset, amount]) => ({ ...name(asset, amount), krw: worth.get(asset) }))
    .sort(byWorth)
  const acts = [...item.acts].sort((a, b) => a.at - b.at)
  return {
    ...{ at, item, obligation: clock.obligation, run: clock.run, reporter: state.reporter },
    addressee: clock.addressee,
    movements: movementsOf(item, name),
    ...{ assets: assets.slice(0, ASSETS_TOLD_MAX), assetsMore: Math.max(0, assets.length - ASSETS_TOLD_MAX) },
    krw: loss?.krw,
    acts: ends(acts).map((act) => ({
      ...act,
      symbol: act.asset === undefined ? undefined : needs.asset(act.asset)?.symbol,
      value: act.asset === undefined || act.amount === undefined ? undefined : name(act.asset, act.amount),
    })),
    actsMore: acts.length - ends(acts).length,
  }
}
