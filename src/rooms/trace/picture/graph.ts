/** From a trace to the nodes and links of its picture: amounts of all transfers between two nodes added, small nodes folded. */
import type { Instant } from '../../../kernel/time.ts'
import type { ReachedAddress, ReachedService, TraceResult } from '../engine/index.ts'

export type Role = 'source' | 'address' | 'service'

export interface FlowNode {
  readonly role: Role
  /** Of a service; `address` otherwise. */
  readonly kind: string
  /** 0 for sources, then the hop, then one column for all services. */
  readonly column: number
  /** Addresses or entities in it; more than one for a folded node, which has no name. */
  readonly members: number
  readonly folded: boolean
  readonly name: string | undefined
  readonly address: string | undefined
  readonly received: bigint
  readonly left: bigint
  readonly held: bigint
  readonly firstAt: Instant | undefined
}

export interface FlowLink {
  readonly from: number
  readonly to: number
  readonly amount: bigint
  readonly transfers: number
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[]
  /** Between different nodes, by (from, to). What moved inside a folded node is not a link. */
  readonly links: readonly FlowLink[]
  /** The columns of addresses: 0 up to and including this. */
  readonly lastHop: number
  /** Whether the last of them holds, as one node, that hop and all later ones. */
  readonly lastHopFolded: boolean
  readonly shown: number
  readonly all: number
}

export interface FoldLimits {
  /** Addresses drawn singly. */
  readonly addresses: number
  /** Addresses drawn singly in one column: more would make the picture taller than a screen. */
  readonly perColumn: number
  readonly services: number
  /** Hops with a column of their own. */
  readonly hops: number
}

interface Draft extends FlowNode {
  readonly key: string
  readonly keys: readonly string[]
}

/** What went through a node: a source sends more than it receives, another address never does. */
export function throughput(node: Pick<FlowNode, 'received' | 'left'>): bigint {
  if (node.left > node.received) return node.left
  return node.received
}

const heaviest = (a: Draft, b: Draft): number =>
  throughput(a) === throughput(b) ? (a.key < b.key ? -1 : 1) : throughput(a) < throughput(b) ? 1 : -1

const earliest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)

/** Several nodes as one. The name is kept when they are all of one address or entity. */
function merged(drafts: readonly Draft[], folded: boolean): Draft[] {
  const [first] = drafts
  if (first === undefined) return []
  if (drafts.length === 1) return [first]
  const sum = (of: (draft: Draft) => bigint): bigint => drafts.reduce((total, draft) => total + of(draft), 0n)
  return [
    {
      ...first,
      key: folded ? `more ${first.role} ${first.column}` : first.key,
      keys: drafts.flatMap((draft) => draft.keys),
      column: Math.min(...drafts.map((draft) => draft.column)),
      members: folded ? drafts.reduce((total, draft) => total + draft.members, 0) : 1,
      folded,
      kind: folded && first.role === 'service' ? 'other' : first.kind,
      name: folded ? undefined : first.name,
      address: folded ? undefined : first.address,
      received: sum((draft) => draft.received),
      left: sum((draft) => draft.left),
      held: sum((draft) => draft.held),
      firstAt: drafts.reduce<Instant | undefined>((at, draft) => earliest(at, draft.firstAt), undefined),
    },
  ]
}

const addressDraft = (row: ReachedAddress, names: ReadonlyMap<string, string>, hops: number): Draft => ({
  key: row.address,
  keys: [row.address],
  role: row.isSource ? 'source' : 'address',
  kind: 'address',
  column: row.isSource ? 0 : Math.min(row.hop, hops + 1),
  members: 1,
  folded: false,
  name: names.get(row.address),
  address: row.address,
  received: row.received,
  left: row.left,
  held: row.held,
  firstAt: row.firstAt,
})

const serviceDraft = (row: ReachedService, column: number): Draft => ({
  key: `${row.service.kind} ${row.service.entity}`,
  keys: [row.address],
  role: 'service',
  kind: row.service.kind,
  column,
  members: 1,
  folded: false,
  name: row.service.entity,
  address: undefined,
  received: row.amount,
  left: 0n,
  held: 0n,
  firstAt: row.firstAt,
})

/** One draft per key, however many assets or addresses it has rows for. */
const byKey = (drafts: readonly Draft[]): Draft[] =>
  [...Map.groupBy(drafts, (draft) => draft.key).values()].flatMap((group) => merged(group, false))

/** Keeps the heaviest and folds the others of each column into one. */
function fold(
  drafts: readonly Draft[],
  most: number,
  perColumn: number,
  foldedFrom = Number.POSITIVE_INFINITY,
): Draft[] {
  const sorted = drafts.toSorted(heaviest)
  const inColumn = new Map<number, number>()
  const kept: Draft[] = []
  const rest: Draft[] = []
  for (const draft of sorted) {
    const count = inColumn.get(draft.column) ?? 0
    const keep = kept.length < most && count < perColumn && draft.column < foldedFrom
    if (keep) inColumn.set(draft.column, count + 1)
    ;(keep ? kept : rest).push(draft)
  }
  const groups = [...Map.groupBy(rest, (draft) => draft.column).values()]
  return [...kept, ...groups.flatMap((group) => merged(group, true))]
}

function linksOf(result: TraceResult, places: ReadonlyMap<string, number>): FlowLink[] {
  const links = new Map<string, FlowLink>()
  for (const edge of result.edges) {
    const from = places.get(edge.from)
    const to = places.get(edge.to)
    if (from === undefined || to === undefined || from === to) continue
    const key = `${from} ${to}`
    const known = links.get(key)
    const amount = (known?.amount ?? 0n) + edge.amount
    links.set(key, { from, to, amount, transfers: (known?.transfers ?? 0) + 1 })
  }
  return [...links.values()].sort((a, b) => a.from - b.from || a.to - b.to)
}

/** What moved inside a folded node went neither in nor out: its figures are those of its links. */
function outside(node: FlowNode, place: number, links: readonly FlowLink[]): FlowNode {
  if (!node.folded) return node
  const sum = (some: readonly FlowLink[]): bigint => some.reduce((total, link) => total + link.amount, 0n)
  return {
    ...node,
    received: sum(links.filter((link) => link.to === place)),
    left: sum(links.filter((link) => link.from === place)),
  }
}

/** `result` is of amounts that can be added: of one asset, or valued in one currency. */
export function flowGraph(result: TraceResult, names: ReadonlyMap<string, string>, limits: FoldLimits): FlowGraph {
  const addresses = byKey(result.addresses.map((row) => addressDraft(row, names, limits.hops)))
  const deepest = Math.max(0, ...result.addresses.map((row) => row.hop))
  const lastHop = Math.min(deepest, limits.hops + 1)
  const services = byKey(result.terminals.map((row) => serviceDraft(row, lastHop + 1)))
  const drawn = [
    ...fold(addresses, limits.addresses, limits.perColumn, limits.hops + 1),
    ...fold(services, limits.services, limits.services),
  ]
  const nodes = drawn.sort((a, b) => a.column - b.column || heaviest(a, b))
  const places = new Map(nodes.flatMap((node, place) => node.keys.map((key) => [key, place] as const)))
  const links = linksOf(result, places)
  return {
    nodes: nodes.map((node, place) => outside(node, place, links)),
    links,
    lastHop,
    lastHopFolded: deepest > limits.hops,
    shown: nodes.filter((node) => !node.folded).length,
    all: addresses.length + services.length,
  }
}
