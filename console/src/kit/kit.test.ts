import { describe, expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { ko } from '../i18n/ko.ts'
import { csv, csvCell } from './download.ts'
import { type Column, sorted } from './Table.tsx'
import { type StateKind, toneOf, tones } from './tones.ts'

describe('states', () => {
  it('C5 each has a word in both languages', () => {
    const nameless = Object.entries(tones).flatMap(([kind, states]) =>
      Object.keys(states)
        .map((state) => `${kind}.${state}`)
        .filter((key) => !(key in en) || !(key in ko)),
    )
    expect(nameless).toEqual([])
  })

  it('C5 what is lost, late or waiting never looks safe', () => {
    const unsafe: readonly (readonly [StateKind, string])[] = [
      ['transfer', 'unpermitted'],
      ['watcher', 'blind'],
      ['clock', 'missed'],
      ['clock', 'late'],
      ['withdrawal', 'held'],
      ['notice', 'failed'],
      ['platform', 'halted'],
    ]
    expect(unsafe.filter(([kind, state]) => Reflect.get(tones[kind], state) === 'safe')).toEqual([])
  })

  it('C5 shows a state of a newer server plainly', () => {
    const strange: string = 'from-the-future'
    expect(toneOf('clock', strange as 'met')).toBe('plain')
  })
})

describe('tables', () => {
  interface Row {
    readonly id: string
    readonly size: bigint
  }
  const columns: readonly Column<Row>[] = [
    { id: 'id', title: '', cell: () => null },
    { id: 'size', title: '', cell: () => null, sort: (row) => row.size },
  ]
  const rows: readonly Row[] = [
    { id: 'a', size: 2n ** 70n },
    { id: 'b', size: 3n },
    { id: 'c', size: 2n ** 70n + 1n },
  ]
  const order = (sorting: Parameters<typeof sorted>[2]) => sorted(rows, columns, sorting).map((row) => row.id)

  it('C2 sorts amounts exactly, beyond what a double holds', () => {
    expect(order({ column: 'size', descending: false })).toEqual(['b', 'a', 'c'])
    expect(order({ column: 'size', descending: true })).toEqual(['c', 'a', 'b'])
    expect(order({ column: 'id', descending: true })).toEqual(['a', 'b', 'c'])
  })
})

describe('export', () => {
  it('C12 quotes what CSV must quote', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,"y"', null],
          ['line\nbreak', 7],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""",\r\n"line\nbreak",7\r\n')
  })

  it('C12 never hands a spreadsheet a formula', () => {
    expect(csvCell('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")"`)
    expect([csvCell('+1'), csvCell('-1'), csvCell('@a'), csvCell(-1)]).toEqual(["'+1", "'-1", "'@a", '-1'])
  })
})
