/**
 * Places of nodes and links. Columns stand from left to right; a link that skips columns is led through a gap in each of them, and all
 * links to the same node share that gap as one river. The order in each column comes from the usual barycentre sweeps, the height from a few rounds
 * of pulling each node towards its neighbours. Only additions, divisions and square roots of doubles: the same on every machine.
 */
import { type FlowGraph, type FlowLink, throughput } from './graph.ts'

export interface Box {
  readonly column: number
  /** The node drawn here; `undefined` for the gap of a river. */
  readonly node: number | undefined
  readonly height: number
  /** Least distance of centres to the neighbour below, for the text beside it. */
  readonly room: number
  y: number
}

/** One stretch of a link or river between neighbouring columns. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly thickness: number
  amount: bigint
  transfers: number
  /** Whose node the coins go to in the end. */
  readonly target: number
}

export interface Layout {
  readonly boxes: readonly Box[]
  readonly stretches: readonly Stretch[]
  /** To the same or an earlier column, with their thickness. */
  readonly backward: readonly (FlowLink & { readonly thickness: number })[]
  readonly height: number
}

export interface Measures {
  /** Pixels for an amount: the square root scale. */
  readonly thickness: (amount: bigint) => number
  readonly boxMin: number
  /** Height of the text beside a node. */
  readonly textRoom: (node: number) => number
  readonly gap: number
  readonly heightMin: number
}

const SWEEPS = 12
const PULLS = 40

interface Draft {
  column: number
  node: number | undefined
  amount: bigint
}

/** Nodes, the gaps of rivers, and the stretches between them. */
function chains(graph: FlowGraph): { drafts: Draft[]; stretches: Map<string, Omit<Stretch, 'thickness'>> } {
  const drafts: Draft[] = graph.nodes.map((node, place) => ({
    column: node.column,
    node: place,
    amount: throughput(node),
  }))
  const rivers = new Map<string, number>()
  const stretches = new Map<string, Omit<Stretch, 'thickness'>>()
  const gap = (target: number, column: number): number => {
    const key = `${target} ${column}`
    let place = rivers.get(key)
    if (place === undefined) {
      place = drafts.length
      drafts.push({ column, node: undefined, amount: 0n })
      rivers.set(key, place)
    }
    return place
  }
  const lead = (from: number, to: number, link: FlowLink): void => {
    const key = `${from} ${to}`
    const known = stretches.get(key) ?? { from, to, amount: 0n, transfers: 0, target: link.to }
    known.amount += link.amount
    known.transfers += link.transfers
    stretches.set(key, known)
  }
  for (const link of graph.links) {
    const start = graph.nodes[link.from]?.column ?? 0
    const end = graph.nodes[link.to]?.column ?? 0
    if (end <= start) continue
    let at = link.from
    for (let column = start + 1; column < end; column += 1) {
      const next = gap(link.to, column)
      const draft = drafts[next]
      if (draft !== undefined) draft.amount += link.amount
      lead(at, next, link)
      at = next
    }
    lead(at, link.to, link)
  }
  return { drafts, stretches }
}

/** The height that the stretches of a box need side by side, on the side that needs more: square roots do not add up. */
function sidesOf(boxes: number, stretches: readonly Stretch[]): number[] {
  const entering = Array.from({ length: boxes }, () => 0)
  const leaving = Array.from({ length: boxes }, () => 0)
  for (const { from, to, thickness } of stretches) {
    entering[to] = (entering[to] ?? 0) + thickness
    leaving[from] = (leaving[from] ?? 0) + thickness
  }
  return entering.map((side, at) => Math.max(side, leaving[at] ?? 0))
}

type Neighbours = readonly { readonly box: number; readonly pull: number }[]

function neighboursOf(boxes: number, stretches: readonly Stretch[]): { before: Neighbours[]; after: Neighbours[] } {
  const before = Array.from({ length: boxes }, (): { box: number; pull: number }[] => [])
  const after = Array.from({ length: boxes }, (): { box: number; pull: number }[] => [])
  for (const { from, to, thickness } of stretches) {
    before[to]?.push({ box: from, pull: thickness })
    after[from]?.push({ box: to, pull: thickness })
  }
  return { before, after }
}

