/**
 * A line of the record with its machine names in words: `88465038381601 of solana:…/slip44:501` becomes `88,465.0383 SOL`. Only
 * the showing changes; the entry that the line links to has it as it was written.
 */
import type { AssetUnit } from '../kit/assets.ts'
import { baseUnits, shownAmount } from './amount.ts'
import { addressOf, chainName, chainOf } from './caip.ts'

const CHAIN = '[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}'
const ASSET = `${CHAIN}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}`
const AMOUNT_OF_ASSET = new RegExp(`\\b(\\d{1,78}) of (${ASSET})`, 'g')
/** The Korean lines name the asset and repeat its id in brackets. */
const ASSET_IN_BRACKETS = new RegExp(` \\(${ASSET}\\)`, 'g')
const ANY_ASSET = new RegExp(ASSET, 'g')
const SCOPE_OF_CHAIN = new RegExp(`\\bchain:(${CHAIN})`, 'g')
const ACCOUNT = /\b(?:eip155|solana|bip122):[-_a-zA-Z0-9]{1,32}:[.%a-zA-Z0-9]{3,128}/g
const KNOWN_CHAIN = /\b(?:eip155|solana|bip122):[-_a-zA-Z0-9]{1,32}\b/g

export function readable(text: string, unitOf: (asset: string) => AssetUnit): string {
  return text
    .replace(AMOUNT_OF_ASSET, (_whole, amount: string, asset: string) => {
      const { symbol, decimals } = unitOf(asset)
      return `${shownAmount(baseUnits(amount), decimals).text} ${symbol}`
    })
    .replace(ASSET_IN_BRACKETS, '')
    .replace(ANY_ASSET, (asset) => `${unitOf(asset).symbol} (${chainName(chainOf(asset))})`)
    .replace(SCOPE_OF_CHAIN, (_whole, chain: string) => chainName(chain))
    .replace(ACCOUNT, (account) => addressOf(account))
    .replace(KNOWN_CHAIN, (chain) => chainName(chain))
}
