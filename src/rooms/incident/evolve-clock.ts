/** Folds of the clocks. */
import type { Evolve, Happened } from '../../machine/room.ts'
import { setTime } from './agenda.ts'
import type { events } from './messages.ts'
import type { Bilingual, Obligation } from './rules.ts'
import { schedule } from './stale.ts'
import { type Clock, canBeMissed, caseOf, clockItem, clockKey, type IncidentState } from './state.ts'

type Fold = Evolve<IncidentState, typeof events>
type Data<K extends keyof Fold> = Parameters<Fold[K]>[1]

export interface Rule {
  readonly pack: string
  readonly obligation: Obligation
  /** What its authority is called. */
  readonly addressee: Bilingual
}

export function ruleOf(state: IncidentState, obligation: string): Rule | undefined {
  for (const pack of state.packs.values()) {
    const found = pack.obligations.find((o) => o.obligation === obligation)
    if (found === undefined) continue
    const { authority } = found
    const { en, ko } = pack.authorities.find((item) => item.authority === authority) ?? { en: authority, ko: authority }
    return { pack: pack.pack, obligation: found, addressee: { en, ko } }
  }
  return undefined
}

function start(state: IncidentState, data: Data<'clock.started'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  const rule = ruleOf(state, data.obligation)
  if (rule === undefined) throw new Error(`the journal starts a clock of ${data.obligation}, which no loaded pack has`)
  const { run, trigger, started_at, due_at } = data
  const key = clockKey(data.obligation, run)
  const clock: Clock = {
    ...{ ...rule, run, trigger, started_at, due_at, missed: false },
    ...{
      met_at: undefined,
      late_ms: undefined,
      evidence: undefined,
      met_by: undefined,
      again_at: undefined,
      notices: {},
    },
  }
  item.clocks.set(key, clock)
  item.runs.set(data.obligation, run)
  if (!item.fired.has(trigger)) item.fired.set(trigger, started_at)
  if (rule.obligation.state === 'in_force') item.open_clocks += 1
  item.timeline.push({ at, index, kind: 'clock.started', ref: key })
  if (canBeMissed(clock)) setTime(state.agenda, clockItem(data.incident, key), due_at)
  if (rule.obligation.content.length > 0) item.undrafted.add(key)
  schedule(state, item, at)
}

function meet(state: IncidentState, data: Data<'clock.met'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  const key = clockKey(data.obligation, data.run)
  const clock = item.clocks.get(key)
  if (clock === undefined) return
  if (clock.met_at === undefined && clock.obligation.state === 'in_force') item.open_clocks -= 1
  const { met_at, late_ms, evidence, notice: met_by } = data
  Object.assign(clock, { met_at, late_ms, evidence, met_by })
  item.timeline.push({ at, index, kind: 'clock.met', ref: key, text: evidence })
  item.undrafted.delete(key)
  setTime(state.agenda, clockItem(data.incident, key), undefined)
  schedule(state, item, at)
}

export const foldClock: Pick<Fold, 'clock.started' | 'clock.met' | 'clock.missed'> = {
  'clock.started': start,
  'clock.met': meet,
  'clock.missed': (state, data, { at, index }) => {
    const item = caseOf(state, data.incident)
    const key = clockKey(data.obligation, data.run)
    const clock = item.clocks.get(key)
    if (clock !== undefined) clock.missed = true
    item.timeline.push({ at, index, kind: 'clock.missed', ref: key })
    setTime(state.agenda, clockItem(data.incident, key), undefined)
  },
}
