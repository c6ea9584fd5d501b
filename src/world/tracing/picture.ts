/** A stored trace as one picture. Where every asset has a price the flows are drawn in won, since units of two assets can't be added. */
import type { App } from '../../app.ts'
import { addressOf } from '../../kernel/caip.ts'
import { assetName, valueKrw } from '../../rooms/liability/index.ts'
import type { TraceResult } from '../../rooms/trace/engine/index.ts'
import { drawTrace, inOneUnit } from '../../rooms/trace/picture/index.ts'
import { readTraceFile } from './file.ts'

/** How `app` names and values what the picture shows. */
export function pictureOf(app: App, bytes: Uint8Array, language: 'en' | 'ko'): string {
  const result = readTraceFile(bytes)
  const { state } = app.rooms.liability
  const priced = (asset: string | undefined): boolean =>
    asset !== undefined && valueKrw(state, asset, 0n, Number.MAX_SAFE_INTEGER) !== undefined
  const names = walletNames(app, result)
  const [first] = result.assets.filter(({ stolen }) => stolen > 0n)
  if (result.assets.length > 0 && result.assets.every(({ asset }) => priced(asset))) {
    const worth = (amount: bigint, asset = ''): bigint => valueKrw(state, asset, amount, Number.MAX_SAFE_INTEGER) ?? 0n
    return drawTrace(inOneUnit(result, worth), { language, decimals: 0, unit: 'KRW', names })
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
