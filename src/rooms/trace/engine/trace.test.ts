import { describe, expect, test } from 'vitest'
import { service, transfersOf } from './testing/graphs.ts'
import { trace } from './trace.ts'
import type { Service, TraceResult, Transfer } from './types.ts'

const run = (transfers: readonly Transfer[], services: readonly Service[] = [], sources = ['vault']): TraceResult =>
  trace({ method: 'fifo', transfers, sources, services })

const held = (result: TraceResult): Record<string, number> =>
  Object.fromEntries(result.addresses.map((row) => [row.address, Number(row.held)]))
const entered = (result: TraceResult): Record<string, number> =>
  Object.fromEntries(result.terminals.map((row) => [row.address, Number(row.amount)]))
const steps = (result: TraceResult): string[] =>
  result.edges.map((edge) => `${edge.from}>${edge.to}:${edge.amount}/${edge.of} hop ${edge.hop}`)

describe('a trace by hand', () => {
  test('E1: everything that leaves a source is stolen, however little it was seen to receive', () => {
    const result = run(
      transfersOf([
        ['victim', 'vault', 5],
        ['vault', 'a', 70],
        ['vault', 'b', 30],
      ]),
    )
    expect(held(result)).toEqual({ vault: 0, a: 70, b: 30 })
    expect(result.assets).toEqual([
      { asset: undefined, stolen: 100n, held: 100n, returned: 0n, terminals: 0n, unaccounted: 0n, unseen: 0n },
    ])
  })

  test('E2: what came first is spent first', () => {
    // Given 10 clean units at a, then 20 stolen, then 5 clean; when a spends 12, 15 and 8 ...
    const result = run(
      transfersOf([
        ['x', 'a', 10],
        ['vault', 'a', 20],
        ['x', 'a', 5],
        ['a', 'b', 12],
        ['a', 'c', 15],
        ['a', 'd', 8],
      ]),
    )
    // ... then b gets 10 clean and 2 stolen, c 15 stolen, d 3 stolen and 5 clean.
    expect(steps(result)).toEqual(['vault>a:20/20 hop 1', 'a>b:2/12 hop 2', 'a>c:15/15 hop 2', 'a>d:3/8 hop 2'])
    expect(held(result)).toEqual({ vault: 0, a: 0, b: 2, c: 15, d: 3 })
  })

  test('E2: coins keep their order through a transfer', () => {
    const result = run(
      transfersOf([
        ['x', 'a', 4],
        ['vault', 'a', 4],
        ['x', 'a', 4],
        ['a', 'b', 12],
        ['b', 'c', 6],
        ['b', 'd', 6],
      ]),
    )
    expect(held(result)).toEqual({ vault: 0, a: 0, b: 0, c: 2, d: 2 })
  })

  test('E3: what is spent beyond what was seen to arrive is clean and goes last', () => {
    const result = run(
      transfersOf([
        ['vault', 'a', 10],
        ['a', 'b', 25],
        ['vault', 'a', 4],
        ['a', 'c', 4],
      ]),
    )
    expect(held(result)).toEqual({ vault: 0, a: 0, b: 10, c: 4 })
    expect(result.assets[0]?.unseen).toBe(15n)
  })

  test('E3: an opening balance that is known is given as a transfer before all others, and is then spent first', () => {
    const opening = transfersOf([['opening', 'a', 15, { at: 0 }]])
    const result = run([
      ...opening,
      ...transfersOf([
        ['vault', 'a', 10],
        ['a', 'b', 20],
      ]),
    ])
    expect(held(result)).toEqual({ vault: 0, a: 5, b: 5 })
    expect(result.assets[0]?.unseen).toBe(0n)
  })

  test('E4: a service keeps what enters; what it sends is not followed', () => {
    const result = run(
      transfersOf([
        ['vault', 'a', 9],
        ['a', 'mixer', 7],
        ['mixer', 'b', 7],
        ['b', 'mixer', 3],
      ]),
      [service('mixer', { kind: 'mixer', entity: 'tornado-cash', name: 'Pool' })],
    )
    expect(entered(result)).toEqual({ mixer: 7 })
    expect(held(result)).toEqual({ vault: 0, a: 2 })
  })

  test('E4: a source that is labelled as a service is a source: the robbed exchange is in every label file', () => {
    const result = run(transfersOf([['vault', 'a', 9]]), [service('vault')])
    expect(held(result)).toEqual({ vault: 0, a: 9 })
    expect(result.terminals).toEqual([])
  })

  test('E5: what comes back to a source rests there, and what the source sends later is stolen anew', () => {
    const result = run(
      transfersOf([
        ['vault', 'a', 10],
        ['a', 'vault', 6],
        ['vault', 'b', 6],
      ]),
    )
    expect(held(result)).toEqual({ vault: 6, a: 4, b: 6 })
    expect(result.assets).toMatchObject([{ stolen: 16n, held: 16n, returned: 6n, unaccounted: 0n }])
  })

  test('E9: a transfer of nothing and a transfer to oneself move nothing, not even the order of coins', () => {
    const rows = transfersOf([
      ['x', 'a', 5],
      ['vault', 'a', 5],
      ['a', 'a', 5],
      ['vault', 'c', 0],
      ['a', 'b', 5],
    ])
    expect(held(run(rows))).toEqual({ vault: 0, a: 5 })
    expect(held(run(transfersOf([['vault', 'vault', 5]])))).toEqual({})
  })

  test('E11: assets are followed apart; a source sends stolen coins of each', () => {
    const of = (asset: string): Partial<Transfer> => ({ asset })
    const result = run(
      transfersOf([
        ['vault', 'a', 10, of('SOL')],
        ['vault', 'a', 7, of('USDC')],
        ['a', 'b', 10, of('USDC')],
        ['x', 'y', 3, of('BONK')],
      ]),
    )
    const rows = result.addresses.map((row) => `${row.hop} ${row.address} ${row.asset} ${row.received} ${row.held}`)
    expect(rows).toEqual(['0 vault SOL 0 0', '0 vault USDC 0 0', '1 a SOL 10 10', '1 a USDC 7 0', '2 b USDC 7 7'])
    expect(result.assets.map((totals) => [totals.asset, totals.stolen])).toEqual([
      ['BONK', 0n],
      ['SOL', 10n],
      ['USDC', 7n],
    ])
  })

  test('E12: the hop is the shortest way in time order, and only by transfers that carried stolen coins', () => {
    const result = run(
      transfersOf([
        ['a', 'c', 5],
        ['vault', 'a', 10],
        ['a', 'b', 10],
        ['b', 'c', 4],
        ['vault', 'c', 1],
      ]),
    )
    expect(result.addresses.map((row) => [row.address, row.hop])).toEqual([
      ['vault', 0],
      ['a', 1],
      ['c', 1],
      ['b', 2],
    ])
    expect(result.edges.map((edge) => edge.hop)).toEqual([1, 2, 3, 1])
    expect(result.addresses.find((row) => row.address === 'c')?.firstAt).toBe(4_000)
  })

  test('E13: a source that sends nothing and rows that repeat are reported', () => {
    const row = transfersOf([['vault', 'a', 1]])
    const result = run([...row, ...row], [], ['vault', 'typo'])
    expect(result.silentSources).toEqual(['typo'])
    expect(result.repeated).toBe(1)
    expect(held(result)).toEqual({ vault: 0, a: 2 })
  })

  test('E13: no transfers at all is an empty result, a negative amount a fault', () => {
    expect(run([])).toMatchObject({
      transfers: 0,
      assets: [],
      addresses: [],
      terminals: [],
      edges: [],
      silentSources: ['vault'],
    })
    expect(() => run(transfersOf([['vault', 'a', -1]]))).toThrow(RangeError)
  })
})

