/** Puts the picture together: what is drawn, how large, and what is said around it. */
import type { AssetTotals, TraceResult } from '../engine/index.ts'
import { COLUMN, drawBackward, drawFlows, drawNodes, linesBeside, nodeName, type Pen } from './draw.ts'
import { drawHeads, drawLegend, drawSum, equation, type Sums } from './frame.ts'
import { type FlowGraph, type FoldLimits, flowGraph } from './graph.ts'
import { type Layout, layout } from './layout.ts'
import { styleSheet } from './style.ts'
import { escaped, exact, wrapped } from './text.ts'
import { words as allWords, type Language } from './words.ts'

export interface PictureOptions {
  readonly language: Language
  /** Which asset to draw where the trace has several: their units cannot be added. Without it, the first from which coins were stolen. */
  readonly asset?: string
  /** Digits behind the point, and the unit after it. */
  readonly decimals: number
  readonly unit: string
  readonly title?: string
  /** Names of addresses, to be shown instead of them. */
  readonly names?: ReadonlyMap<string, string>
  /** Unlike any other picture's on the same page: a letter, then letters, digits and hyphens. */
  readonly id?: string
  readonly limits?: Partial<FoldLimits>
}

const LIMITS: FoldLimits = { addresses: 40, perColumn: 9, services: 10, hops: 8 }
/** The thickest flow, in pixels: what left all sources, as one. */
const THICKEST = 48
const THINNEST = 1
const LEFT = 28
/** Above the first box, with one line of sum. */
const TOP = 160
const LINE = 18
/** Pixels for a letter of the sum. */
const SUM_LETTER = 6.9
/** Text of the services to the right of their column. */
const RIGHT = 230
const WIDTH_MIN = 860
/** Flows backward are drawn when they carry at least one part in so many of what was stolen. */
const BACKWARD_PART = 100n

/** Only what belongs to the asset that is drawn; `undefined` when nothing of it was stolen. */
function ofOneAsset(result: TraceResult, asset: string | undefined): { result: TraceResult; sums: Sums } | undefined {
  const wanted = (row: AssetTotals): boolean => row.stolen > 0n && (asset === undefined || row.asset === asset)
  const totals = result.assets.find(wanted)
  if (totals === undefined) return undefined
  const same = (row: { asset: string | undefined }): boolean => row.asset === totals.asset
  const one = {
    ...result,
    addresses: result.addresses.filter(same),
    terminals: result.terminals.filter(same),
    edges: result.edges.filter(same),
  }
  return { result: one, sums: totals }
}

/** Square root of the value, so that amounts that differ a thousandfold can both be seen. */
function scale(stolen: bigint): (amount: bigint) => number {
  const parts = 10n ** 12n
  return (amount) => Math.max(THINNEST, THICKEST * Math.sqrt(Number((amount * parts) / stolen) / 1e12))
}

/** The picture in words, for those who hear it. */
function description(graph: FlowGraph, sums: Sums, pen: Pick<Pen, 'words' | 'decimals' | 'unit'>): string {
  const services = graph.nodes.filter((node) => node.role === 'service')
  const said = services.map((node) => `${nodeName(node, pen.words)} ${exact(node.received, pen.decimals, pen.unit)}`)
  return [
    equation(pen, sums).join(' '),
    ...(said.length === 0 ? [] : [`${pen.words.services}: ${said.join('; ')}`]),
  ].join('. ')
}

function notesOf(pen: Pen, hidden: Layout['backward']): string[] {
  const notes = [pen.words.fifo]
  if (pen.graph.shown < pen.graph.all) notes.push(pen.words.folded(pen.graph.shown, pen.graph.all))
  if (hidden.length > 0) {
    const sum = hidden.reduce((total, link) => total + link.amount, 0n)
    notes.push(pen.words.notDrawn(hidden.length, exact(sum, pen.decimals, pen.unit)))
  }
  return notes
}

const hatch = (id: string): string =>
  `<pattern id="${id}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="5" height="5"/><rect class="t-held" width="2.5" height="5"/></pattern>`

const arrow = (id: string): string =>
  `<marker id="${id}-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="t-returned" d="M0 0l8 4-8 4z"/></marker>`

interface Sheet {
  readonly id: string
  readonly language: Language
  readonly title: string
  readonly description: string
  readonly width: number
  readonly height: number
}

/** The sheet with its title, around what is drawn on it. */
function sheet({ id, language, title, description: said, width, height }: Sheet, drawn: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" lang="${language}">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(said)}</desc>`,
    `<style>${styleSheet(id)}</style><defs>${hatch(id)}${arrow(id)}</defs><rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${LEFT}" y="38">${escaped(title)}</text>`,
    ...drawn,
    '</svg>',
  ].join('')
}

const sumText = (lines: readonly string[]): string =>
  lines.map((line, at) => `<text class="sum" x="${LEFT}" y="${62 + at * LINE}">${escaped(line)}</text>`).join('')

/**
 * The SVG of one asset's flow. Text from outside (labels, addresses, title) is escaped; nothing is loaded from elsewhere; the same trace
 * gives the same bytes. Throws `RangeError` for an id that could not stand in a document.
 */
export function drawTrace(traced: TraceResult, options: PictureOptions): string {
  const { language, decimals, unit, id = 'pasu-flow' } = options
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(id)) throw new RangeError(`"${id}" cannot be the id of a picture`)
  const words = allWords[language]
  const title = options.title ?? words.title
  const one = ofOneAsset(traced, options.asset)
  if (one === undefined) {
    const { nothing } = words
    return sheet({ id, language, title, description: nothing, width: WIDTH_MIN, height: 88 }, [sumText([nothing])])
  }
  const { result, sums } = one
  const graph = flowGraph(result, options.names ?? new Map(), { ...LIMITS, ...options.limits })
  const thickness = scale(sums.stolen)
  const textRoom = (at: number): number => {
    const node = graph.nodes[at]
    return node === undefined ? 0 : linesBeside({ words, language, decimals }, node).length * 14
  }
  const plan = layout(graph, { thickness, boxMin: 6, textRoom, gap: 10, heightMin: 60 })
  const width = Math.max(WIDTH_MIN, LEFT * 2 + (graph.lastHop + 1) * COLUMN + RIGHT)
  const inner = width - 2 * LEFT
  const sumLines = wrapped(equation({ words, decimals, unit }, sums), inner / SUM_LETTER)
  const down = (sumLines.length - 1) * LINE
  const pen: Pen = { graph, plan, words, language, decimals, unit, left: LEFT, top: TOP + down, thickness, id }
  const shownBack = plan.backward.filter((link) => link.amount * BACKWARD_PART >= sums.stolen)
  const hiddenBack = plan.backward.filter((link) => !shownBack.includes(link))
  const bottom = pen.top + plan.height + (shownBack.length > 0 ? 28 : 14)
  const legend = drawLegend(pen, sums.stolen, bottom + 12, inner, notesOf(pen, hiddenBack), shownBack.length > 0)
  const height = Math.ceil(bottom + 12 + legend.height + 8)
  return sheet({ id, language, title, description: description(graph, sums, pen), width, height }, [
    sumText(sumLines),
    drawSum(pen, sums, 74 + down, inner),
    drawHeads(pen, 112 + down, bottom - 8),
    drawFlows(pen),
    drawBackward(pen, shownBack),
    drawNodes(pen),
    legend.svg,
  ])
}
