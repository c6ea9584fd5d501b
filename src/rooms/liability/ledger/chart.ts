/**
 * The chart of accounts: every account that an entry may name, what it holds and what its balance means. Debits are positive.
 * Wallet and customer accounts start at nothing when the ledger does: they show what cases have changed, not all that there is.
 */
import type { Fund } from '../messages.ts'

export interface AccountRule {
  /** `*` stands for one name. */
  readonly account: string
  readonly holds: 'coins' | 'won' | 'both'
  readonly meaning: string
}

const CHART: readonly AccountRule[] = [
  { account: 'assets:wallet:*', holds: 'coins', meaning: 'coins in a wallet of the platform' },
  { account: 'assets:fund:*', holds: 'won', meaning: 'won of a fund that no repayment has drawn' },
  { account: 'assets:earmarked:*', holds: 'won', meaning: 'won of a fund, set aside for planned repayments' },
  {
    account: 'assets:refill',
    holds: 'won',
    meaning: 'won that funds paid over, to buy back the coins given to customers',
  },
  { account: 'liabilities:customers', holds: 'coins', meaning: 'coins owed to customers in general' },
  { account: 'liabilities:claims:*', holds: 'coins', meaning: 'coins owed to those who filed a claim in a case' },
  { account: 'equity:loss:*', holds: 'coins', meaning: 'coins stolen in a case that no fund has made good' },
  { account: 'equity:fund:*', holds: 'won', meaning: 'what the platform committed to a fund and has not used up' },
  { account: 'equity:conversion', holds: 'both', meaning: 'coins made good against the won that a fund gave for them' },
]

/** Won among the assets of the ledger. Coins bear their CAIP-19 names, which all hold a slash. */
export const WON = 'KRW'

export const accounts = {
  wallet: (wallet: string) => `assets:wallet:${wallet}`,
  fund: (fund: Fund) => `assets:fund:${fund}`,
  earmarked: (fund: Fund) => `assets:earmarked:${fund}`,
  refill: 'assets:refill',
  customers: 'liabilities:customers',
  claims: (incident: string) => `liabilities:claims:${incident}`,
  loss: (incident: string) => `equity:loss:${incident}`,
  committed: (fund: Fund) => `equity:fund:${fund}`,
  conversion: 'equity:conversion',
} as const

const patterns = CHART.map((rule) => ({
  rule,
  form: new RegExp(`^${rule.account.replace('*', '[A-Za-z0-9][A-Za-z0-9._-]*')}$`),
}))

/** The rule that an account follows; `undefined` for an account that the chart does not know. */
export const ruleOf = (account: string): AccountRule | undefined =>
  patterns.find(({ form }) => form.test(account))?.rule