/** The pulled mean of the neighbours' values, or `own` without any. */
function mean(neighbours: Neighbours | undefined, value: (box: number) => number, own: number): number {
  let sum = 0
  let weight = 0
  for (const { box, pull } of neighbours ?? []) {
    sum += pull * value(box)
    weight += pull
  }
  return weight === 0 ? own : sum / weight
}

/** Orders each column so that links cross little: alternately by the places of the neighbours before and after. */
function order(columns: number[][], before: readonly Neighbours[], after: readonly Neighbours[]): void {
  const place = new Map<number, number>()
  const note = (column: readonly number[]): void => {
    column.forEach((box, at) => {
      place.set(box, (at + 0.5) / column.length)
    })
  }
  columns.forEach(note)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0
    for (const column of forward ? columns : columns.toReversed()) {
      const neighbours = forward ? before : after
      const keys = new Map(
        column.map((box) => [box, mean(neighbours[box], (other) => place.get(other) ?? 0, place.get(box) ?? 0)]),
      )
      column.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0) || a - b)
      note(column)
    }
  }
}

/** What a box needs of its column, and the distance kept below it. */
const space = (box: Box): number => Math.max(box.height, box.room)
const below = (box: Box, gap: number): number => (box.node === undefined ? gap / 2 : gap)

/** Pushes the boxes of a column apart, downwards and then, from the floor, upwards. */
function apart(column: readonly Box[], gap: number, floor: number): void {
  let y = 0
  for (const box of column) {
    box.y = Math.max(box.y, y)
    y = box.y + space(box) + below(box, gap)
  }
  let limit = floor
  column.toReversed().forEach((box, at) => {
    if (at > 0) limit -= below(box, gap)
    box.y = Math.min(box.y, limit - space(box))
    limit = box.y
  })
}

/** The height that a column needs. Puts its boxes there, as a start. */
function stacked(column: readonly Box[], gap: number): number {
  let y = 0
  let height = 0
  for (const box of column) {
    box.y = y
    height = y + space(box)
    y = height + below(box, gap)
  }
  return height
}

export function layout(graph: FlowGraph, measures: Measures): Layout {
  const { drafts, stretches: drafted } = chains(graph)
  const stretches = [...drafted.values()].map((stretch) => ({
    ...stretch,
    thickness: measures.thickness(stretch.amount),
  }))
  const sides = sidesOf(drafts.length, stretches)
  const boxes: Box[] = drafts.map(({ column, node, amount }, at) => ({
    column,
    node,
    height:
      node === undefined
        ? measures.thickness(amount)
        : Math.max(measures.boxMin, measures.thickness(amount), sides[at] ?? 0),
    room: node === undefined ? 0 : measures.textRoom(node),
    y: 0,
  }))
  const { before, after } = neighboursOf(boxes.length, stretches)
  const columns = Array.from({ length: graph.lastHop + 2 }, (): number[] => [])
  boxes.forEach((box, at) => {
    columns[box.column]?.push(at)
  })
  order(columns, before, after)
  const placed = columns.map((column) => column.flatMap((at) => boxes[at] ?? []))
  const height = Math.max(measures.heightMin, ...placed.map((column) => stacked(column, measures.gap)))
  const centre = (at: number): number => (boxes[at]?.y ?? 0) + (boxes[at]?.height ?? 0) / 2
  for (let pull = 0; pull < PULLS; pull += 1) {
    const forward = pull % 2 === 0
    for (const column of forward ? columns : columns.toReversed()) {
      const neighbours = forward ? before : after
      for (const at of column) {
        const box = boxes[at]
        if (box !== undefined) box.y = mean(neighbours[at], centre, centre(at)) - box.height / 2
      }
      const some = column.flatMap((at) => boxes[at] ?? [])
      apart(some, measures.gap, height)
    }
  }
  const backward = graph.links
    .filter(({ from, to }) => (graph.nodes[to]?.column ?? 0) <= (graph.nodes[from]?.column ?? 0))
    .map((link) => ({ ...link, thickness: measures.thickness(link.amount) }))
  return { boxes, stretches, backward, height }
}
