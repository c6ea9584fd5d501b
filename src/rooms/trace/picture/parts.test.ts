import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trace } from '../engine/index.ts'
import { graphArbitrary, service } from '../engine/testing/graphs.ts'
import { flowGraph, throughput } from './graph.ts'
import { layout } from './layout.ts'
import { styleSheet } from './style.ts'
import { compact, escaped, fitted, letters, percent, shortAddress, wrapped } from './text.ts'
import { words } from './words.ts'

const limits = { addresses: 4, perColumn: 2, services: 1, hops: 2 }
const flow = graphArbitrary.map(({ transfers, sources, services }) => {
  const result = trace({ method: 'fifo', transfers, sources, services: services.map((address) => service(address)) })
  return { result, graph: flowGraph(result, new Map(), limits) }
})

describe('folding', () => {
  test('P5: what goes into a node comes out or is still there, folded or not', () => {
    fc.assert(
      fc.property(flow, ({ graph }) => {
        graph.nodes.forEach((node, place) => {
          const into = graph.links.filter((link) => link.to === place).reduce((sum, link) => sum + link.amount, 0n)
          const out = graph.links.filter((link) => link.from === place).reduce((sum, link) => sum + link.amount, 0n)
          // A source sends more than it got, and a service keeps all that entered.
          if (node.role === 'address') expect(into).toBe(out + node.held)
          expect([node.received, node.left]).toEqual([into, out])
          const larger = into > out
          expect(throughput(node)).toBe(larger ? into : out)
        })
      }),
    )
  })

  test('P5: every reached address is in one node, and what they hold is what the trace says', () => {
    fc.assert(
      fc.property(flow, ({ result, graph }) => {
        const members = graph.nodes.reduce((sum, node) => sum + node.members, 0)
        expect(members).toBe(result.addresses.length + new Set(result.terminals.map((row) => row.service.entity)).size)
        const held = graph.nodes.reduce((sum, node) => sum + node.held, 0n)
        expect(held).toBe(result.assets[0]?.held ?? 0n)
        expect(graph.nodes.filter((node) => !node.folded).length).toBe(graph.shown)
      }),
    )
  })
})

test('P9: boxes of one column do not touch, and all lie within the picture', () => {
  fc.assert(
    fc.property(flow, ({ graph }) => {
      const measures = {
        boxMin: 6,
        gap: 10,
        heightMin: 60,
        textRoom: () => 28,
        thickness: (amount: bigint) => Number(amount),
      }
      const { boxes, stretches, height } = layout(graph, measures)
      for (const column of Map.groupBy(boxes, (box) => box.column).values()) {
        const sorted = column.toSorted((a, b) => a.y - b.y)
        sorted.forEach((box, at) => {
          const next = sorted[at + 1]
          if (next !== undefined) expect(next.y).toBeGreaterThanOrEqual(box.y + box.height - 1e-6)
          expect(box.y).toBeGreaterThanOrEqual(-1e-6)
          expect(box.y + box.height).toBeLessThanOrEqual(height + 1e-6)
        })
      }
      for (const { from, to } of stretches) expect((boxes[to]?.column ?? 0) - (boxes[from]?.column ?? 0)).toBe(1)
    }),
    { numRuns: 1_000 },
  )
})

describe('text', () => {
  test('P1: short amounts have three digits and the steps of the language', () => {
    const shown: [bigint, number, string, string][] = [
      [0n, 6, '0', '0'],
      [999_499_999n, 6, '999', '999'],
      [1_392_129_569_160n, 6, '1.39 m', '139만'],
      [10_737_048_438_260n, 6, '10.7 m', '1,074만'],
      [44_480_594_889n, 0, '44.5 bn', '445억'],
      [342_000n * 10n ** 18n, 18, '342 k', '34.2만'],
      [123_456n, 9, '0.000123', '0.000123'],
      [1n, 18, '0.000000000000000001', '0.000000000000000001'],
    ]
    for (const [amount, decimals, en, ko] of shown) {
      expect(compact(amount, decimals, 'en')).toBe(en)
      expect(compact(amount, decimals, 'ko')).toBe(ko)
    }
    expect(percent(847n, 1_000n)).toBe('84.7 %')
    expect(percent(1n, 0n)).toBe('0 %')
  })

  test('P9: names are cut in the middle, wide letters count double', () => {
    expect(fitted('Atomic Wallet Hack 01 SRC', 19)).toBe('Atomic Wa…ck 01 SRC')
    expect(letters(fitted('업비트 콜드월렛 이천이십오', 11))).toBeLessThanOrEqual(11)
    expect(fitted('short', 19)).toBe('short')
    expect(shortAddress('0x5e032243d507c743b061ef021e2ec7fcc6d3ab89')).toBe('0x5e0322…d3ab89')
    expect(wrapped(['aa', 'bb', 'cccc'], 5)).toEqual(['aa bb', 'cccc'])
  })

  test('P3: what would be markup or has no form in XML is replaced', () => {
    expect(escaped(`<a href="x">&'\u0000\u202e\ud800\uffff`)).toBe(
      '&lt;a href=&quot;x&quot;&gt;&amp;&#39;\ufffd\ufffd\ufffd\ufffd',
    )
  })

  test('P2: both languages have the same words', () => {
    expect(Object.keys(words.ko)).toEqual(Object.keys(words.en))
    expect(Object.keys(words.ko.kinds)).toEqual(Object.keys(words.en.kinds))
  })
})

describe('colours', () => {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a: string, b: string): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (light + 0.05) / (dark + 0.05)
  }

  test('P4: text has a contrast of 4.5 and shapes of 3 on the paper, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)', () => {
    const palettes = [...styleSheet('x').matchAll(/#x\{(--[^}]*)\}/g)].map(([, body = '']) =>
      Object.fromEntries(
        [...body.matchAll(/--([a-z]+):var\(--pasu-flow-[a-z]+,(#[0-9a-f]{6})\)/g)].map(([, name, colour]) => [
          name,
          colour,
        ]),
      ),
    )
    expect(palettes).toHaveLength(2)
    for (const palette of palettes) {
      const paper = String(palette.paper)
      for (const name of ['ink', 'quiet', 'held'])
        expect(contrast(paper, String(palette[name]))).toBeGreaterThanOrEqual(4.5)
      for (const [name, colour] of Object.entries(palette)) {
        if (!['paper', 'line'].includes(name)) expect(contrast(paper, String(colour))).toBeGreaterThanOrEqual(3)
      }
    }
  })
})
