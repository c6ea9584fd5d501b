/** The answer of `pasu trace run --json`, and what the drill and the console show beside it. Amounts are decimal strings of base units. */
import { compareAmount, compareText } from './order.ts'
import type { TraceMethod, TraceResult } from './types.ts'

/** Rows carry `asset` when the transfers do, and then there is one row per address and asset. */
export interface TraceReport {
  readonly method: TraceMethod
  /** Transfers in the graph, stolen or not. */
  readonly edges: number
  readonly addresses: readonly { address: string; asset?: string; received: string; held: string; hop: number }[]
  readonly terminals: readonly { address: string; asset?: string; label: string; amount: string }[]
  /** Added over the assets. It is zero exactly when it is zero in each of them, which is all that such a sum can say. */
  readonly unaccounted: string
}

export interface ServiceTotal {
  readonly entity: string
  readonly kind: string
  readonly asset?: string
  readonly amount: string
}

export interface TraceTotals {
  readonly asset?: string
  readonly stolen: string
  readonly held: string
  readonly returned: string
  readonly terminals: string
  readonly unaccounted: string
  readonly unseen: string
}

export interface ReportedEdge {
  readonly at: number
  readonly tx: string
  readonly from: string
  readonly to: string
  readonly asset?: string
  readonly amount: string
  readonly of: string
  readonly hop: number
}

const assetMember = (asset: string | undefined): { asset?: string } => (asset === undefined ? {} : { asset })

export function traceReport(result: TraceResult): TraceReport {
  return {
    method: result.method,
    edges: result.transfers,
    addresses: result.addresses.map(({ address, asset, received, held, hop }) => ({
      address,
      ...assetMember(asset),
      received: String(received),
      held: String(held),
      hop,
    })),
    terminals: result.terminals.map(({ address, asset, service, amount }) => ({
      address,
      ...assetMember(asset),
      label: service.name,
      amount: String(amount),
    })),
    unaccounted: String(result.assets.reduce((sum, { unaccounted }) => sum + unaccounted, 0n)),
  }
}

/** What reached each service, its addresses added: by amount (largest first), entity, kind, asset. */
export function servicesOf(result: TraceResult): ServiceTotal[] {
  const totals = new Map<string, { entity: string; kind: string; asset: string | undefined; amount: bigint }>()
  for (const { service, asset, amount } of result.terminals) {
    const { entity, kind } = service
    const key = JSON.stringify([entity, kind, asset ?? null])
    const known = totals.get(key)
    if (known === undefined) totals.set(key, { entity, kind, asset, amount })
    else known.amount += amount
  }
  return [...totals]
    .sort(([aKey, a], [bKey, b]) => compareAmount(b.amount, a.amount) || compareText(aKey, bKey))
    .map(([, { entity, kind, asset, amount }]) => ({ entity, kind, ...assetMember(asset), amount: String(amount) }))
}

export const totalsOf = (result: TraceResult): TraceTotals[] =>
  result.assets.map(({ asset, stolen, held, returned, terminals, unaccounted, unseen }) => ({
    ...assetMember(asset),
    stolen: String(stolen),
    held: String(held),
    returned: String(returned),
    terminals: String(terminals),
    unaccounted: String(unaccounted),
    unseen: String(unseen),
  }))

/** The transfers that carried stolen units. `hop` is that of the receiver by this transfer. */
export const edgesOf = (result: TraceResult): ReportedEdge[] =>
  result.edges.map(({ at, tx, from, to, asset, amount, of, hop }) => ({
    at,
    tx,
    from,
    to,
    ...assetMember(asset),
    amount: String(amount),
    of: String(of),
    hop,
  }))
