/** One pure decision for each command. */
import type { Instant } from '../../../kernel/time.ts'
import type { DataOf, Decide, Decision, MessageOf, Turn } from '../../../machine/room.ts'
import { isAlarm, type Severity } from '../engine/index.ts'
import type { commands, events } from './messages.ts'
import type { AlertsNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type Response, responseTo, SUSPENDED_AGAIN_MS, SUSPENSIONS_MAX, SUSPENSIONS_WINDOW_MS } from './response.ts'
import { type AlertsState, openRisk, suspendedKey, uploadKey } from './state.ts'

type Asked<K extends keyof typeof commands> = DataOf<typeof commands, K>
type Made = Decision<typeof events>
type Report = Asked<'admin.report'>

/** How often each account was suspended by itself, with what this very report adds. */
class Suspensions {
  readonly #recent: Map<string, Instant>
  readonly #at: Instant

  constructor({ suspended }: AlertsState, at: Instant) {
    this.#at = at
    this.#recent = new Map([...suspended].filter(([, then]) => at - then < SUSPENSIONS_WINDOW_MS))
  }

  /** What is done of a response, and whether a suspension was left to a person. */
  take(wanted: Response, key: string): { response: Response; held_back: boolean } {
    if (wanted !== 'suspend') return { response: wanted, held_back: false }
    const before = this.#recent.get(key)
    if (before !== undefined && this.#at - before < SUSPENDED_AGAIN_MS) return { response: 'risk', held_back: false }
    if (before === undefined && this.#recent.size >= SUSPENSIONS_MAX) return { response: 'risk', held_back: true }
    this.#recent.set(key, this.#at)
    return { response: 'suspend', held_back: false }
  }
}

function countsOf(detections: Report['detections']): Record<Severity, number> {
  const counts = { low: 0, medium: 0, high: 0, critical: 0 }
  for (const { severity } of detections) counts[severity] += 1
  return counts
}

function detected(state: AlertsState, report: Report, turn: Turn<AlertsNeeds>): MessageOf<typeof events>[] {
  const { source, digest } = report
  const suspensions = new Suspensions(state, turn.at)
  return report.detections.filter(isAlarm).map((detection) => {
    const { account, severity, detector } = detection
    const person = turn.needs.personOfAccount(account)
    const taken = suspensions.take(responseTo(severity, detector), suspendedKey(source, account))
    const whose = person === undefined ? {} : { person }
    return {
      type: 'admin.detected',
      data: { ...detection, ...whose, ...taken, alert: turn.newId('alert'), source, digest },
    }
  })
}

/** A report is judged by what it says of itself before anything is made of it. */
function contradiction({ part, parts, from_at, until_at }: Report): string | undefined {
  if (part >= parts) return `part ${part} of ${parts}`
  if (from_at !== undefined && until_at !== undefined && until_at < from_at) return 'until_at is before from_at'
  return undefined
}

function takeReport(state: AlertsState, report: Report, turn: Turn<AlertsNeeds>): Made {
  const wrong = contradiction(report)
  if (wrong !== undefined) return refuse('ALERT-004', wrong, { field: 'part' })
  const { source, digest, part, parts, memory } = report
  const known = state.uploads.get(uploadKey(source, digest))
  if (known?.told.has(part) === true) return []
  if (known !== undefined && known.parts !== parts) {
    return refuse('ALERT-003', `${digest} had ${known.parts} parts before, and has ${parts} now`, { field: 'parts' })
  }
  const { detections, ...upload } = report
  const reported: MessageOf<typeof events> = {
    type: 'admin.reported',
    data: { ...upload, counts: countsOf(detections) },
  }
  const isForgotten = known === undefined && memory !== 'kept' && memory !== 'first'
  const forgot: MessageOf<typeof events>[] = isForgotten
    ? [{ type: 'admin.forgot', data: { alert: turn.newId('alert'), source, digest, memory } }]
    : []
  return [reported, ...forgot, ...detected(state, report, turn)]
}

/** Who holds something of a person's or a service's is further than who knocks; with something stolen in hand further still. */
const severityOf = ({ person, service, session, stolen }: Asked<'attempt.note'>): Severity => {
  if (stolen) return 'critical'
  return person === undefined && service === undefined && session === undefined ? 'medium' : 'high'
}

function raiseRisk(state: AlertsState, data: Asked<'risk.raise'>, { needs }: Turn<AlertsNeeds>): Made {
  const { person } = data
  if (!needs.personKnown(person)) return refuse('ALERT-001', `there is no person ${person}`, { field: 'person' })
  return openRisk(state, person) === undefined ? [{ type: 'risk.raised', data }] : []
}

function clearRisk(state: AlertsState, data: Asked<'risk.clear'>, { needs }: Turn<AlertsNeeds>): Made {
  const { person } = data
  if (!needs.personKnown(person)) return refuse('ALERT-001', `there is no person ${person}`, { field: 'person' })
  if (openRisk(state, person) === undefined) {
    return refuse('ALERT-002', `${person} is not at risk`, { field: 'person' })
  }
  return [{ type: 'risk.cleared', data }]
}

export const decideAlerts: Decide<AlertsState, typeof commands, typeof events, AlertsNeeds> = {
  'admin.report': takeReport,
  'attempt.note': (_state, data, turn) => [
    { type: 'attempt.seen', data: { ...data, alert: turn.newId('alert'), severity: severityOf(data) } },
  ],
  'risk.raise': raiseRisk,
  'risk.clear': clearRisk,
}
