/** A trace of several assets in one unit, such as won, so that they fit one picture. */
import type { TraceResult } from '../engine/index.ts'

/**
 * `worthOf` gives what so many base units of an asset are worth. Each part is valued by itself, so what was stolen is the sum of the valued
 * parts and can differ from the value of the whole by one unit for each part.
 */
export function inOneUnit(
  result: TraceResult,
  worthOf: (amount: bigint, asset: string | undefined) => bigint,
): TraceResult {
  const asset = undefined
  const addresses = result.addresses.map((row) => ({
    ...row,
    asset,
    received: worthOf(row.received, row.asset),
    left: worthOf(row.left, row.asset),
    held: worthOf(row.held, row.asset),
  }))
  const terminals = result.terminals.map((row) => ({ ...row, asset, amount: worthOf(row.amount, row.asset) }))
  const edges = result.edges.map((row) => ({
    ...row,
    asset,
    amount: worthOf(row.amount, row.asset),
    of: worthOf(row.of, row.asset),
  }))
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
  const held = sum(addresses.map((row) => row.held))
  const entered = sum(terminals.map((row) => row.amount))
  const unaccounted = sum(result.assets.map((row) => worthOf(row.unaccounted, row.asset)))
  const totals = {
    asset,
    stolen: held + entered + unaccounted,
    held,
    returned: sum(addresses.filter((row) => row.isSource).map((row) => row.held)),
    terminals: entered,
    unaccounted,
    unseen: sum(result.assets.map((row) => worthOf(row.unseen, row.asset))),
  }
  return { ...result, assets: [totals], addresses, terminals, edges }
}
