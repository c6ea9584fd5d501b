/** How addresses are told apart: two spellings of one account must count as one, and what is no address at all must be seen. */
import { addressOf, chainOf, normalAccount } from '../../kernel/caip.ts'

const HEX = /^0[xX][0-9a-fA-F]{40}$/
// BIP 173: a bech32 address may be written wholly in capitals, as in QR codes.
const BECH32_SHOUTED = /^(BC1|TB1|LTC1)[0-9A-Z]+$/
const CAIP10 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{1,128}$/
const ANY_CHAIN = /^\*:[-.%a-zA-Z0-9]{1,128}$/

/** Whether the account's address can be one of its chain. Known for EVM chains; elsewhere CAIP-10's own form is all that is asked. */
export const isAddress = (account: string): boolean => !account.startsWith('eip155:') || HEX.test(addressOf(account))

const spelling = (address: string): string =>
  HEX.test(address) || BECH32_SHOUTED.test(address) ? address.toLowerCase() : address

/** An entry of a deny list in its one spelling; `undefined` where it is neither an account nor `*:` and an address. */
export function denyKey(entry: string): string | undefined {
  if (ANY_CHAIN.test(entry)) return `*:${spelling(entry.slice(2))}`
  return CAIP10.test(entry) ? accountKey(entry) : undefined
}

const accountKey = (account: string): string => `${chainOf(account)}:${spelling(addressOf(normalAccount(account)))}`

/** The entries that would deny this account: its own, and the one that names its address on any chain. */
export const denyKeysOf = (account: string): readonly [string, string] => [
  accountKey(account),
  `*:${spelling(addressOf(account))}`,
]
