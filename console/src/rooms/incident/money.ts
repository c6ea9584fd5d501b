/**
 * The money of a case, asset by asset, so that it must add up: stolen = followed + frozen + returned + out of sight. Everything is
 * exact base units; what does not add up is shown and never hidden in another figure.
 */
import type { Incident, TraceState } from '../../api/types.ts'
import { baseUnits, sum } from '../../format/amount.ts'

export interface MoneyRow {
  readonly asset: string
  readonly stolen: bigint
  readonly followed: bigint
  readonly frozen: bigint
  readonly returned: bigint
  readonly lost: bigint
  /** What the four parts miss of the stolen sum; zero where it adds up. */
  readonly off: bigint
}

/** Services out of which nothing can be followed or asked back. */
const OUT_OF_SIGHT = new Set(['mixer'])

const amounts = (rows: readonly { readonly asset: string; readonly amount: string }[], asset: string): bigint =>
  sum(rows.filter((row) => row.asset === asset).map((row) => baseUnits(row.amount)))

/** What the trace says of one asset: into which services it went, and what it could not account for. */
function traced(trace: TraceState, asset: string) {
  const mixed = amounts(
    trace.services.filter(({ kind }) => OUT_OF_SIGHT.has(kind)),
    asset,
  )
  const reached = amounts(
    trace.services.filter(({ kind }) => !OUT_OF_SIGHT.has(kind)),
    asset,
  )
  return { mixed, reached, unaccounted: amounts(trace.unaccounted, asset) }
}

export function moneyOf(incident: Incident): MoneyRow[] {
  const standing = incident.thefts.filter(({ retracted }) => !retracted)
  const assets = [...new Set(standing.map(({ asset }) => asset))]
  return assets.map((asset) => {
    const stolen = amounts(standing, asset)
    const none = { asset, stolen, frozen: 0n, returned: 0n }
    // Before a first run is recorded nothing is followed: all of it is out of sight.
    if (incident.trace === null || incident.trace.digest === null)
      return { ...none, followed: 0n, lost: stolen, off: 0n }
    const { mixed, reached, unaccounted } = traced(incident.trace, asset)
    const lost = mixed + unaccounted
    // What is neither in a service nor unaccounted for lies at addresses that are followed. It can't be less than nothing.
    const atAddresses = stolen - lost - reached
    const followed = reached + (atAddresses > 0n ? atAddresses : 0n)
    return { ...none, followed, lost, off: stolen - followed - lost }
  })
}
