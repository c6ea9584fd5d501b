/** Chains, accounts and assets are CAIP ids; here they get the names that people use. */

/** `eip155:1:0xab…` or `eip155:1/slip44:60` -> `eip155:1` */
export function chainOf(id: string): string {
  const slash = id.indexOf('/')
  if (slash >= 0) return id.slice(0, slash)
  return id.split(':').slice(0, 2).join(':')
}

/** The address of a CAIP-10 account id; what is no such id is returned as it stands. */
export function addressOf(account: string): string {
  const parts = account.split(':')
  return parts.length < 3 ? account : parts.slice(2).join(':')
}

const CHAINS: { readonly [chain: string]: string } = {
  'eip155:1': 'Ethereum',
  'eip155:56': 'BNB Smart Chain',
  'eip155:137': 'Polygon',
  'eip155:8217': 'Kaia',
  'eip155:31337': 'Anvil (local)',
  'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': 'Solana',
  'bip122:000000000019d6689c085ae165831e93': 'Bitcoin',
}

/** The common name of a chain, or its id where it has none here; a dash for a case of no chain in particular. */
export const chainName = (chain: string | null): string => (chain === null ? '—' : (CHAINS[chain] ?? chain))

/** `chain:solana:5eyk…` -> `Solana`; `wallet:hot-1` -> `hot-1`; `all` -> `undefined`, because the word depends on the language. */
export function scopeTarget(scope: string): { readonly kind: string; readonly name: string } {
  const colon = scope.indexOf(':')
  if (colon < 0) return { kind: scope, name: '' }
  const [kind, rest] = [scope.slice(0, colon), scope.slice(colon + 1)]
  return { kind, name: kind === 'chain' ? chainName(rest) : rest }
}

/** The last part of an asset id, for an asset that no wallet of ours lists. */
export function assetTail(asset: string): string {
  const reference = asset.slice(asset.lastIndexOf(':') + 1)
  return reference.length > 12 ? `${reference.slice(0, 4)}…${reference.slice(-4)}` : reference
}
