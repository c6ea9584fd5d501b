/** What others may ask of the incident room, and its read models. Field names are those of the HTTP contract. */
import type { Json } from '../../kernel/canonical.ts'
import type { Instant } from '../../kernel/time.ts'
import { evidenceOf, summaryOf } from './describe.ts'
import { type Case, type Clock, type IncidentState, type Notice, recipientKey } from './state.ts'

export type ClockStatus = 'running' | 'met' | 'late' | 'missed'

/** Late is what was met after it was due. A proposed rule binds nobody, so nothing of it is late. */
export function clockStatus(clock: Clock): ClockStatus {
  if (clock.met_at !== undefined) {
    return (clock.late_ms ?? 0) > 0 && clock.obligation.state === 'in_force' ? 'late' : 'met'
  }
  return clock.missed ? 'missed' : 'running'
}

/** By due time, those without one last; ties by obligation and run, so that every reader sees the same order. */
export function sortedClocks(item: Case): [string, Clock][] {
  const due = (clock: Clock): number => clock.due_at ?? Number.POSITIVE_INFINITY
  return [...item.clocks].sort(([a, left], [b, right]) =>
    due(left) === due(right) ? (a < b ? -1 : 1) : due(left) < due(right) ? -1 : 1,
  )
}

const unmet = (clock: Clock): boolean => clock.met_at === undefined && clock.obligation.state === 'in_force'

const openCases = (state: IncidentState): Case[] =>
  [...state.open].map((id) => state.cases.get(id)).filter((item) => item !== undefined)

export interface NearestClock {
  readonly incident: string
  readonly obligation: string
  readonly authority: string
  readonly due_at: Instant
  readonly status: ClockStatus
}

/** The unmet duty in force that is due first, over all open cases; overdue ones come before all. */
export function nearestClock(state: IncidentState): NearestClock | null {
  let nearest: NearestClock | null = null
  for (const { incident, clocks } of openCases(state)) {
    for (const clock of clocks.values()) {
      const { due_at, obligation } = clock
      if (due_at === undefined || !unmet(clock) || (nearest !== null && nearest.due_at <= due_at)) continue
      const { obligation: id, authority } = obligation
      nearest = { incident, obligation: id, authority, due_at, status: clockStatus(clock) }
    }
  }
  return nearest
}

/** Approved, but not getting through: there is a telephone. */
const isStuck = ({ status, why }: Notice): boolean => status === 'approved' && why !== undefined
const waitsForPerson = (notice: Notice): boolean =>
  notice.status === 'drafted' || notice.status === 'failed' || isStuck(notice)
const isDone = (notice: Notice): boolean =>
  notice.status === 'sent' || notice.status === 'acknowledged' || (notice.status === 'approved' && !isStuck(notice))

/** Duties of open cases whose notice waits for a person: drafted, failed or stuck, none of its languages on its way or sent. */
export function waitingNotices(state: IncidentState): number {
  let waiting = 0
  for (const item of openCases(state)) {
    for (const { notices, met_at } of item.clocks.values()) {
      const drawn = [notices.en, notices.ko]
        .map((id) => (id === undefined ? undefined : item.notices.get(id)))
        .filter((notice) => notice !== undefined)
      if (met_at === undefined && drawn.some(waitsForPerson) && !drawn.some(isDone)) waiting += 1
    }
  }
  return waiting
}

export const openIncidents = (state: IncidentState): number => state.open.size
export const hasIncident = (state: IncidentState, incident: string): boolean => state.cases.has(incident)

/** The open case in which a movement out of this wallet would be counted. */
export function openIncidentOf(state: IncidentState, wallet: string): string | undefined {
  return openCases(state).find((item) => item.wallet === wallet && item.kind === 'theft')?.incident
}

export const incidentItem = (item: Case) => ({
  ...{ incident: item.incident, kind: item.kind, severity: item.severity },
  status: item.closed_at === undefined ? ('open' as const) : ('closed' as const),
  ...{ chain: item.chain ?? null, wallet: item.wallet ?? null, aware_at: item.aware_at },
  ...{ summary: summaryOf(item).en, summary_ko: summaryOf(item).ko },
  ...{ thefts: item.thefts.size - item.retracted, clocks_running: item.open_clocks },
})

/** Newest first. */
export const incidentList = (state: IncidentState) => [...state.cases.values()].map(incidentItem).reverse()

