import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trace } from '../engine/index.ts'
import { graphArbitrary, service, transfersOf } from '../engine/testing/graphs.ts'
import { drawTrace, inOneUnit, type PictureOptions } from './index.ts'

const PLAIN: PictureOptions = { language: 'en', decimals: 0, unit: 'ETH' }

const small = trace({
  method: 'fifo',
  transfers: transfersOf([
    ['vault', 'a', 90],
    ['vault', 'b', 10],
    ['a', 'mixer', 60],
    ['a', 'c', 20],
    ['c', 'a', 5],
    ['b', 'vault', 4],
  ]),
  sources: ['vault'],
  services: [service('mixer', { kind: 'mixer', entity: 'tornado-cash' })],
})

/** Every tag opened is closed in order, every attribute is quoted, and nothing else begins with "<". Returns the tags. */
function tagsOf(svg: string): string[] {
  const open: string[] = []
  const tags: string[] = []
  const rest = svg.replace(
    /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9:-]*="[^"<]*")*)(\/?)>/gi,
    (_, closing: string, tag: string, _attributes, empty: string) => {
      if (closing === '/') expect(open.pop()).toBe(tag)
      else if (empty === '') open.push(tag)
      if (closing === '') tags.push(tag)
      return ''
    },
  )
  expect(open).toEqual([])
  expect(rest).not.toMatch(/[<]/)
  expect(rest.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
  return tags
}

describe('the flow picture', () => {
  test('P1: says what adds up, who got it and what is still there', () => {
    const svg = drawTrace(small, PLAIN)
    tagsOf(svg)
    expect(svg).toContain('role="img" aria-labelledby="pasu-flow-title pasu-flow-desc"')
    expect(svg).toContain('<title id="pasu-flow-title">Where the stolen coins went</title>')
    expect(svg).toContain(
      'Stolen 100 ETH = entered services 60 (60 %) + still at addresses 36 (36 %) + came back to a source 4 (4 %) + unaccounted 0. Services: tornado-cash 60 ETH',
    )
    for (const text of [
      'tornado-cash</text>',
      '60 · mixer</text>',
      'still here 15</text>',
      'came back 4</text>',
      'Hop 2</text>',
    ]) {
      expect(svg).toContain(text)
    }
  })

  test('P2: in Korean no English is left, and the other way round', () => {
    const shown = (language: 'en' | 'ko'): string =>
      drawTrace(small, { ...PLAIN, language })
        .replace(/<style>.*<\/style>/, '')
        .replace(/<[^>]*>/g, ' ')
    expect(shown('ko')).toContain('도난 100 ETH = 서비스로 유입 60 (60 %)')
    expect(shown('ko').replace(/ETH|UTC|tornado-cash|vault/g, '')).not.toMatch(/[a-z]{2}/i)
    expect(shown('en')).not.toMatch(/\p{Script=Hangul}/u)
  })

  test('P3: hostile names stay text', () => {
    const bad = `"><script>alert('1')</script>&\u202e\u0000\ud800`
    const result = trace({
      method: 'fifo',
      transfers: transfersOf([
        ['vault', bad, 10],
        [bad, 'x', 4],
        ['vault', 'y', 5],
      ]),
      sources: ['vault'],
      services: [service('x', { kind: `${bad}kind`, entity: bad, name: bad })],
    })
    const svg = drawTrace(result, { ...PLAIN, unit: bad, title: bad, names: new Map([['y', bad]]) })
    expect(tagsOf(svg)).not.toContain('script')
    expect(svg).not.toContain('\u202e')
    expect(svg).not.toContain(String.fromCodePoint(0))
    expect(svg.isWellFormed()).toBe(true)
    expect(() => drawTrace(result, { ...PLAIN, id: bad })).toThrow(RangeError)
  })

  test('P4: a kind of service that has no colour is drawn as any other and called by its name', () => {
    for (const kind of ['casino', 'constructor', 'toString']) {
      const result = trace({
        method: 'fifo',
        transfers: transfersOf([['vault', 'x', 1]]),
        sources: ['vault'],
        services: [service('x', { kind })],
      })
      expect(drawTrace(result, PLAIN)).toContain(`1 · ${kind}</text>`)
    }
  })

  test('P5: many addresses are folded, and the picture says how many', () => {
    const rows = Array.from(
      { length: 300 },
      (_, place) => ['vault', `thief-${String(place).padStart(3, '0')}`, place + 1] as const,
    )
    const svg = drawTrace(
      trace({ method: 'fifo', transfers: transfersOf(rows), sources: ['vault'], services: [] }),
      PLAIN,
    )
    expect(svg).toContain('>291 more addresses</text>')
    expect(svg).toContain('10 of 301 addresses and services drawn singly')
    expect(svg).toContain('>thief-299</text>')
    expect(svg).not.toContain('>thief-000</text>')
    expect(tagsOf(svg).length).toBeLessThan(150)
  })

  test('P5: later hops share the last column, which counts only what came in from outside', () => {
    const chain = Array.from({ length: 12 }, (_, hop) => [hop === 0 ? 'vault' : `a${hop}`, `a${hop + 1}`, 100] as const)
    const svg = drawTrace(
      trace({ method: 'fifo', transfers: transfersOf(chain), sources: ['vault'], services: [] }),
      PLAIN,
    )
    expect(svg).toContain('>Hop 9 and on</text>')
    expect(svg).toContain('4 more addresses\nreceived 100 ETH\nstill here 100 ETH')
  })

  test('P6: nothing stolen is said, not drawn', () => {
    const svg = drawTrace(trace({ method: 'fifo', transfers: [], sources: ['vault'], services: [] }), PLAIN)
    expect(tagsOf(svg)).not.toContain('g')
    expect(svg).toContain('No stolen coins left a source in these transfers.')
  })

  test('P7: the same trace gives the same well-formed bytes, whatever it holds', () => {
    fc.assert(
      fc.property(graphArbitrary, ({ transfers, sources, services }) => {
        const draw = (rows: typeof transfers): string =>
          drawTrace(
            trace({ method: 'fifo', transfers: rows, sources, services: services.map((address) => service(address)) }),
            { ...PLAIN, limits: { addresses: 3, services: 1, hops: 2 } },
          )
        const svg = draw(transfers)
        tagsOf(svg)
        expect(svg).not.toMatch(/NaN|Infinity|undefined/)
        expect(draw(transfers.toReversed())).toBe(svg)
      }),
      { numRuns: 150 },
    )
  })
})

