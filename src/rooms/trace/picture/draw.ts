/** From a laid out flow to SVG text. */
import { utc } from '../../../kernel/time.ts'
import { glyph } from './glyphs.ts'
import { type FlowGraph, type FlowNode, throughput } from './graph.ts'
import type { Box, Layout, Stretch } from './layout.ts'
import { toneOf } from './style.ts'
import { compact, escaped, exact, fitted, shortAddress } from './text.ts'
import type { Language, Words } from './words.ts'

export const COLUMN = 176
export const BAR = 10
const STUB = 18
/** Letters that fit between two columns. */
const NAME_LETTERS = 19
const SERVICE_LETTERS = 26

export interface Pen {
  readonly graph: FlowGraph
  readonly plan: Layout
  readonly words: Words
  readonly language: Language
  readonly decimals: number
  readonly unit: string
  /** Where the first column and the first line of boxes begin. */
  readonly left: number
  readonly top: number
  readonly thickness: (amount: bigint) => number
  readonly id: string
}

/** One decimal: finer differences cannot be seen, and bytes stay the same on every machine. */
export const px = (value: number): string => String(Math.round(value * 10) / 10)

const money = (pen: Pen, amount: bigint): string => exact(amount, pen.decimals, pen.unit)
const columnX = (pen: Pen, column: number): number => pen.left + column * COLUMN

export const kindWord = (words: Words, kind: string): string =>
  (Object.hasOwn(words.kinds, kind) ? words.kinds[kind] : undefined) ?? kind

/** What a node is called, whole. */
export function nodeName(node: FlowNode, words: Words): string {
  if (node.folded) {
    if (node.role === 'source') return words.moreSources(node.members)
    return node.role === 'service' ? words.moreServices(node.members) : words.moreAddresses(node.members)
  }
  return node.name ?? node.address ?? ''
}

function calledShort(node: FlowNode, words: Words): string {
  const whole = nodeName(node, words)
  return node.address !== undefined && node.name === undefined ? shortAddress(whole) : whole
}

/** Less than a hundredth of what went through a node is said in its tooltip and in the sum above; a stub for it would be noise. */
export const hasStub = (node: FlowNode): boolean => node.held > 0n && node.held * 100n >= throughput(node)

/** Lines of text beside a node: what it is called, what went through, what is still there. */
export function linesBeside(
  pen: Pick<Pen, 'words' | 'language' | 'decimals'>,
  node: FlowNode,
): { text: string; css: string }[] {
  const { words } = pen
  const letters = node.role === 'service' ? SERVICE_LETTERS : NAME_LETTERS
  const amount = compact(throughput(node), pen.decimals, pen.language)
  const kind = node.role === 'service' && !node.folded ? ` · ${kindWord(words, node.kind)}` : ''
  const lines = [
    { text: fitted(calledShort(node, words), letters), css: 'name halo' },
    { text: fitted(`${amount}${kind}`, letters + 4), css: 'quiet halo' },
  ]
  if (hasStub(node)) {
    const word = node.role === 'source' ? words.returned : words.holds
    lines.push({ text: `${word} ${compact(node.held, pen.decimals, pen.language)}`, css: 'heldtext halo' })
  }
  return lines
}

function tooltip(pen: Pen, node: FlowNode): string {
  const { words } = pen
  const parts = [nodeName(node, words)]
  if (node.address !== undefined && node.name !== undefined) parts.push(node.address)
  if (node.role === 'service') parts.push(kindWord(words, node.kind))
  if (node.received > 0n) parts.push(`${words.received} ${money(pen, node.received)}`)
  if (node.left > 0n) parts.push(`${words.left} ${money(pen, node.left)}`)
  if (node.held > 0n) parts.push(`${node.role === 'source' ? words.returned : words.holds} ${money(pen, node.held)}`)
  if (node.firstAt !== undefined) parts.push(`${words.from} ${utc(node.firstAt)}`)
  return parts.map(escaped).join('\n')
}

function drawNode(pen: Pen, box: Box, node: FlowNode): string {
  const x = columnX(pen, box.column)
  const y = pen.top + box.y
  const held = hasStub(node) ? Math.max(2, Math.min(box.height, pen.thickness(node.held))) : 0
  const tone = node.role === 'service' ? toneOf(node.kind) : node.role
  const radius = node.folded ? 0 : 2
  const bar = `<rect class="t-${tone}" x="${px(x)}" y="${px(y)}" width="${BAR}" height="${px(box.height)}" rx="${radius}"${node.folded ? ' opacity=".55"' : ''}/>`
  const stub =
    held > 0
      ? `<rect x="${px(x + BAR)}" y="${px(y + box.height - held)}" width="${STUB}" height="${px(held)}" fill="url(#${pen.id}-hatch)"/><rect class="t-held" x="${px(x + BAR + STUB)}" y="${px(y + box.height - held - 2)}" width="2" height="${px(held + 4)}"/>`
      : ''
  const lines = linesBeside(pen, node)
  const isService = node.role === 'service'
  const textX = x + BAR + (isService ? 24 : 7) + (held > 0 ? STUB + 1 : 0)
  const middle = y + box.height / 2
  const first = middle - (lines.length - 1) * 7 + 4
  const text = lines.map(
    ({ text: line, css }, at) =>
      `<text class="${css}" x="${px(textX)}" y="${px(first + at * 14)}">${escaped(line)}</text>`,
  )
  const mark = isService && !node.folded ? glyph(node.kind, Math.round(x + BAR + 13), Math.round(middle)) : ''
  return `<g><title>${tooltip(pen, node)}</title>${bar}${stub}${mark}${text.join('')}</g>`
}

