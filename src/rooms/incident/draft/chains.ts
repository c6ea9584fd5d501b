/** What people call the better known chains: a customer reads "Solana", not a genesis hash. The CAIP-2 id stands beside it in reports. */
import type { Bilingual } from '../rules.ts'

const NAMES: ReadonlyMap<string, Bilingual> = new Map([
  ['bip122:000000000019d6689c085ae165831e93', { en: 'Bitcoin', ko: '비트코인' }],
  ['eip155:1', { en: 'Ethereum', ko: '이더리움' }],
  ['eip155:10', { en: 'OP Mainnet', ko: '옵티미즘' }],
  ['eip155:56', { en: 'BNB Smart Chain', ko: 'BNB 스마트 체인' }],
  ['eip155:137', { en: 'Polygon', ko: '폴리곤' }],
  ['eip155:8453', { en: 'Base', ko: '베이스' }],
  ['eip155:42161', { en: 'Arbitrum One', ko: '아비트럼' }],
  ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', { en: 'Solana', ko: '솔라나' }],
])

/** The name in that language; the id itself where it has none. */
export const chainName = (chain: string, language: 'en' | 'ko'): string => NAMES.get(chain)?.[language] ?? chain

/** `Solana (solana:5eykt…)`: for whoever must look it up. */
export function chainWithId(chain: string, language: 'en' | 'ko'): string {
  const name = chainName(chain, language)
  return name === chain ? chain : `${name} (${chain})`
}
