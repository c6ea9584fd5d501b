/** Decisions on cases: opened, extended, retracted, recorded, closed. */
import { normalAccount, normalAsset } from '../../kernel/caip.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { DataOf, Decide, Decision } from '../../machine/room.ts'
import { clocksOf, firstClocks, furtherClocks } from './clocks.ts'
import { en } from './draft/en.ts'
import type { commands, events, Fact, IncidentEvent, IncidentKind, Severity } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import type { Trigger } from './rules.ts'
import { FURTHER } from './stale.ts'
import { blockKey, type Case, caseKey, type IncidentState, movementKey, theftKey } from './state.ts'

type Decider = Decide<IncidentState, typeof commands, typeof events, IncidentNeeds>
type Data<K extends keyof typeof commands> = DataOf<typeof commands, K>
type Result = Decision<typeof events>

/** How grave each kind is. Coins that moved are past help; coins that another may move are not yet. */
const SEVERITY: Record<IncidentKind, Severity> = { theft: 'critical', delegation: 'high', blind: 'high', block: 'low' }
const RANK: Record<Severity, number> = { low: 0, high: 1, critical: 2 }
/** What the opening of a case fires. Whoever gave our key away was intruded upon, whether or not coins moved. */
const FIRES: Record<IncidentKind, readonly Trigger[]> = {
  theft: ['intrusion', 'theft'],
  delegation: ['intrusion'],
  blind: ['blind'],
  block: ['block'],
}
/** How a case that is open already tells that the same happened again without a movement. */
const AGAIN: Record<IncidentKind, Fact> = { theft: 'note', delegation: 'delegated', blind: 'blinded', block: 'halted' }

interface Scope {
  readonly incident?: string | undefined
  readonly chain?: string | undefined
  readonly wallet?: string | undefined
}

/** A fact of a chain concerns the cases on that chain; of a wallet, that wallet's and its chain's; of neither, every case. */
function concerns(item: Scope & { readonly incident: string }, fact: Scope): boolean {
  if (fact.incident !== undefined) return fact.incident === item.incident
  if (fact.wallet !== undefined && item.wallet !== undefined) return fact.wallet === item.wallet
  if (fact.chain !== undefined && item.chain !== undefined) return fact.chain === item.chain
  return fact.wallet === undefined || item.chain === undefined
}

const openCases = (state: IncidentState): Case[] =>
  [...state.open].map((id) => state.cases.get(id)).filter((item) => item !== undefined)

/** The halts that stand already when a case opens belong on its time line; their own clocks run where they were recorded first. */
function standingBlocks(state: IncidentState, item: Scope & { readonly incident: string }): IncidentEvent[] {
  return [...state.blocks.values()]
    .filter((block) => concerns(item, { chain: block.chain, wallet: block.wallet }))
    .map(({ text, at, chain, wallet, asset, alarm }) => ({
      type: 'incident.recorded',
      data: { incident: item.incident, fact: 'halted', text, chain, wallet, asset, alarm, since: at },
    }))
}

type Theft = Data<'incident.open'>['theft']
const normalTheft = (theft: NonNullable<Theft>): NonNullable<Theft> => ({
  ...theft,
  ...{ from: normalAccount(theft.from), to: normalAccount(theft.to), asset: normalAsset(theft.asset) },
})

function extend(state: IncidentState, item: Case, data: Data<'incident.open'>, at: Instant): Result {
  const { chain, wallet, tx, to, detail } = data
  if (data.theft === undefined) {
    const fact = AGAIN[item.kind]
    const again: IncidentEvent = {
      type: 'incident.recorded',
      data: { incident: item.incident, fact, chain, wallet, tx, to: to && normalAccount(to), text: detail },
    }
    return [again, ...(FURTHER.has(fact) ? furtherClocks(state, item, at) : [])]
  }
  const theft = normalTheft(data.theft)
  const counted = state.cases.get(state.movements.get(movementKey(chain, theft.tx, theft.place)) ?? '')
  if (counted?.thefts.get(theftKey(theft.tx, theft.place))?.retracted === false) return []
  return [
    { type: 'incident.extended', data: { incident: item.incident, chain, wallet, theft } },
    ...furtherClocks(state, item, at),
  ]
}

function openCase(
  state: IncidentState,
  data: Omit<Data<'incident.open'>, 'chain'> & { chain?: string | undefined },
  at: Instant,
  incident: string,
): IncidentEvent[] {
  const { kind, chain, wallet, summary, detail, tx, to, happened_at = at } = data
  const theft = data.theft === undefined ? undefined : normalTheft(data.theft)
  return [
    {
      type: 'incident.opened',
      data: {
        ...{ incident, kind, severity: SEVERITY[kind], chain, wallet, summary, happened_at, aware_at: at },
        ...{ detail, tx, to: to && normalAccount(to) },
        ...(theft !== undefined && { theft }),
      },
    },
    ...firstClocks(state, incident, FIRES[kind], at),
    ...(kind === 'block' ? [] : standingBlocks(state, { incident, chain, wallet })),
  ]
}

