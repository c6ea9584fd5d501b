import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { formatDecimal } from '../../kernel/money.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { commands, PRICES_MAX } from '../../rooms/liability/index.ts'
import { type PriceFile, parsePriceFile, readPriceFile } from './index.ts'

const HEADING = 'asset,symbol,decimals,krw,date\n'
const ETH = 'eip155:1/slip44:60'
const row = (krw: string, date = '2025-11-27', asset = ETH): string => `${asset},ETH,18,${krw},${date}\n`

function good(text: string): PriceFile {
  const file = parsePriceFile(text, 'prices.csv')
  if (isRefusal(file)) throw new Error(file.detail)
  return file
}
const bad = (rows: string) => parsePriceFile(HEADING + rows, 'prices.csv')

const folder = mkdtempSync(join(tmpdir(), 'pasu-prices-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a price list', () => {
  it('reads exact prices, and a day as the day in Korea', () => {
    const text = HEADING + row('4215000.25') + row('4215001', '2025-11-27T04:42:00+09:00')
    const { digest, lists } = good(text)
    expect(digest).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
    expect(lists.map(({ source, valid_from, prices }) => ({ source, valid_from, prices }))).toEqual([
      {
        source: 'prices.csv',
        valid_from: Date.UTC(2025, 10, 26, 15),
        prices: [{ asset: ETH, symbol: 'ETH', decimals: 18, krw_micro: '4215000250000' }],
      },
      {
        source: 'prices.csv',
        valid_from: Date.UTC(2025, 10, 26, 19, 42),
        prices: [{ asset: ETH, symbol: 'ETH', decimals: 18, krw_micro: '4215001000000' }],
      },
    ])
  })

  it('gives the same lists for any order of columns and times', () => {
    const one = good(HEADING + row('1', '2025-11-28') + row('2', '2025-11-27'))
    const other = good(`date,krw,decimals,symbol,asset\n2025-11-27,2,18,ETH,${ETH}\n2025-11-28,1,18,ETH,${ETH}\n`)
    const withoutDigest = ({ lists }: PriceFile) => lists.map(({ digest: _digest, ...list }) => list)
    expect(withoutDigest(one)).toEqual(withoutDigest(other))
  })

  it('gives data that the command takes, a long list in parts', () => {
    const rows = Array.from(
      { length: PRICES_MAX + 1 },
      (_, n) => `solana:mainnet/token:mint${n},C${n},5,0.0148,2025-11-27\n`,
    )
    const { lists } = good(HEADING + rows.join(''))
    expect(lists.map(({ prices }) => prices.length)).toEqual([PRICES_MAX, 1])
    for (const list of lists) expect(commands['price.load'].safeParse(list).success).toBe(true)
  })

  it('reads back every price of millionths of a won', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 30n), (micro) => {
        const [list] = good(HEADING + row(formatDecimal(micro, 6))).lists
        expect(list?.prices[0]?.krw_micro).toBe(String(micro))
      }),
    )
  })

  it('takes two spellings of an Ethereum token for one asset', () => {
    const token = `eip155:1/erc20:0x${'AB'.repeat(20)}`
    expect(bad(row('1', '2025-11-27', token) + row('2', '2025-11-27', token.toLowerCase()))).toMatchObject({
      code: 'PRICE-001',
      field: 'asset',
      context: { line: 3, column: 'asset' },
    })
  })

  it('refuses two prices at one time, and a coin with two decimals or symbols, with line and column', () => {
    expect(bad(row('1') + row('1'))).toMatchObject({ code: 'PRICE-001', context: { line: 3, column: 'asset' } })
    const other = `${ETH},ETH,8,1,2025-11-28\n`
    expect(bad(row('1') + other)).toMatchObject({ code: 'PRICE-002', context: { line: 3, column: 'decimals' } })
    expect(bad(row('1') + other.replace('ETH,8', 'WETH,18'))).toMatchObject({ code: 'PRICE-002', field: 'symbol' })
  })

  it.each([
    ['krw', row('0')],
    ['krw', row('-1')],
    ['krw', row('1e3')],
    ['krw', row('"1,000"')],
    ['krw', row('007')],
    ['krw', row('0.0000001')],
    ['krw', row('')],
    ['date', row('1', '2025-02-30')],
    ['date', row('1', '2025-11-27 04:42:00')],
    ['date', row('1', '1969-12-31')],
    ['asset', row('1', '2025-11-27', 'ETH')],
    ['decimals', `${ETH},ETH,37,1,2025-11-27\n`],
    ['decimals', `${ETH},ETH,1.5,1,2025-11-27\n`],
    ['symbol', `${ETH},E H,18,1,2025-11-27\n`],
  ])('refuses a wrong %s, and names line, column and expectation', (column, rows) => {
    expect(bad(rows)).toMatchObject({ code: 'FILE-007', field: column, context: { line: 2, column } })
  })

  it('refuses a file without a date column, an empty one and one that is not there', async () => {
    expect(parsePriceFile('asset,symbol,decimals,krw\n', 'p.csv')).toMatchObject({ code: 'FILE-004' })
    expect(parsePriceFile('', 'p.csv')).toMatchObject({ code: 'FILE-008' })
    expect(await readPriceFile(join(folder, 'none.csv'))).toMatchObject({ code: 'FILE-001' })
    writeFileSync(join(folder, 'p.csv'), HEADING + row('1'))
    expect(await readPriceFile(join(folder, 'p.csv'))).toMatchObject({ lists: [{ source: 'p.csv' }] })
  })
})
