/** How fast each step of a case was, to the second, and how late each duty: what a supervisor asks weeks later. */
import type { Instant } from '../../kernel/time.ts'
import { describeItem } from './describe.ts'
import type { Fact } from './messages.ts'
import type { DetailNeeds, IncidentNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import type { Case, IncidentState, Theft } from './state.ts'
import { clockItemOf, incidentItem, noticeItem, sortedClocks } from './views.ts'

/** Movements that the page of a case lists; the export and the journal have all. */
export const THEFTS_SHOWN_MAX = 1_000

const firstOf = (item: Case, fact: Fact): Instant | null =>
  item.acts.reduce<Instant | null>((first, act) => {
    return act.fact === fact && (first === null || act.at < first) ? act.at : first
  }, null)

const since = (at: Instant | null, start: Instant): number | null => (at === null ? null : at - start)

/** `*_ms` count from awareness, but `detection_ms` from the event to it. A halt that stood before awareness counts negative. */
export function incidentRecord(item: Case, now: Instant) {
  const halted = firstOf(item, 'halted')
  const ordered = firstOf(item, 'evacuation_ordered')
  const evacuated = firstOf(item, 'evacuated')
  return {
    ...{ incident: item.incident, happened_at: item.happened_at, aware_at: item.aware_at },
    detection_ms: item.aware_at - item.happened_at,
    ...{ halted_at: halted, halt_ms: since(halted, item.aware_at) },
    ...{ evacuation_ordered_at: ordered, evacuation_ordered_ms: since(ordered, item.aware_at) },
    ...{ first_evacuated_at: evacuated, first_evacuated_ms: since(evacuated, item.aware_at) },
    duties: sortedClocks(item).map(([, clock]) => {
      const told = clockItemOf(item, clock)
      const { obligation, run, authority, state, verified, started_at, due_at, met_at, status } = told
      const { late_ms, evidence, evidence_ko } = told
      const open = met_at === null && due_at !== null && now > due_at
      return {
        ...{ obligation, run, authority, state, verified, started_at, due_at, met_at, status, evidence, evidence_ko },
        after_awareness_ms: since(met_at, item.aware_at),
        late_ms: open ? now - due_at : late_ms,
      }
    }),
    notices: [...item.notices.values()].map((notice) => {
      const { obligation, run, authority, language, channel, status, drafted_at, approved_at, sent_at, reference } =
        noticeItem(item, notice)
      return {
        ...{ notice: notice.notice, obligation, run, authority, language, channel, status, drafted_at },
        ...{ approved_at, sent_at, reference, after_awareness_ms: since(sent_at, item.aware_at) },
      }
    }),
  }
}

export const timelineOf = (item: Case, needs: IncidentNeeds) =>
  item.timeline
    .map((line) => ({ line, text: describeItem(item, line, needs) }))
    .map(({ line: { at, index, kind }, text }) => ({ at, index, kind, text: text.en, text_ko: text.ko }))
    .sort((a, b) => a.at - b.at || a.index - b.index)

const theftItem = (chain: string, theft: Theft, needs: DetailNeeds) => {
  const { tx, place, from, to, asset, amount, block_at, retracted } = theft
  const { symbol = null, decimals = null } = needs.asset(asset) ?? {}
  const krw = retracted ? null : (needs.worth(chain, tx, place)?.toString() ?? null)
  return { tx, place, from, to, asset, symbol, decimals, amount: amount.toString(), krw, block_at, retracted }
}

function lossOf(item: Case, needs: DetailNeeds) {
  const loss = needs.loss(item.incident)
  const worth = new Map(loss?.items.map(({ asset, krw }) => [asset, krw]))
  const items = [...item.stolen]
    .filter(([, amount]) => amount > 0n)
    .map(([asset, amount]) => {
      const { symbol = null, decimals = null } = needs.asset(asset) ?? {}
      return { asset, symbol, decimals, amount: amount.toString(), krw: worth.get(asset)?.toString() ?? null }
    })
  return { loss: items, loss_krw: loss?.krw?.toString() ?? null }
}

/** This room's part of a case's page; trace and repayment are others'. */
export function incidentDetail(state: IncidentState, incident: string, needs: DetailNeeds) {
  const item = state.cases.get(incident)
  if (item === undefined) return undefined
  return {
    ...incidentItem(item),
    ...{ happened_at: item.happened_at, closed_at: item.closed_at ?? null },
    timeline: timelineOf(item, needs),
    clocks: sortedClocks(item).map(([, clock]) => clockItemOf(item, clock)),
    notices: [...item.notices.values()].map((notice) => noticeItem(item, notice)),
    thefts: [...item.thefts.values()].slice(0, THEFTS_SHOWN_MAX).map((t) => theftItem(item.chain ?? '', t, needs)),
    thefts_total: item.thefts.size,
    statements: [...item.statements].map(([about, text]) => ({ about, ...text })),
    ...lossOf(item, needs),
  }
}

export const noIncident = (incident: string) =>
  refuse('INCIDENT-001', `there is no incident ${incident}`, { field: 'incident' })
