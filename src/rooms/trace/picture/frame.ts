/** What stands around the flow: the sum that must add up, the heads of the columns, the legend. */
import { utc } from '../../../kernel/time.ts'
import type { AssetTotals } from '../engine/index.ts'
import { BAR, COLUMN, hasStub, kindWord, type Pen, px } from './draw.ts'
import { glyph } from './glyphs.ts'
import { toneOf } from './style.ts'
import { compact, escaped, exact, letters, percent } from './text.ts'

export type Sums = Pick<AssetTotals, 'stolen' | 'held' | 'returned' | 'terminals' | 'unaccounted'>

/** `Stolen 12.5 = entered services 10 (80 %) + still at addresses 2.5 (20 %) + unaccounted 0` */
export function equation(pen: Pick<Pen, 'words' | 'decimals' | 'unit'>, sums: Sums): string[] {
  const { words, decimals, unit } = pen
  const part = (word: string, amount: bigint): string =>
    `${word} ${exact(amount, decimals, '')} (${percent(amount, sums.stolen)})`
  const parts = [
    `= ${part(words.inServices, sums.terminals)}`,
    `+ ${part(words.atAddresses, sums.held - sums.returned)}`,
  ]
  if (sums.returned > 0n) parts.push(`+ ${part(words.cameBack, sums.returned)}`)
  parts.push(`+ ${words.unaccounted} ${exact(sums.unaccounted, decimals, '')}`)
  return [`${words.stolen} ${exact(sums.stolen, decimals, unit)}`, ...parts]
}

/** The same sum as a bar. */
export function drawSum(pen: Pen, sums: Sums, y: number, width: number): string {
  const kinds = new Map<string, bigint>()
  for (const node of pen.graph.nodes) {
    if (node.role === 'service') kinds.set(toneOf(node.kind), (kinds.get(toneOf(node.kind)) ?? 0n) + node.received)
  }
  const parts: [string, bigint][] = [...kinds, ['held', sums.held - sums.returned], ['returned', sums.returned]]
  let x = pen.left
  return parts
    .map(([tone, amount]) => {
      const part = sums.stolen === 0n ? 0 : (Number((amount * 1_000_000n) / sums.stolen) / 1_000_000) * width
      const fill = tone === 'held' ? `fill="url(#${pen.id}-hatch)"` : `class="t-${tone}"`
      const rect = `<rect ${fill} x="${px(x)}" y="${y}" width="${px(part)}" height="8"/>`
      x += part
      return part === 0 ? '' : rect
    })
    .join('')
}

/** Each column's hop and when coins first came to it. */
export function drawHeads(pen: Pen, y: number, bottom: number): string {
  const { graph, words } = pen
  return Array.from({ length: graph.lastHop + 2 }, (_, column) => {
    const inColumn = graph.nodes.filter((node) => node.column === column)
    if (inColumn.length === 0) return ''
    const x = pen.left + column * COLUMN
    const lastAndMore = column === graph.lastHop && graph.lastHopFolded
    const hop = lastAndMore ? words.hopOn(column) : words.hop(column)
    const head = column === 0 ? words.source : column > graph.lastHop ? words.services : hop
    const times = inColumn.flatMap((node) => node.firstAt ?? [])
    const first = column === 0 || times.length === 0 ? '' : `${words.from} ${utc(Math.min(...times)).slice(0, 16)}`
    const guide = `<line class="guide" x1="${x + BAR / 2}" x2="${x + BAR / 2}" y1="${y + 22}" y2="${px(bottom)}"/>`
    return `${guide}<text class="head" x="${x}" y="${y}">${escaped(head)}</text><text class="quiet" x="${x}" y="${y + 15}">${escaped(first)}</text>`
  }).join('')
}

interface Entry {
  readonly mark: (x: number, y: number) => string
  readonly text: string
}

const textWidth = (text: string): number => letters(text) * 6.2

function legendEntries(pen: Pen, drawnBackward: boolean): Entry[] {
  const { words, graph } = pen
  const kinds = [
    ...new Set(graph.nodes.filter((node) => node.role === 'service' && !node.folded).map((node) => node.kind)),
  ].sort()
  const entries: Entry[] = kinds.map((kind) => ({ mark: (x, y) => glyph(kind, x + 6, y), text: kindWord(words, kind) }))
  if (graph.nodes.some(hasStub)) {
    const mark = (x: number, y: number): string =>
      `<rect x="${x - 4}" y="${y - 5}" width="16" height="10" fill="url(#${pen.id}-hatch)"/><rect class="t-held" x="${x + 12}" y="${y - 7}" width="2" height="14"/>`
    entries.push({ mark, text: words.stub })
  }
  if (drawnBackward) {
    const mark = (x: number, y: number): string =>
      `<path class="back" marker-end="url(#${pen.id}-arrow)" d="M${x - 4} ${y}h18"/>`
    entries.push({ mark, text: words.backward })
  }
  return entries
}

/** Three flows of round amounts, each a tenth of the one before. The first is the largest power of ten up to a tenth of all. */
function drawScale(pen: Pen, stolen: bigint, y: number): string {
  let amount = 1n
  while (amount * 100n <= stolen) amount *= 10n
  const { words } = pen
  let x = pen.left
  let svg = `<text class="quiet" x="${x}" y="${y + 4}">${escaped(words.scale)}</text>`
  x += textWidth(words.scale) + 14
  for (const sample of [amount, amount / 10n, amount / 100n].filter((some) => some > 0n)) {
    const label = compact(sample, pen.decimals, pen.language)
    svg += `<path class="flow" stroke-width="${px(pen.thickness(sample))}" d="M${px(x)} ${y}h40"/><text class="quiet" x="${px(x + 47)}" y="${y + 4}">${escaped(label)}</text>`
    x += 47 + textWidth(label) + 20
  }
  return svg
}

/** Entries in lines of the given width, then one line for each note. */
export function drawLegend(
  pen: Pen,
  stolen: bigint,
  y: number,
  width: number,
  notes: readonly string[],
  back: boolean,
): { svg: string; height: number } {
  let x = pen.left + 4
  let line = y + 10
  let svg = ''
  for (const { mark, text } of legendEntries(pen, back)) {
    const needed = 24 + textWidth(text) + 22
    if (x + needed > pen.left + width && x > pen.left + 4) {
      x = pen.left + 4
      line += 24
    }
    svg += `${mark(x, line)}<text class="quiet" x="${px(x + 20)}" y="${line + 4}">${escaped(text)}</text>`
    x += needed
  }
  line += 30
  svg += drawScale(pen, stolen, line)
  line += 10
  for (const note of notes) {
    line += 18
    svg += `<text class="quiet" x="${pen.left}" y="${line}">${escaped(note)}</text>`
  }
  return { svg, height: line - y + 8 }
}
