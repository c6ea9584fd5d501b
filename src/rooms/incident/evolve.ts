/** The folds: how each event changes what the room remembers. */
import type { Evolve, Happened } from '../../machine/room.ts'
import { setTime } from './agenda.ts'
import { foldClock } from './evolve-clock.ts'
import { foldNotice } from './evolve-notice.ts'
import type { events } from './messages.ts'
import { FURTHER, MATERIAL, touch, touchFinding } from './stale.ts'
import {
  type Act,
  blockKey,
  type Case,
  caseKey,
  caseOf,
  clockItem,
  draftItem,
  type IncidentState,
  movementKey,
  recipientKey,
  theftKey,
} from './state.ts'

type Fold = Evolve<IncidentState, typeof events>
type Data<K extends keyof Fold> = Parameters<Fold[K]>[1]
type TheftData = Data<'incident.extended'>['theft']

const add = (sums: Map<string, bigint>, asset: string, amount: bigint): void => {
  sums.set(asset, (sums.get(asset) ?? 0n) + amount)
}

function countTheft(state: IncidentState, item: Case, chain: string, theft: TheftData): void {
  const key = theftKey(theft.tx, theft.place)
  const amount = BigInt(theft.amount)
  if (item.thefts.get(key)?.retracted) item.retracted -= 1
  item.thefts.set(key, { ...theft, amount, retracted: false })
  add(item.stolen, theft.asset, amount)
  state.movements.set(movementKey(chain, theft.tx, theft.place), item.incident)
}

function open(state: IncidentState, data: Data<'incident.opened'>, { at, index }: Happened): void {
  const { incident, kind, severity, chain, wallet, summary, detail, tx, to, happened_at, aware_at } = data
  const item: Case = {
    ...{ incident, kind, severity, chain, wallet, summary, detail, tx, to, happened_at, aware_at },
    ...{ closed_at: undefined },
    ...{ thefts: new Map(), retracted: 0, stolen: new Map(), acts: [], statements: new Map(), timeline: [] },
    ...{ clocks: new Map(), runs: new Map(), fired: new Map(), notices: new Map(), undrafted: new Set() },
    ...{ stale: false, untold: false, open_clocks: 0 },
  }
  state.cases.set(incident, item)
  state.open.add(incident)
  state.openBy.set(caseKey(kind, { chain, wallet }), incident)
  if (data.theft !== undefined && chain !== undefined) countTheft(state, item, chain, data.theft)
  const ref = data.theft && theftKey(data.theft.tx, data.theft.place)
  item.timeline.push({ at, index, kind: 'incident.opened', ref })
}

function extend(state: IncidentState, data: Data<'incident.extended'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  countTheft(state, item, data.chain, data.theft)
  item.timeline.push({ at, index, kind: 'incident.extended', ref: theftKey(data.theft.tx, data.theft.place) })
  touchFinding(state, item, at)
}

function retract(state: IncidentState, data: Data<'incident.retracted'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  const ref = theftKey(data.tx, data.place)
  const theft = item.thefts.get(ref)
  if (theft !== undefined && !theft.retracted) {
    theft.retracted = true
    item.retracted += 1
    add(item.stolen, theft.asset, -theft.amount)
  }
  item.timeline.push({ at, index, kind: 'incident.retracted', ref })
  touchFinding(state, item, at)
}

function record(state: IncidentState, data: Data<'incident.recorded'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  const { fact, text, since, trigger, chain, wallet, asset, tx, to, alarm, lasted_ms, traced, repaid, effect } = data
  const amount = data.amount === undefined ? undefined : BigInt(data.amount)
  // Named one by one: an event read from the journal lacks the members that are absent, a fresh one may hold them as `undefined`.
  const act: Act = {
    ...{ fact, at: since ?? at, chain, wallet, asset, amount, tx, to },
    ...{ alarm, lasted_ms, traced, repaid, effect },
  }
  item.timeline.push({ at: since ?? at, index, kind: fact, text, act })
  if (MATERIAL.has(fact)) {
    item.acts.push(act)
    if (FURTHER.has(fact)) touchFinding(state, item, at)
    else touch(state, item, at)
  }
  if (fact === 'halted')
    state.blocks.set(blockKey(data), state.blocks.get(blockKey(data)) ?? { ...act, text, incident: item.incident })
  if (fact === 'lifted') state.blocks.delete(blockKey(data))
  if (trigger === undefined) return
  if (!item.fired.has(trigger)) item.fired.set(trigger, at)
  for (const clock of item.clocks.values()) {
    if (clock.trigger === trigger && clock.met_at === undefined && hasApproved(item, clock.obligation.obligation)) {
      clock.again_at ??= at
    }
  }
}

const hasApproved = (item: Case, obligation: string): boolean =>
  [...item.notices.values()].some((n) => n.status === 'approved' && n.clock.split('.')[0] === obligation)

function close(state: IncidentState, { incident, summary }: Data<'incident.closed'>, { at, index }: Happened): void {
  const item = caseOf(state, incident)
  item.closed_at = at
  item.timeline.push({ at, index, kind: 'incident.closed', text: summary })
  state.open.delete(incident)
  state.openBy.delete(caseKey(item.kind, item))
  setTime(state.agenda, draftItem(incident), undefined)
  for (const key of item.clocks.keys()) setTime(state.agenda, clockItem(incident, key), undefined)
}

function changeRecipient(state: IncidentState, data: Data<'recipient.changed'>): void {
  const { authority, language, channel, to } = data
  state.recipients.set(recipientKey(authority, language), { channel, to })
  for (const incident of state.open) {
    const item = caseOf(state, incident)
    for (const notice of item.notices.values()) {
      const waits = notice.status === 'drafted' || notice.status === 'failed'
      const mine = notice.language === language && item.clocks.get(notice.clock)?.obligation.authority === authority
      if (waits && mine) Object.assign(notice, { channel, to })
    }
  }
}

export const evolve: Fold = {
  'pack.loaded': (state, data) => void state.packs.set(data.pack, data),
  'recipient.changed': changeRecipient,
  'reporter.changed': (state, data, { at }) => {
    state.reporter = data
    for (const incident of state.open) touch(state, caseOf(state, incident), at)
  },
  'incident.opened': open,
  'incident.extended': extend,
  'incident.retracted': retract,
  'incident.recorded': record,
  'incident.stated': (state, { incident, about, en, ko }, { at, index }) => {
    const item = caseOf(state, incident)
    item.statements.set(about, { en, ko })
    item.timeline.push({ at, index, kind: 'incident.stated', text: { en: `${about}: ${en}`, ko: `${about}: ${ko}` } })
    touchFinding(state, item, at)
  },
  'incident.closed': close,
  ...foldClock,
  ...foldNotice,
}
