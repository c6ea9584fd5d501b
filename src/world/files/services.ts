/** From labels to the services at which a trace stops. */
import type { Service } from '../../rooms/trace/engine/index.ts'
import type { AddressLabel } from './labels.ts'

/** Labels that tell who someone is, but not that coins of many owners mix there: a trace goes on through them. */
export const FOLLOWED_KINDS: ReadonlySet<string> = new Set([
  'hack',
  'phishing',
  'suspect',
  'thief',
  'transit',
  'victim',
  'wallet',
])

/** `Binance_Deposit_0x2edf`, `THORChain: Router`, `Kraken 4` -> the part that names who runs it, in lower case as in label files. */
export function entityInName(name: string): string {
  const [entity = name] = name.split(/:|_(?:deposit|vault)_| [0-9]/i)
  return entity.trim().toLowerCase() || name.toLowerCase()
}

/**
 * Every labelled address except those of a followed kind. What a list leaves out is taken from the lists after it, then from `names` (the
 * names in the transfer file), then from what else is known of the same entity; a kind that nobody states is `other`.
 */
export function toServices(lists: readonly (readonly AddressLabel[])[], names: ReadonlyMap<string, string>): Service[] {
  const labels = new Map<string, AddressLabel>()
  const kinds = new Map<string, string>()
  for (const label of lists.flat()) {
    labels.set(label.address, { ...label, ...labels.get(label.address) })
    if (label.entity !== undefined && label.kind !== undefined && !kinds.has(label.entity))
      kinds.set(label.entity, label.kind)
  }
  return [...labels.values()].flatMap((label) => {
    const name = label.name ?? names.get(label.address)
    const entity = label.entity ?? (name === undefined ? 'unnamed' : entityInName(name))
    const kind = label.kind ?? kinds.get(entity) ?? 'other'
    return FOLLOWED_KINDS.has(kind) ? [] : [{ address: label.address, name: name ?? 'unnamed', kind, entity }]
  })
}