const open: Decider['incident.open'] = (state, data, turn) => {
  const item = state.cases.get(state.openBy.get(caseKey(data.kind, data)) ?? '')
  if (item !== undefined) return extend(state, item, data, turn.at)
  if (data.theft !== undefined) {
    const { tx, place } = data.theft
    const counted = state.cases.get(state.movements.get(movementKey(data.chain, tx, place)) ?? '')
    if (counted?.thefts.get(theftKey(tx, place))?.retracted === false) return []
  }
  return openCase(state, data, turn.at, turn.newId('incident'))
}

const recorded = (incident: string, data: Data<'incident.record'>): IncidentEvent => ({
  type: 'incident.recorded',
  data: { ...data, incident },
})

const graver = (a: Case, b: Case): Case => (RANK[b.severity] > RANK[a.severity] ? b : a)

function recordIn(state: IncidentState, incident: string, data: Data<'incident.record'>, at: Instant): Result {
  const item = state.cases.get(incident)
  if (item === undefined) return refuse('INCIDENT-001', `there is no incident ${incident}`, { field: 'incident' })
  if (item.closed_at !== undefined && (data.fact !== 'note' || data.trigger !== undefined)) {
    return refuse('INCIDENT-004', `${incident} is closed and takes only notes`, { field: 'incident' })
  }
  return [recorded(incident, data), ...follow(state, [item], data, at)]
}

/** The clocks that a recorded fact starts. One duty runs in one case: the gravest that the fact concerns, the oldest of equals. */
function follow(
  state: IncidentState,
  items: readonly Case[],
  data: Data<'incident.record'>,
  at: Instant,
): IncidentEvent[] {
  const [first, ...rest] = items
  const owner = first && rest.reduce(graver, first)
  const fired = data.trigger === undefined || owner === undefined ? [] : clocksOf(state, owner, data.trigger, at)
  const further = FURTHER.has(data.fact) ? items.flatMap((item) => furtherClocks(state, item, at)) : []
  return [...fired, ...further]
}

const record: Decider['incident.record'] = (state, data, turn) => {
  if (data.incident !== undefined) return recordIn(state, data.incident, data, turn.at)
  const items = openCases(state).filter((item) => concerns(item, data))
  if (items.length === 0 && data.trigger === 'block') {
    const { chain, wallet, text: summary = en.kind.block } = data
    const incident = turn.newId('incident')
    return [...openCase(state, { kind: 'block', chain, wallet, summary }, turn.at, incident), recorded(incident, data)]
  }
  // The lifting of a halt whose cases are all closed: untold, the halt would stand in every later case.
  const standing = data.fact === 'lifted' && items.length === 0 ? state.blocks.get(blockKey(data)) : undefined
  if (standing !== undefined) return [recorded(standing.incident, data)]
  return [...items.map((item) => recorded(item.incident, data)), ...follow(state, items, data, turn.at)]
}

/** The case, if it may still change. */
function openOne(state: IncidentState, incident: string) {
  const item = state.cases.get(incident)
  if (item === undefined) return refuse('INCIDENT-001', `there is no incident ${incident}`, { field: 'incident' })
  if (item.closed_at !== undefined) return refuse('INCIDENT-004', `${incident} is closed`, { field: 'incident' })
  return item
}

const retract: Decider['incident.retract'] = (state, { chain, tx, place }, turn) => {
  const item = state.cases.get(state.movements.get(movementKey(chain, tx, place)) ?? '')
  if (item === undefined || item.thefts.get(theftKey(tx, place))?.retracted !== false) return []
  const event: IncidentEvent = { type: 'incident.retracted', data: { incident: item.incident, chain, tx, place } }
  return [event, ...(item.closed_at === undefined ? furtherClocks(state, item, turn.at) : [])]
}

const statementOf: Decider['incident.state'] = (state, data, turn) => {
  const item = openOne(state, data.incident)
  if (isRefusal(item)) return item
  const before = item.statements.get(data.about)
  if (before?.en === data.en && before.ko === data.ko) return []
  return [{ type: 'incident.stated', data }, ...furtherClocks(state, item, turn.at)]
}

const close: Decider['incident.close'] = (state, { incident, summary }) => {
  const item = openOne(state, incident)
  if (isRefusal(item)) return item
  const left = [...item.clocks]
    .filter(([, c]) => c.met_at === undefined && c.obligation.state === 'in_force' && c.due_at !== undefined)
    .map(([key]) => key)
  if (left.length === 0) return [{ type: 'incident.closed', data: { incident, summary } }]
  return refuse('INCIDENT-008', `${incident} still owes ${left.join(', ')}`.slice(0, 500), {
    field: 'incident',
    context: { clocks: left },
  })
}

export const decideCase = {
  'incident.open': open,
  'incident.record': record,
  'incident.note': (state, { incident, text }, turn) =>
    recordIn(state, incident, { fact: 'note', text, incident }, turn.at),
  'incident.retract': retract,
  'incident.state': statementOf,
  'incident.close': close,
} satisfies Partial<Decider>
