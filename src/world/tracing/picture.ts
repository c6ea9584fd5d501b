/** A stored trace as one picture. Where every asset has a price the flows are drawn in won, since units of two assets can't be added. */
import type { App } from '../../app.ts'
import { addressOf } from '../../kernel/caip.ts'
import { assetName, valueKrw } from '../../rooms/liability/index.ts'
import type { TraceResult } from '../../rooms/trace/engine/index.ts'
import { drawTrace } from '../../rooms/trace/picture/index.ts'
import { readTraceFile } from './file.ts'

type Value = (asset: string, amount: bigint) => bigint

/** Each amount in whole won, the sums added anew from the rows: rounding down row by row must not unbalance them. */
export function valued(result: TraceResult, value: Value): TraceResult {
  const won = (asset: string | undefined, amount: bigint): bigint => value(asset ?? '', amount)
  const addresses = result.addresses.map((row) => ({
    ...row,
    asset: undefined,
    received: won(row.asset, row.received),
    left: won(row.asset, row.left),
    held: won(row.asset, row.held),
  }))
  const terminals = result.terminals.map((row) => ({ ...row, asset: undefined, amount: won(row.asset, row.amount) }))
  const edges = result.edges.map((edge) => ({
    ...edge,
    asset: undefined,
    amount: won(edge.asset, edge.amount),
    of: won(edge.asset, edge.of),
  }))
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
  const held = sum(addresses.map((row) => row.held))
  const reached = sum(terminals.map((row) => row.amount))
  const unaccounted = sum(result.assets.map((row) => won(row.asset, row.unaccounted)))
  const returned = sum(result.assets.map((row) => won(row.asset, row.returned)))
  const unseen = sum(result.assets.map((row) => won(row.asset, row.unseen)))
  const totals = {
    asset: undefined,
    stolen: held + reached + unaccounted,
    held,
    returned,
    terminals: reached,
    unaccounted,
    unseen,
  }
  return { ...result, assets: [totals], addresses: mergeRows(addresses), terminals: mergeTerminals(terminals), edges }
}

/** One row for an address, whatever it holds. */
function mergeRows(rows: TraceResult['addresses']): TraceResult['addresses'] {
  const merged = new Map<string, TraceResult['addresses'][number]>()
  for (const row of rows) {
    const known = merged.get(row.address)
    if (known === undefined) merged.set(row.address, row)
    else {
      const { received, left, held } = known
      const hop = Math.min(known.hop, row.hop)
      merged.set(row.address, {
        ...known,
        hop,
        received: received + row.received,
        left: left + row.left,
        held: held + row.held,
      })
    }
  }
  return [...merged.values()]
}

function mergeTerminals(rows: TraceResult['terminals']): TraceResult['terminals'] {
  const merged = new Map<string, TraceResult['terminals'][number]>()
  for (const row of rows) {
    const known = merged.get(row.address)
    if (known === undefined) merged.set(row.address, row)
    else merged.set(row.address, { ...known, hop: Math.min(known.hop, row.hop), amount: known.amount + row.amount })
  }
  return [...merged.values()]
}

/** How `app` names and values what the picture shows. */
export function pictureOf(app: App, bytes: Uint8Array, language: 'en' | 'ko'): string {
  const result = readTraceFile(bytes)
  const { state } = app.rooms.liability
  const priced = (asset: string | undefined): boolean =>
    asset !== undefined && valueKrw(state, asset, 0n, Number.MAX_SAFE_INTEGER) !== undefined
  const names = walletNames(app, result)
  const [first] = result.assets.filter(({ stolen }) => stolen > 0n)
  if (result.assets.length > 0 && result.assets.every(({ asset }) => priced(asset))) {
    const value: Value = (asset, amount) => valueKrw(state, asset, amount, Number.MAX_SAFE_INTEGER) ?? 0n
    return drawTrace(valued(result, value), { language, decimals: 0, unit: 'KRW', names })
  }
  const known = first?.asset === undefined ? undefined : assetName(state, first.asset)
  const unit = known?.symbol ?? first?.asset?.split(':').at(-1) ?? ''
  return drawTrace(result, {
    ...{ language, decimals: known?.decimals ?? 0, unit, names },
    ...(first?.asset !== undefined && { asset: first.asset }),
  })
}

/** Accounts by the wallet that they are, and others without the chain that all of them share. */
function walletNames({ rooms }: App, result: TraceResult): ReadonlyMap<string, string> {
  const own = [...rooms.gate.state.wallets.values()].map(({ account, wallet }) => [account, wallet] as const)
  const others = result.addresses.map(({ address }) => [address, addressOf(address) || address] as const)
  return new Map([...others, ...own])
}
