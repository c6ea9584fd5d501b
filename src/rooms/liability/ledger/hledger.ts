/**
 * The books as a journal in hledger's text format (https://hledger.org/hledger.html), so that a program that is not ours can check and
 * add them up again. Amounts are exact; each commodity is a coin's CAIP-19 name in quotes. The last entry asserts every balance.
 */
import { formatDecimal } from '../../../kernel/money.ts'
import { type Instant, utc } from '../../../kernel/time.ts'
import type { LiabilityState } from '../state.ts'
import { balancesOf, type LedgerEntry } from './book.ts'
import { ruleOf, WON } from './chart.ts'

export const HLEDGER_MEDIA_TYPE = 'text/plain; charset=utf-8'

type DecimalsOf = (asset: string) => number

/** All digits behind the point, since hledger takes the precision of a commodity from how it is written. */
function exact(amount: bigint, decimals: number): string {
  const text = formatDecimal(amount, decimals)
  if (decimals === 0) return text
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(decimals, '0')}`
}

const commodity = (asset: string): string => `"${asset}"`
/** A sample amount: the form in which hledger is to read and write this commodity. */
const sample = (asset: string, decimals: number): string => `1000.${'0'.repeat(decimals)} ${commodity(asset)}`

const posting = (account: string, amount: string, asset: string): string =>
  `    ${account}  ${amount} ${commodity(asset)}`

/** A transaction id comes from outside: a line end in it would begin an entry, and a colon a tag such as `date:`. */
const comment = (text: string): string => text.replace(/[^A-Za-z0-9._ -]/g, '_')

const dateOf = (at: Instant): string => utc(at).slice(0, 10)

function entryText(entry: LedgerEntry, decimalsOf: DecimalsOf): string {
  const lines = entry.postings.map(({ account, asset, amount }) =>
    posting(account, exact(amount, decimalsOf(asset)), asset),
  )
  return [
    `${dateOf(entry.at)} * (${entry.index}) ${entry.type}  ; at ${utc(entry.at)}, ${comment(entry.subject)}`,
    ...lines,
    '',
  ].join('\n')
}

function heading(state: LiabilityState, assets: readonly string[], decimalsOf: DecimalsOf): string[] {
  const unpriced = assets.filter((asset) => asset !== WON && !state.prices.has(asset))
  return [
    '; Pasu: losses, claims, funds and repayments. Debits are positive. Dates are UTC; numbers in brackets are journal entries.',
    '; Wallets and customers stand at nothing where this ledger begins: they show what cases have changed.',
    ...unpriced.map((asset) => `; The decimals of ${asset} are not known yet: its amounts are base units.`),
    'decimal-mark .',
    '',
    ...assets.map((asset) => {
      const symbol = state.prices.get(asset)?.symbol
      return `commodity ${sample(asset, decimalsOf(asset))}${symbol === undefined ? '' : `  ; ${symbol}`}`
    }),
    '',
  ]
}

/** The whole ledger. Empty of entries it is still a valid journal. */
export function hledgerJournal(state: LiabilityState): string {
  const { entries } = state.ledger
  const balances = balancesOf(state.ledger)
  const assets = [...new Set(balances.map(({ asset }) => asset))].sort()
  const accountNames = [...new Set(balances.map(({ account }) => account))]
  const decimalsOf: DecimalsOf = (asset) => state.prices.get(asset)?.decimals ?? 0
  const declared = accountNames.map((account) => `account ${account}  ; ${ruleOf(account)?.meaning ?? ''}`)
  const last = entries.at(-1)
  const assertions =
    last === undefined
      ? []
      : [
          `${dateOf(last.at)} * balances after entry ${last.index}`,
          ...balances.map(({ account, asset, balance }) => {
            const decimals = decimalsOf(asset)
            return `${posting(account, exact(0n, decimals), asset)} = ${exact(balance, decimals)} ${commodity(asset)}`
          }),
          '',
        ]
  const text = entries.map((entry) => entryText(entry, decimalsOf))
  return [...heading(state, assets, decimalsOf), ...declared, '', ...text, ...assertions].join('\n')
}