describe('the order within one moment', () => {
  const together = (rows: readonly (readonly [string, string, number, string])[]): Transfer[] =>
    transfersOf(rows.map(([from, to, amount, tx]) => [from, to, amount, { at: 5_000, block: 7, tx }] as const))

  test('E8: coins go through a chain of one block, whatever the hashes', () => {
    const result = run(
      together([
        ['b', 'c', 10, '0x1'],
        ['a', 'b', 10, '0x2'],
        ['vault', 'a', 10, '0x3'],
      ]),
    )
    expect(steps(result)).toEqual(['vault>a:10/10 hop 1', 'a>b:10/10 hop 2', 'b>c:10/10 hop 3'])
  })

  test('E8: in a circle whoever can pay begins', () => {
    const rows = together([
      ['b', 'a', 4, '0x1'],
      ['a', 'b', 9, '0x2'],
    ])
    expect(held(run([...transfersOf([['vault', 'a', 10]]), ...rows]))).toEqual({ vault: 0, a: 5, b: 5 })
  })

  test('E8: in a circle in which nobody can pay the first hash begins', () => {
    const rows = together([
      ['b', 'a', 9, '0x1'],
      ['a', 'b', 9, '0x2'],
    ])
    const result = run([...transfersOf([['vault', 'a', 5]]), ...rows])
    // b pays 9 unseen units to a first; a then pays its 5 stolen and 4 of those.
    expect(held(result)).toEqual({ vault: 0, a: 0, b: 5 })
  })

  test('E8: a transaction happens as one, so a shared router does not mix two of them', () => {
    // 0xa waits for the coins that 0xc brings to clean. Row by row the router, with the thief's coins in it, would pay y first.
    const rows = together([
      ['clean', 'router', 10, '0xa'],
      ['router', 'y', 10, '0xa'],
      ['thief', 'router', 10, '0xb'],
      ['router', 'x', 10, '0xb'],
      ['z', 'clean', 10, '0xc'],
    ])
    const result = run([...transfersOf([['vault', 'thief', 10]]), ...rows])
    expect(held(result)).toEqual({ vault: 0, thief: 0, router: 0, x: 10 })
  })

  test('E8: a known block or position leaves nothing to assume', () => {
    const at = (block: number, position: number): Partial<Transfer> => ({ at: 5_000, block, position })
    const spentBefore = transfersOf([
      ['a', 'b', 10, at(7, 1)],
      ['vault', 'a', 10, at(7, 2)],
    ])
    expect(held(run(spentBefore))).toEqual({ vault: 0, a: 10 })
    const blocks = transfersOf([
      ['vault', 'a', 10, at(8, 0)],
      ['a', 'b', 10, at(7, 9)],
    ])
    expect(held(run(blocks))).toEqual({ vault: 0, a: 10 })
  })
})
