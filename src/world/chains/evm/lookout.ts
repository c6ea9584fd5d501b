/** What to look out for on one EVM chain, indexed once per change of the wallets: our addresses, and the tokens that are registered. */
import { addressOf } from '../../../kernel/caip.ts'
import type { Target } from '../source.ts'

/** Addresses in one log filter: geth refuses more than a thousand in one place. */
const FILTER_ADDRESSES_MAX = 500

export interface Lookout {
  readonly chain: string
  /** The native coin as CAIP-19. */
  readonly native: string
  /** Address in lower case -> CAIP-10. */
  readonly accounts: ReadonlyMap<string, string>
  /** Contract addresses of the tokens that some wallet has registered. */
  readonly tokens: ReadonlySet<string>
  /** Our addresses as log topics, in lists that a node accepts. */
  readonly topics: readonly (readonly string[])[]
}

const topicOf = (address: string): string => `0x${address.slice(2).padStart(64, '0')}`

export function lookoutFor(chain: string, native: string, targets: readonly Target[]): Lookout {
  const accounts = new Map(
    targets.map(({ account }) => {
      const address = addressOf(account).toLowerCase()
      return [address, `${chain}:${address}`]
    }),
  )
  const prefix = `${chain}/erc20:`
  const tokens = new Set(
    targets.flatMap(({ assets }) =>
      assets.filter((asset) => asset.startsWith(prefix)).map((asset) => asset.slice(prefix.length).toLowerCase()),
    ),
  )
  const all = [...accounts.keys()].map(topicOf)
  const topics: string[][] = []
  for (let from = 0; from < all.length; from += FILTER_ADDRESSES_MAX)
    topics.push(all.slice(from, from + FILTER_ADDRESSES_MAX))
  return { chain, native, accounts, tokens, topics }
}

/** CAIP-10 of any address of the chain. */
export const accountOf = (lookout: Lookout, address: string): string => `${lookout.chain}:${address.toLowerCase()}`
