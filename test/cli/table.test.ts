import { describe, expect, it } from 'vitest'
import { facts, table } from '../../src/cli/table.ts'
import { progressBar, type Terminal } from '../../src/cli/terminal.ts'

describe('tables', () => {
  it('put numbers to the right and count a Korean letter as two places', () => {
    const text = table(
      ['name', 'sum'],
      [
        ['가나', '1'],
        ['abcdef', '1000'],
      ],
      'none',
      [1],
    )
    expect(text.split('\n')).toEqual(['name     sum', '가나       1', 'abcdef  1000'])
  })
  it('say so where there is nothing', () => {
    expect(table(['name'], [], 'There is nothing.')).toBe('There is nothing.')
    expect(
      facts([
        ['a', '1'],
        ['long', '2'],
      ]),
    ).toBe('a     1\nlong  2')
  })
})

describe('progress', () => {
  const terminal = (isWatched: boolean): Terminal & { said: string[] } => {
    const said: string[] = []
    return {
      said,
      out: (text) => void said.push(`OUT ${text}`),
      err: (text) => void said.push(text),
      isWatched,
      columns: 60,
      env: {},
    }
  }

  it('is drawn on standard error where a person watches, not more often than can be seen, and taken away', () => {
    const watched = terminal(true)
    let now = 1_000
    const bar = progressBar(watched, 'reading', () => now)
    bar(1, 4)
    bar(2, 4)
    now += 100
    bar(3, 4)
    bar(4, 4)
    bar.end()
    bar.end()
    expect(watched.said.map((text) => text.trim())).toEqual([
      'reading [########......................] 25% 1/4',
      'reading [#######################.......] 75% 3/4',
      'reading [##############################] 100% 4/4',
      '',
    ])
  })

  it('says nothing elsewhere', () => {
    const piped = terminal(false)
    const bar = progressBar(piped, 'reading')
    bar(1, 2)
    bar.end()
    expect(piped.said).toEqual([])
  })
})
