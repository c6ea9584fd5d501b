import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { parseTransfers, type TransferFile } from './transfers.ts'

const HEADING = 'time,tx_hash,from,to,asset,amount'
const GOOD = '2023-06-02T21:49:23Z,0xAB,A,B,ETH,15'
const USD_HEADING = 'Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD'
const AT = Date.UTC(2023, 5, 2, 21, 49, 23)

function accepted(text: string): TransferFile {
  const result = parseTransfers(text, 'x.csv')
  if (isRefusal(result)) throw new Error(result.detail)
  return result
}

function refusal(text: string): string {
  const result = parseTransfers(text, 'x.csv')
  return isRefusal(result) ? `${result.code} ${result.detail}` : 'accepted'
}

describe('what is read', () => {
  test('F1: base units, columns in any order and case, CRLF, quotes, a last line without an end', () => {
    const text =
      'Amount,FROM,to,"asset",Time,tx_hash\r\n15,A,"B",ETH,2023-06-02T21:49:23Z,"0xAB"\r\n\r\n16,B,C,ETH,1685742563,t2'
    expect(accepted(text)).toEqual({
      transfers: [
        { at: AT, tx: '0xab', from: 'A', to: 'B', amount: 15n, asset: 'ETH' },
        { at: AT, tx: 't2', from: 'B', to: 'C', amount: 16n, asset: 'ETH' },
      ],
      names: new Map(),
      unit: 'base',
    })
  })

  test('F1: block, place within it, and a chain before an asset that has none', () => {
    const heading = 'time_utc,chain,tx_hash,block,log_index,from,to,asset,amount_base_units'
    const address = '0x5E032243D507c743b061eF021e2EC7FcC6D3aB89'
    const text = `${heading}\n2019-11-27T04:06:40Z,eip155:1,0xCA,9007863,,${address},${address},slip44:60,1\n1,eip155:1,t,2,3,A,B,eip155:5/erc20:0xAA,2`
    expect(accepted(text).transfers).toEqual([
      {
        at: Date.UTC(2019, 10, 27, 4, 6, 40),
        tx: '0xca',
        from: address.toLowerCase(),
        to: address.toLowerCase(),
        amount: 1n,
        asset: 'eip155:1/slip44:60',
        block: 9007863,
      },
      { at: 1_000, tx: 't', from: 'A', to: 'B', amount: 2n, asset: 'eip155:5/erc20:0xaa', block: 2, position: 3 },
    ])
  })

  test('F2: dollars become millionths, names stay names, whatever the order of rows', () => {
    const rows = [
      '2023-06-02 21:49:23,7,0x1,A,zeta,B,,728251.5957000001',
      '2023-06-02 21:49:23,7,0x2,A,"alpha, Inc",B,"say ""b""",2.0',
    ]
    for (const text of [rows, rows.toReversed()].map((some) => [USD_HEADING, ...some].join('\n'))) {
      const file = accepted(text)
      expect(file.unit).toBe('usd-micro')
      expect(file.names).toEqual(
        new Map([
          ['A', 'alpha, Inc'],
          ['B', 'say "b"'],
        ]),
      )
      expect(new Set(file.transfers.map((row) => row.amount))).toEqual(new Set([728251_595700n, 2_000000n]))
      expect(file.transfers.every((row) => row.asset === undefined && row.block === 7 && row.at === AT)).toBe(true)
    }
  })

  test('F2: a dollar value is rounded once, from its exact decimal, a tie to the even millionth', () => {
    const values: [string, bigint][] = [
      ['0.0000005', 0n],
      ['0.0000015', 2n],
      ['0.0000025', 2n],
      ['0.00000250000000000000000000000001', 3n],
      ['1e-05', 10n],
      ['1.25E+3', 1_250_000000n],
      ['13483975.158898184', 13483975_158898n],
      ['99999999999999999999.9999999', 100000000000000000000_000000n],
    ]
    for (const [text, micros] of values) {
      expect(accepted(`${USD_HEADING}\n1,,t,A,,B,,${text}`).transfers[0]?.amount).toBe(micros)
    }
  })

  test('F3: every form of time that is understood', () => {
    const forms = ['2023-06-02 21:49:23', '2023-06-02 21:49:23 UTC', '2023-06-02T21:49:23', '2023-06-02T21:49:23.000Z']
    const more = ['2023-06-03T06:49:23+09:00', '1685742563', '1685742563000']
    for (const form of [...forms, ...more]) {
      expect(accepted(`${HEADING}\n${form},t,A,B,ETH,1`).transfers[0]?.at).toBe(AT)
    }
  })

  test('F4: one account has one spelling, but only where letters are no part of the address', () => {
    const base58 = 'So11111111111111111111111111111111111111112'
    const spellings: [string, string][] = [
      [`0x${'AB'.repeat(20)}`, `0x${'ab'.repeat(20)}`],
      ['eip155:1:0xAB', 'eip155:1:0xab'],
      ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
      [base58, base58],
    ]
    for (const [given, normal] of spellings) {
      expect(accepted(`${HEADING}\n1,t,${given},B,ETH,1`).transfers[0]?.from).toBe(normal)
    }
  })
})

