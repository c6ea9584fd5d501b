/** The trace: stolen coins followed forward through time-ordered transfers, asset by asset. Pure; the same set gives the same result. */
import { type Stops, traceAsset } from './fifo.ts'
import { byAsset, compareAmount, compareText } from './order.ts'
import type { ReachedAddress, ReachedService, Service, TraceInput, TraceResult } from './types.ts'

const byHop = (a: ReachedAddress, b: ReachedAddress): number =>
  a.hop - b.hop || compareText(a.address, b.address) || compareText(a.asset ?? '', b.asset ?? '')

const byAmount = (a: ReachedService, b: ReachedService): number =>
  compareAmount(b.amount, a.amount) || compareText(a.address, b.address) || compareText(a.asset ?? '', b.asset ?? '')

/** One service per address. Where a list names an address twice, the smallest text wins, whatever the order of the list. */
function servicesByAddress(services: readonly Service[]): Map<string, Service> {
  const key = (service: Service): string => JSON.stringify([service.entity, service.kind, service.name])
  const chosen = new Map<string, Service>()
  for (const service of services) {
    const other = chosen.get(service.address)
    if (other === undefined || compareText(key(service), key(other)) < 0) chosen.set(service.address, service)
  }
  return chosen
}

/**
 * Follows whatever leaves `sources` through `transfers`, first in first out, until it rests at an address or enters a service.
 * Throws `RangeError` for a negative amount; schemas at the door keep that out.
 */
export function trace(input: TraceInput): TraceResult {
  const stops: Stops = { sources: new Set(input.sources), services: servicesByAddress(input.services) }
  const traces = byAsset(input.transfers).map(([asset, transfers]) => traceAsset(asset, transfers, stops))
  const addresses = traces.flatMap((one) => one.addresses).toSorted(byHop)
  const sending = new Set(addresses.filter((row) => row.isSource && row.left > 0n).map((row) => row.address))
  return {
    method: input.method,
    transfers: input.transfers.length,
    assets: traces.map((one) => one.totals),
    addresses,
    terminals: traces.flatMap((one) => one.terminals).toSorted(byAmount),
    edges: traces.flatMap((one) => one.edges),
    repeated: traces.reduce((sum, one) => sum + one.repeated, 0),
    silentSources: [...stops.sources].filter((source) => !sending.has(source)).sort(compareText),
  }
}
