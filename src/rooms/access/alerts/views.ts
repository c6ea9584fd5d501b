/** Alerts as people read them, and who is at risk as proposals ask it. */
import { z } from 'zod'
import type { Json } from '../../../kernel/canonical.ts'
import type { Instant } from '../../../kernel/time.ts'
import { BUDGET_PER_DAY, nameOfDay } from '../engine/index.ts'
import { type Alert, type AlertsState, type LastUpload, openRisk, uploadKey } from './state.ts'

/** A page that a screen shows; further ones are asked for. */
const PAGE_DEFAULT = 50
export const PAGE_MAX = 200
/** Days told beside the alerts: a month. */
const DAYS_TOLD_MAX = 31

export const alertsParams = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
  /** The `next` of the page before. */
  before: z.coerce.number().int().min(0).optional(),
})

/** `events`: the lines behind a detection; of anything else the entry that tells of it. */
const shown = ({ order, person, account, source, why, lines, ...rest }: Alert): Json => ({
  ...rest,
  why: { ...why },
  person: person ?? null,
  account: account ?? null,
  source: source ?? null,
  events: lines.length === 0 ? [order] : [...lines],
})

/** Days with alarms, newest first, each beside the budget, which hides nothing. */
const daysOf = ({ days }: AlertsState): Json =>
  [...days]
    .sort(([a], [b]) => b - a)
    .slice(0, DAYS_TOLD_MAX)
    .map(([day, alarms]) => ({ day: nameOfDay(day), alarms, budget: BUDGET_PER_DAY }))

const newestFirst = (a: Alert, b: Alert): number => b.order - a.order

/** Newest first. `next` goes into `before`. */
export function alertsPage(state: AlertsState, { limit, before }: z.output<typeof alertsParams>): Json {
  const all = [...state.detections.values(), ...state.attempts.values()]
  const rest = (before === undefined ? all : all.filter(({ order }) => order < before)).sort(newestFirst)
  const page = rest.slice(0, limit)
  const next = rest.length > limit ? (page.at(-1)?.order ?? null) : null
  return { items: page.map(shown), next, days: daysOf(state) }
}

export interface AtRisk {
  readonly person: string
  readonly since: Instant
  readonly why: string
  /** The alert that raised it. */
  readonly alert?: string
}

export interface RiskSpan {
  readonly person: string
  readonly from: Instant
  /** Absent while it lasts. */
  readonly until?: Instant
}

export function riskOf(state: AlertsState, person: string): AtRisk | undefined {
  const risk = openRisk(state, person)
  if (risk === undefined) return undefined
  const { from, why, alert } = risk
  return { person, since: from, why, ...(alert === undefined ? {} : { alert }) }
}

/** Who is at risk now, in the order in which people first came to be. */
export const atRisk = (state: AlertsState): AtRisk[] =>
  [...state.risks.keys()].map((person) => riskOf(state, person)).filter((risk) => risk !== undefined)

/** Every span of risk there ever was. */
export const risks = (state: AlertsState): RiskSpan[] =>
  [...state.risks].flatMap(([person, spans]) =>
    spans.map(({ from, until }) => ({ person, from, ...(until === undefined ? {} : { until }) })),
  )

/** What the journal knows of a source, for the feed: what was told last, and whether an upload was told whole. */
export interface ToldOf {
  readonly last: LastUpload | undefined
  readonly isTold: (digest: string) => boolean
}

export const toldOf = (state: AlertsState, source: string): ToldOf => ({
  last: state.last.get(source),
  isTold: (digest) => {
    const upload = state.uploads.get(uploadKey(source, digest))
    return upload !== undefined && upload.told.size === upload.parts
  },
})