describe('what is refused, with its line and column', () => {
  const row = (replace: Partial<Record<'time' | 'tx' | 'from' | 'asset' | 'amount', string>>): string => {
    const { time = '1', tx = 't', from = 'A', asset = 'ETH', amount = '1' } = replace
    return refusal(`${HEADING}\n${GOOD}\n${time},${tx},${from},B,${asset},${amount}`)
  }

  test('F5: amounts that are not whole base units', () => {
    for (const amount of [
      '',
      '-1',
      '+1',
      '1.5',
      '1e18',
      '1E+18',
      '01',
      '0x10',
      '１',
      'NaN',
      'Infinity',
      '1_000',
      '9'.repeat(79),
    ]) {
      expect(row({ amount })).toMatch(/^FILE-007 x\.csv line 3, column amount: .*expected a whole number of base units/)
    }
    expect(refusal(`${HEADING}\n1,t,A,B,ETH,"1,000"`)).toMatch(/^FILE-007 x\.csv line 2, column amount/)
  })

  test('F5: dollar values that are not decimals', () => {
    for (const value of ['', '-1.0', '1,5', '$5', '.5', '5.', '1e999', 'nan', `1${'0'.repeat(30)}`, '1e99']) {
      const found = refusal(`${USD_HEADING}\n1,,t,A,,B,,"${value}"`)
      expect(found).toMatch(/^FILE-007 x\.csv line 2, column Value_in_USD: /)
    }
  })

  test('F5: times that do not exist or are not exact', () => {
    const times = [
      '',
      '2023-02-30 00:00:00',
      '2023-13-01T00:00:00Z',
      '2023-06-02',
      '06/02/2023 21:49',
      '-1',
      '1.5',
      '1e9',
    ]
    for (const time of [...times, '2023-06-02 25:00:00', '1969-12-31T23:59:59Z', '9999999999999999']) {
      expect(row({ time })).toMatch(/^FILE-007 x\.csv line 3, column time: /)
    }
  })

  test('F5: addresses, hashes, assets that hold anything but their letters', () => {
    for (const from of ['', 'a b', '<script>', '"=cmd|x"', "'", 'é', 'a'.repeat(201), '../x']) {
      expect(row({ from })).toMatch(/^FILE-007 x\.csv line 3, column from: /)
    }
    expect(row({ tx: '' })).toContain('column tx_hash: the field is empty; expected a transaction hash')
    expect(row({ asset: 'a b' })).toContain('column asset')
    expect(refusal(`${HEADING},chain\n1,t,A,B,ETH,1,no chain`)).toContain('column chain')
    expect(refusal(`${HEADING},block\n1,t,A,B,ETH,1,-5`)).toContain('column block')
  })

  test('F6: headings that are missing, unknown or twice there', () => {
    expect(refusal(GOOD)).toContain('FILE-004 x.csv line 1: unknown column')
    expect(refusal('time,tx_hash,from,to,amount\n1,t,A,B,1')).toBe(
      'FILE-004 x.csv line 1: no column asset; expected columns time, tx_hash, from, to, asset, amount',
    )
    expect(refusal(`${HEADING},amuont\n${GOOD},1`)).toContain('unknown column "amuont"')
    expect(refusal(`${HEADING},Time\n${GOOD},1`)).toContain('two columns for time')
    expect(refusal('time;tx_hash;from;to;asset;amount\n1;t;A;B;ETH;1')).toContain('FILE-004')
  })

  test('F6: rows with too few or too many fields', () => {
    expect(refusal(`${HEADING}\n${GOOD}\n1,t,A,B,ETH`)).toBe(
      'FILE-005 x.csv line 3: 5 fields; expected 6, as in the heading',
    )
    expect(refusal(`${HEADING}\n${GOOD},`)).toContain('FILE-005 x.csv line 2: 7 fields')
  })

  test('F7: nothing to read', () => {
    expect(refusal('')).toBe('FILE-008 x.csv: the file is empty')
    expect(refusal('\n\r\n')).toBe('FILE-008 x.csv: the file is empty')
    expect(refusal(`${HEADING}\r\n`)).toBe('FILE-008 x.csv: there are no rows under the heading')
  })
})
