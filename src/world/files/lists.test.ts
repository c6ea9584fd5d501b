import { describe, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { parseAddresses } from './addresses.ts'
import { parseLabels } from './labels.ts'
import { parsePrices } from './prices.ts'
import { entityInName, toServices } from './services.ts'

const said = (result: unknown): string =>
  isRefusal(result) ? `${result.code} ${result.detail}` : JSON.stringify(result)

describe('addresses', () => {
  const read = (text: string): readonly string[] | Refusal => parseAddresses(text, 'sources.csv')
  test('F9: one a line, with or without heading, each once', () => {
    const mixed = `0x${'aB'.repeat(20)}`
    const normal = mixed.toLowerCase()
    expect(read(`address\r\n${mixed}\r\n\r\n${normal}\r\nA`)).toEqual([normal, 'A'])
    expect(read(`${mixed}\nA\n`)).toEqual([normal, 'A'])
    expect(read('"A"')).toEqual(['A'])
  })

  test('F9: anything else is refused', () => {
    expect(said(read('address\nA,B\n'))).toBe('FILE-005 sources.csv line 2: 2 fields; expected one address a line')
    expect(said(read('address\nA\nb c\n'))).toContain('FILE-007 sources.csv line 3, column address: cannot use "b c"')
    expect(said(read('address\n'))).toContain('FILE-008')
    expect(said(read(''))).toContain('FILE-008')
  })
})

describe('labels', () => {
  const read = (text: string): ReturnType<typeof parseLabels> => parseLabels(text, 'labels.csv')

  test('F10: names, kinds, entities; or addresses alone', () => {
    expect(read('address,name,kind,entity\nA,"Pool, 10",Mixer,tornado-cash\nB,,,\n')).toEqual([
      { address: 'A', name: 'Pool, 10', kind: 'mixer', entity: 'tornado-cash' },
      { address: 'B' },
    ])
    expect(read('label,address\nBinance 14,A\n')).toEqual([{ address: 'A', name: 'Binance 14' }])
    expect(read('address\nA\n')).toEqual([{ address: 'A' }])
    expect(read('A\nB\n')).toEqual([{ address: 'A' }, { address: 'B' }])
  })

  test('F10: two labels that disagree are refused, a repeated one is not', () => {
    expect(read('address,kind\nA,dex\nA,dex\n')).toEqual([{ address: 'A', kind: 'dex' }])
    expect(said(read('address,kind\nA,dex\nB,dex\nA,mixer\n'))).toBe(
      'FILE-009 labels.csv line 4, column address: A has another label on line 2; expected one label an address',
    )
    expect(said(read('address,kind\nA,two words\n'))).toContain('FILE-007 labels.csv line 2, column kind')
  })

  test('F10: characters that turn the direction of writing are left out of names', () => {
    expect(read('address,name\nA,Bin\u202eecna\u200b\n')).toEqual([{ address: 'A', name: 'Binecna' }])
  })
})

describe('services', () => {
  test('F11: the name of whoever runs an address is found in its own name', () => {
    const names: [string, string][] = [
      ['Binance_Deposit_0x2edf', 'binance'],
      ['THORChain_vault_bdf3_0855', 'thorchain'],
      ['THORChain: Router v4.1.1', 'thorchain'],
      ['Huobi 20', 'huobi'],
      ['SWFT Swap', 'swft swap'],
      [': odd', ': odd'],
    ]
    for (const [name, entity] of names) expect(entityInName(name)).toBe(entity)
  })

  test('F11: earlier lists win, later ones and the names in the transfers fill in, kinds follow the entity', () => {
    const stops = [{ address: 'A' }, { address: 'B' }, { address: 'C' }]
    const labels = [
      { address: 'B', name: 'Pool', kind: 'mixer', entity: 'tornado-cash' },
      { address: 'X', name: 'Binance 14', kind: 'exchange', entity: 'binance' },
    ]
    const names = new Map([['A', 'Binance_Deposit_0x1']])
    expect(toServices([stops, labels], names)).toEqual([
      { address: 'A', name: 'Binance_Deposit_0x1', kind: 'exchange', entity: 'binance' },
      { address: 'B', name: 'Pool', kind: 'mixer', entity: 'tornado-cash' },
      { address: 'C', name: 'unnamed', kind: 'other', entity: 'unnamed' },
      { address: 'X', name: 'Binance 14', kind: 'exchange', entity: 'binance' },
    ])
  })

  test('F11: a label that tells who someone is does not stop a trace', () => {
    expect(
      toServices(
        [
          [
            { address: 'A', kind: 'phishing' },
            { address: 'B', kind: 'casino' },
          ],
        ],
        new Map(),
      ),
    ).toEqual([{ address: 'B', name: 'unnamed', kind: 'casino', entity: 'unnamed' }])
  })
})

describe('prices', () => {
  const read = (text: string): ReturnType<typeof parsePrices> => parsePrices(text, 'prices.csv')
  const HEADING = 'asset,decimals,krw_per_unit,date'

  test('F12: exact, with the day', () => {
    expect(read(`${HEADING}\nSOL,9,214999.50,2025-11-27\nBONK,5,0.0148,2025-11-27`)).toEqual([
      { asset: 'SOL', decimals: 9, krwPerUnit: '214999.50', scaled: 21499950n, scale: 2, date: '2025-11-27' },
      { asset: 'BONK', decimals: 5, krwPerUnit: '0.0148', scaled: 148n, scale: 4, date: '2025-11-27' },
    ])
  })

  test('F12: what is not a price is refused', () => {
    const rows: [string, string][] = [
      ['SOL,9,1e5,2025-11-27', 'column krw_per_unit'],
      ['SOL,9,-5,2025-11-27', 'column krw_per_unit'],
      ['SOL,9,"214,999",2025-11-27', 'column krw_per_unit'],
      ['SOL,37,5,2025-11-27', 'column decimals'],
      ['SOL,9,5,2025-02-29', 'column date'],
      ['SOL,9,5,27.11.2025', 'column date'],
      ['SOL,9,5,2025-11-27\nSOL,9,6,2025-11-27', 'FILE-009 prices.csv line 3, column asset: a second price of SOL'],
    ]
    for (const [row, expected] of rows) expect(said(read(`${HEADING}\n${row}`))).toContain(expected)
  })
})
