/** The words of an English notice. */
import { formatDecimal, grouped } from '../../../kernel/money.ts'
import { kst, utc } from '../../../kernel/time.ts'
import { chainName } from './chains.ts'
import { span } from './span.ts'
import type { Words } from './words.ts'

const some = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(String(count))} ${count === 1 ? one : many}`

export const en: Words = {
  language: 'en',
  time: (at) => `${utc(at)} (${kst(at)})`,
  pending: 'not yet known',
  unset: { reporter: '[to be set: who reports]', platform: '[platform name not set]' },
  proposed: '[For reference] Prepared for a rule that is proposed and not in force; no law requires this notice today.',
  kind: {
    theft: 'unauthorised withdrawal of virtual assets (suspected theft)',
    delegation: 'unauthorised delegation of the power over a wallet (danger of theft)',
    blind: 'the transactions of a network cannot be seen',
    block: 'deposits and withdrawals of virtual assets suspended',
  },
  reason: {
    theft: 'virtual assets were withdrawn without authorisation, and customers’ assets need urgent protection',
    delegation:
      'the power over a wallet was delegated without authorisation, and customers’ assets need urgent protection',
    blind: 'the transactions of the network cannot be seen, and customers’ assets need protection',
  },
  fact: {
    halted: 'deposits and withdrawals suspended',
    lifted: 'suspension lifted',
    evacuation_ordered: 'emergency transfer of the remaining assets ordered',
    evacuated: 'remaining assets brought to safety',
    traced: 'flow of the stolen assets traced',
    trace_failed: 'the flow of the stolen assets could not be computed',
    loss_computed: 'loss computed',
    repayment_planned: 'repayment of customers planned',
    repaid: 'customers repaid',
    blinded: 'network cannot be seen',
    restored: 'network seen again',
    delegated: 'a further unauthorised delegation',
    delivery_failed: 'delivery of a notice failed',
    note: 'note',
  },
  head: { to: 'To', from: 'From', incident: 'Case', asOf: 'State of knowledge' },
  under: (act, basis) => `This ${act} is made under ${basis}.`,
  section: {
    what: 'What happened',
    damage: 'Damage',
    done: 'Measures taken',
    asked: 'Content required by law',
    contact: 'Unit in charge',
    stopped: 'What is suspended',
    care: 'Please note',
    resume: 'Resumption',
    basis: 'Legal basis',
  },
  what: {
    kind: 'Kind',
    wallet: 'Wallet',
    chain: 'Network',
    happened: 'First occurrence (block time)',
    aware: 'First known to us',
    movements: 'Unauthorised transfers',
    count: (count) => grouped(String(count)),
    between: (first, last) => `from ${first} to ${last}`,
    retracted: 'Transfers undone by a chain reorganisation, not counted',
  },
  amount: ({ asset, amount, symbol, decimals }) =>
    symbol === undefined || decimals === undefined
      ? `${grouped(amount.toString())} base units of ${asset}`
      : `${grouped(formatDecimal(amount, decimals))} ${symbol}`,
  krw: (won) => `KRW ${grouped(won.toString())}`,
  noPrice: 'value not yet known',
  total: 'Total value at the time of loss',
  noLoss: 'no outflow found so far',
  listed: 'Transfers',
  more: (count) => `and ${grouped(String(count))} more`,
  omitted: (count) => `${grouped(String(count))} in between left out`,
  scope: ({ chain, wallet, asset, symbol }) => {
    if (asset !== undefined) return symbol === undefined ? asset : `${symbol} (${asset})`
    if (wallet !== undefined) return `wallet ${wallet}`
    return chain === undefined ? 'all virtual assets' : `virtual assets on ${chainName(chain, 'en')}`
  },
  see: (section) => `see section ${section}`,
  letters: (place) => `${String.fromCharCode(97 + place)})`,
  run: (run) => ` (no. ${run})`,
  span,
  told: {
    further: 'a further unauthorised transfer',
    undone: 'transfer undone by a chain reorganisation',
    closed: 'case closed',
    traced: ({ trace, addresses, edges }) =>
      `${trace}, ${some(addresses, 'address', 'addresses')}, ${some(edges, 'transfer')}`,
    repaid: ({ claims, planned = claims, unfunded = 0, krw }) =>
      `${planned} of ${some(claims, 'claim')}, KRW ${grouped(krw)}${unfunded === 0 ? '' : `; ${unfunded} cannot be paid yet`}`,
    lasted: (span) => `after ${span}`,
    letAct: (who, tx) => `${who} may act for it (${tx})`,
    due: (when) => `due ${when}`,
    dueUnset: 'no time set in law',
    missed: 'missed',
    afterDue: (span) => `${span} after it was due`,
    sent: (notice, channel, to) => `${notice} sent by ${channel} to ${to}`,
  },
  close: 'This states what was known at the time given above. Further findings will be reported without delay.',
  customers: {
    greeting: 'To our customers',
    intro: {
      theft:
        'Virtual assets were withdrawn from a wallet of ours without authorisation. To protect our customers’ assets we have taken the following measures.',
      delegation:
        'The power over a wallet of ours was delegated without authorisation. To protect our customers’ assets we have taken the following measures.',
      blind:
        'We cannot see the transactions of a network. To protect our customers’ assets we have taken the following measures.',
      block: 'We have suspended deposits and withdrawals of virtual assets as follows.',
    },
    target: 'Suspended',
    since: 'Since',
    until: 'Lifted',
    reason: 'Reason',
    happened: 'Occurred',
    aware: 'Known to us',
    suspected: 'Assets believed to have left',
    value: 'Value at the time of loss',
    care: [
      'Until resumption, please do not send the suspended assets to your existing deposit addresses.',
      'We never ask for passwords, codes or private keys by telephone, text message or mail. Whoever does is an impostor.',
    ],
    resume: 'We will announce the time of resumption once safety is confirmed.',
    further: 'We will announce further findings without delay. We apologise for the inconvenience.',
    contact: 'Contact',
  },
}
