/** Names of chains, accounts and assets: CAIP-2, CAIP-10 and CAIP-19 of the Chain Agnostic Standards Alliance. */
import { z } from 'zod'

const CHAIN = '[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}'
const ACCOUNT = `${CHAIN}:[-.%a-zA-Z0-9]{1,128}`
const ASSET = `${CHAIN}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}`

export const chainSchema = z.string().regex(new RegExp(`^${CHAIN}$`), 'expected a CAIP-2 chain id, such as "eip155:1"')
export const accountSchema = z
  .string()
  .regex(new RegExp(`^${ACCOUNT}$`), 'expected a CAIP-10 account id, such as "eip155:1:0x5e03…ab89"')
export const assetSchema = z
  .string()
  .regex(new RegExp(`^${ASSET}$`), 'expected a CAIP-19 asset type, such as "eip155:1/slip44:60"')

/** The CAIP-2 chain of a valid account or asset id. */
export function chainOf(id: string): string {
  const slash = id.indexOf('/')
  if (slash >= 0) return id.slice(0, slash)
  return id.split(':').slice(0, 2).join(':')
}

/** The address part of a valid CAIP-10 account id. */
export const addressOf = (account: string): string => account.split(':').slice(2).join(':')

/** Ethereum addresses are case-insensitive (EIP-55 is a checksum only), so everywhere inside they stand in lower case. */
export const normalAddress = (chain: string, address: string): string =>
  chain.startsWith('eip155:') ? address.toLowerCase() : address

/** `eip155:1:0xAB…` -> `eip155:1:0xab…`: two spellings of one account must never look like two accounts. */
export const normalAccount = (account: string): string =>
  account.startsWith('eip155:') ? account.toLowerCase() : account

/** As {@link normalAccount}, for `eip155:1/erc20:0xAB…`. */
export const normalAsset = (asset: string): string => (asset.startsWith('eip155:') ? asset.toLowerCase() : asset)