describe('several assets', () => {
  const two = trace({
    method: 'fifo',
    transfers: [
      ...transfersOf([
        ['vault', 'a', 10],
        ['a', 'b', 4],
      ]).map((row) => ({ ...row, asset: 'SOL' })),
      ...transfersOf([['vault', 'a', 7]]).map((row) => ({ ...row, asset: 'USDC' })),
    ],
    sources: ['vault'],
    services: [],
  })

  test('P8: one asset is drawn by itself', () => {
    expect(drawTrace(two, { ...PLAIN, asset: 'USDC' })).toContain('Stolen 7 ETH')
    expect(drawTrace(two, PLAIN)).toContain('Stolen 10 ETH')
    expect(drawTrace(two, { ...PLAIN, asset: 'none' })).toContain('No stolen coins')
  })

  test('P8: or all of them in one currency, and the sum still adds up', () => {
    const valued = inOneUnit(two, (amount, asset) => amount * (asset === 'SOL' ? 300n : 2n))
    expect(valued.assets).toEqual([
      { asset: undefined, stolen: 3_014n, held: 3_014n, returned: 0n, terminals: 0n, unaccounted: 0n, unseen: 0n },
    ])
    const svg = drawTrace(valued, { ...PLAIN, unit: 'KRW' })
    expect(svg).toContain('Stolen 3,014 KRW = entered services 0 (0 %) + still at addresses 3,014 (100 %)')
    expect(svg).toContain('→ a: 3,014 KRW, 2 transfers')
  })
})