export const clockItemOf = (item: Case, clock: Clock) => {
  const { obligation, run, trigger, started_at, due_at, met_at, late_ms } = clock
  const evidence = evidenceOf(item, clock)
  const { obligation: id, title, authority, state, verified, deadline, source, basis, sanction, note } = obligation
  return {
    ...{
      obligation: id,
      run,
      title,
      authority,
      state,
      verified,
      trigger,
      started_at,
      due_at: due_at ?? null,
      deadline,
    },
    ...{ status: clockStatus(clock), met_at: met_at ?? null, late_ms: late_ms ?? null },
    ...{ evidence: evidence?.en ?? null, evidence_ko: evidence?.ko ?? null },
    ...{ source, basis, sanction: sanction ?? null, note: note ?? null },
  }
}

export function noticeItem(item: Case, notice: Notice) {
  const { drafted_at, approved_at, sent_at, receipt, why, reference, stale_since } = notice
  const { notice: id, language, channel, to, subject, body, status } = notice
  const clock = item.clocks.get(notice.clock)
  return {
    ...{ notice: id, incident: notice.incident, obligation: clock?.obligation.obligation ?? notice.clock },
    ...{ run: clock?.run ?? 1, authority: clock?.obligation.authority ?? '', language, channel, to, subject, body },
    ...{ status, drafted_at, approved_at: approved_at ?? null, sent_at: sent_at ?? null, receipt: receipt ?? null },
    ...{ why: why ?? null, reference: reference ?? null, stale_since: stale_since ?? null },
  }
}

export function noticeOf(state: IncidentState, id: string) {
  const item = state.cases.get(state.noticeCase.get(id) ?? '')
  const notice = item?.notices.get(id)
  return item && notice && noticeItem(item, notice)
}

/** An approved text on its way out, as a carrier delivers it. */
export interface Letter {
  readonly notice: string
  readonly incident: string
  readonly obligation: string
  readonly authority: string
  readonly language: string
  readonly channel: string
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly approved_at: Instant
}

/** `undefined` when the notice is not approved (any more): then nothing may leave. */
export function letterOf(state: IncidentState, id: string): Letter | undefined {
  const item = state.cases.get(state.noticeCase.get(id) ?? '')
  const notice = item?.notices.get(id)
  if (item === undefined || notice?.status !== 'approved' || notice.approved_at === undefined) return undefined
  const { incident, language, channel, to, subject, body, approved_at } = notice
  const rule = item.clocks.get(notice.clock)?.obligation
  const { obligation = notice.clock, authority = '' } = rule ?? {}
  return { notice: id, incident, obligation, authority, language, channel, to, subject, body, approved_at }
}

export const packList = (state: IncidentState) =>
  [...state.packs.values()].map(({ pack, jurisdiction, as_of, digest, time_zone, authorities, obligations }) => ({
    ...{ pack, jurisdiction, as_of, digest, time_zone },
    authorities: authorities as Json,
    obligations: obligations as Json,
  }))

export const recipientList = (state: IncidentState) =>
  [...state.recipients].map(([key, { channel, to }]) => {
    const [authority = '', language = ''] = key.split(' ')
    return { authority, language, channel, to }
  })

/** Authorities that a loaded pack names and nobody is set to receive for, in any language: notices for them cannot leave. */
export function authoritiesWithoutRecipient(state: IncidentState): string[] {
  const named = new Set([...state.packs.values()].flatMap((p) => p.obligations.map((o) => o.authority)))
  return [...named].filter(
    (a) => !state.recipients.has(recipientKey(a, 'ko')) && !state.recipients.has(recipientKey(a, 'en')),
  )
}

const standing = ({ thefts }: Case) => [...thefts.values()].filter(({ retracted }) => !retracted)

/**
 * Transactions of the case's stolen movements that stand, and of those that other cases on its chain count out of accounts of their own:
 * one trace may be asked to follow the accounts of several.
 */
export function stolenIn(state: IncidentState, incident: string): ReadonlySet<string> {
  const item = state.cases.get(incident)
  if (item === undefined) return new Set()
  const own = standing(item)
  const robbed = new Set(own.map(({ from }) => from))
  const others = [...state.cases.values()]
    .filter((other) => other !== item && other.chain === item.chain)
    .flatMap(standing)
    .filter(({ from }) => !robbed.has(from))
  return new Set([...own, ...others].map(({ tx }) => tx))
}
