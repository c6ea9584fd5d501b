import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  BONK,
  claim,
  filing,
  fund,
  INCIDENT,
  pay,
  robbed,
  SOL,
  type Stage,
  stage,
  theft,
} from '../../../../test/kit/liability-stage.ts'
import { parseDecimal } from '../../../kernel/money.ts'
import { hledgerJournal, ledger } from '../index.ts'
import { WON } from './chart.ts'

const DECIMALS: Readonly<Record<string, number>> = { [SOL]: 9, [BONK]: 5, [WON]: 0 }

function hledgerInstalled(): boolean {
  try {
    execFileSync('hledger', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const installed = hledgerInstalled()
if (!installed) console.log('hledger is not installed: the exported ledger is not checked by it')

const folder = mkdtempSync(join(tmpdir(), 'pasu-hledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hledger = (journal: string, ...args: string[]): string => {
  const file = join(folder, 'ledger.journal')
  writeFileSync(file, journal)
  return execFileSync('hledger', ['-f', file, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** What hledger adds up: account, commodity and balance in base units, by its own CSV. */
function added(journal: string) {
  const options = ['--layout', 'bare', '--flat', '--no-total', '--empty', '-O', 'csv']
  const [, ...rows] = hledger(journal, 'balance', ...options)
    .trim()
    .split('\n')
  return rows.map((row) => {
    const [account = '', asset = '', text = ''] = row.split('","').map((field) => field.replaceAll('"', ''))
    const amount = parseDecimal(text.replace('-', ''), DECIMALS[asset] ?? 0) ?? 0n
    return { account, asset, balance: String(text.startsWith('-') ? -amount : amount) }
  })
}

const standing = (s: Stage) => ledger(s.state).accounts.filter(({ balance }) => balance !== '0')

/** A case in all its stages: settled, pending, refused and open claims of two coins. */
function repaid(): Stage {
  const s = robbed()
  s.when('loss.record', theft('theft2', BONK, '10312239000000000'))
  const claims = Array.from({ length: 20 }, (_, n) => claim(`c${n}`, n % 2 === 0 ? SOL : BONK, `${1234567890 + n}`))
  s.when('claim.file', filing(...claims))
  s.when('repayment.plan', { incident: INCIDENT })
  s.when('repayment.pay', pay(12))
  const ids = [...s.state.repayments.keys()]
  for (const [n, withdrawal] of ids.slice(0, 12).entries()) {
    if (n % 4 === 3) s.when('repayment.refuse', { withdrawal, why: 'GATE-001 no' })
    else s.when('repayment.settle', { withdrawal, tx: `pay${n}` })
  }
  s.when('repayment.reopen', { withdrawal: ids[0] ?? '', tx: 'pay0' })
  return s
}

describe('the exported ledger', () => {
  it('L18 names commodities in quotes, amounts with all their digits, dates in UTC with the time beside', () => {
    const s = stage()
    s.when('fund.set', fund('reserve', '1000'), Date.UTC(2025, 10, 26, 19, 42, 7))
    s.when('loss.record', theft('theft1', SOL, '1500000000'))
    s.when('price.load', {
      ...{ source: 'test', digest: `sha256:${'0'.repeat(64)}`, valid_from: 0 },
      prices: [{ asset: SOL, symbol: 'SOL', decimals: 9, krw_micro: '1' }],
    })
    const text = hledgerJournal(s.state)
    expect(text).toContain(
      '2025-11-26 * (0) fund.changed  ; at 2025-11-26 19:42:07 UTC, reserve\n    assets:fund:reserve  1000 "KRW"\n    equity:fund:reserve  -1000 "KRW"\n',
    )
    expect(text).toContain(`    assets:wallet:hot-1  -1.500000000 "${SOL}"\n`)
    expect(text).toContain(`commodity 1000.000000000 "${SOL}"  ; SOL\n`)
    expect(text).toContain(`    equity:loss:${INCIDENT}  0.000000000 "${SOL}" = 1.500000000 "${SOL}"\n`)
  })

  it('L18 says where decimals are not known, and then gives base units', () => {
    const s = stage()
    s.when('loss.record', theft('theft1', SOL, '1500000000'))
    const text = hledgerJournal(s.state)
    expect(text).toContain(`; The decimals of ${SOL} are not known yet: its amounts are base units.`)
    expect(text).toContain(`    assets:wallet:hot-1  -1500000000 "${SOL}"\n`)
  })

  it('L18 lets no name from outside begin an entry or a tag of its own', () => {
    const s = stage()
    expect(() => s.when('loss.record', theft('x\n2020-01-01 forged', SOL, '1'))).toThrow('INPUT-001 tx')
    s.when('loss.record', theft('x, date:2020-01-01 ; | forged', SOL, '1'))
    const line = hledgerJournal(s.state)
      .split('\n')
      .find((text) => text.includes('forged'))
    expect(line).toMatch(/, x_ date_2020-01-01 _ _ forged 0$/)
  })

  it.runIf(installed)('L18 hledger accepts it in its strict mode and adds up the same balances', () => {
    const s = repaid()
    const text = hledgerJournal(s.state)
    expect(hledger(text, 'check', '--strict')).toBe('')
    const rows = added(text).filter(({ balance }) => balance !== '0')
    const key = (row: { account: string; asset: string }): string => `${row.account} ${row.asset}`
    const order = (a: { account: string; asset: string }, b: typeof a): number => (key(a) < key(b) ? -1 : 1)
    expect(standing(s).length).toBeGreaterThan(10)
    expect(rows.toSorted(order)).toEqual(standing(s).toSorted(order))
  })

  it.runIf(installed)('L18 hledger accepts a ledger without entries', () => {
    expect(hledger(hledgerJournal(stage().state), 'check', '--strict')).toBe('')
  })

  it.runIf(installed)('L18 hledger finds a changed amount, by the balance or by the assertions at the end', () => {
    const text = hledgerJournal(repaid().state)
    const one = text.replace('    assets:wallet:hot-1  -100.000000000', '    assets:wallet:hot-1  -100.000000001')
    const both = one.replace(`    equity:loss:${INCIDENT}  100.000000000`, `    equity:loss:${INCIDENT}  100.000000001`)
    expect(one).not.toBe(text)
    expect(both).not.toBe(one)
    expect(() => hledger(one, 'check')).toThrow(/unbalanced|sum/i)
    expect(() => hledger(both, 'check')).toThrow(/assertion/i)
  })

  it.runIf(installed)('L18 hledger takes any amount exactly', () => {
    const amount = fc.bigInt(1n, 10n ** 60n).map(String)
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 5 }), (amounts) => {
        const s = robbed()
        for (const [n, lost] of amounts.entries()) s.when('loss.record', theft(`t${n}`, n % 2 === 0 ? SOL : BONK, lost))
        const text = hledgerJournal(s.state)
        expect(hledger(text, 'check', '--strict')).toBe('')
        const rows = added(text).filter(({ balance }) => balance !== '0')
        expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
          new Set(standing(s).map((row) => JSON.stringify(row))),
        )
      }),
      { numRuns: 4 },
    )
  })
})