/** Where each stretch leaves and enters: side by side within the height of its box, pressed together where they need more. */
function ports(pen: Pen): { out: Map<Stretch, number>; into: Map<Stretch, number> } {
  const { boxes, stretches } = pen.plan
  const out = new Map<Stretch, number>()
  const into = new Map<Stretch, number>()
  const centre = (at: number): number => (boxes[at]?.y ?? 0) + (boxes[at]?.height ?? 0) / 2
  const share = (box: Box, side: Stretch[], more: number, places: Map<Stretch, number>): void => {
    const needed = side.reduce((sum, stretch) => sum + stretch.thickness, more)
    const press = needed > box.height ? box.height / needed : 1
    let y = pen.top + box.y + (box.height - needed * press) / 2
    for (const stretch of side) {
      places.set(stretch, y + (stretch.thickness * press) / 2)
      y += stretch.thickness * press
    }
  }
  boxes.forEach((box, at) => {
    const node = box.node === undefined ? undefined : pen.graph.nodes[box.node]
    const held = node !== undefined && hasStub(node) ? node.held : 0n
    const leaving = stretches
      .filter((stretch) => stretch.from === at)
      .sort((a, b) => centre(a.to) - centre(b.to) || a.to - b.to)
    const entering = stretches
      .filter((stretch) => stretch.to === at)
      .sort((a, b) => centre(a.from) - centre(b.from) || a.from - b.from)
    share(box, leaving, held > 0n ? pen.thickness(held) : 0, out)
    share(box, entering, 0, into)
  })
  return { out, into }
}

function drawStretch(pen: Pen, stretch: Stretch, y1: number, y2: number): string {
  const from = pen.plan.boxes[stretch.from]
  const to = pen.plan.boxes[stretch.to]
  const target = pen.graph.nodes[stretch.target]
  if (from === undefined || to === undefined || target === undefined) return ''
  const x1 = columnX(pen, from.column) + (from.node === undefined ? 0 : BAR)
  const x2 = columnX(pen, to.column)
  const half = (x1 + x2) / 2
  const css = target.role === 'service' ? `f-${toneOf(target.kind)}` : 'flow'
  const start = from.node === undefined ? undefined : pen.graph.nodes[from.node]
  const origin = start === undefined ? '' : `${nodeName(start, pen.words)} `
  const said = `${origin}→ ${nodeName(target, pen.words)}: ${money(pen, stretch.amount)}, ${pen.words.transfers(stretch.transfers)}`
  const d = `M${px(x1)} ${px(y1)}C${px(half)} ${px(y1)} ${px(half)} ${px(y2)} ${px(x2)} ${px(y2)}`
  return `<path class="${css}" stroke-width="${px(stretch.thickness)}" d="${d}"><title>${escaped(said)}</title></path>`
}

export function drawFlows(pen: Pen): string {
  const { out, into } = ports(pen)
  return pen.plan.stretches
    .toSorted((a, b) => b.thickness - a.thickness || a.from - b.from || a.to - b.to)
    .map((stretch) => drawStretch(pen, stretch, out.get(stretch) ?? 0, into.get(stretch) ?? 0))
    .join('')
}

export function drawNodes(pen: Pen): string {
  return pen.plan.boxes
    .map((box) => {
      const node = box.node === undefined ? undefined : pen.graph.nodes[box.node]
      return node === undefined ? '' : drawNode(pen, box, node)
    })
    .join('')
}

/** Within a column a bow on its left side; to an earlier column a loop from below. */
function backPath(x1: number, y1: number, x2: number, y2: number, sameColumn: boolean): string {
  if (sameColumn) {
    const bow = x2 - 16 - Math.min(30, Math.abs(y2 - y1) / 8)
    return `M${px(x2)} ${px(y1 - 3)}C${px(bow)} ${px(y1 - 3)} ${px(bow)} ${px(y2 - 3)} ${px(x2 - 3)} ${px(y2 - 3)}`
  }
  const low = Math.max(y1, y2) + 22
  return `M${px(x1)} ${px(y1 - 2)}C${px(x1 + 40)} ${px(low)} ${px(x2 - 60)} ${px(low)} ${px(x2 - 3)} ${px(y2 - 3)}`
}

/** Flows to the same or an earlier hop: dashed, under their boxes. Only the larger ones; the caption counts the others. */
export function drawBackward(pen: Pen, links: Layout['backward']): string {
  const boxOf = new Map(pen.plan.boxes.flatMap((box) => (box.node === undefined ? [] : [[box.node, box] as const])))
  return links
    .map(({ from, to, amount, transfers }) => {
      const a = boxOf.get(from)
      const b = boxOf.get(to)
      const start = pen.graph.nodes[from]
      const end = pen.graph.nodes[to]
      if (a === undefined || b === undefined || start === undefined || end === undefined) return ''
      const [x1, y1] = [columnX(pen, a.column) + BAR, pen.top + a.y + a.height]
      const [x2, y2] = [columnX(pen, b.column), pen.top + b.y + b.height]
      const d = backPath(x1, y1, x2, y2, a.column === b.column)
      const said = `${nodeName(start, pen.words)} → ${nodeName(end, pen.words)}: ${money(pen, amount)}, ${pen.words.transfers(transfers)}`
      return `<path class="back" marker-end="url(#${pen.id}-arrow)" d="${d}"><title>${escaped(said)}</title></path>`
    })
    .join('')
}
