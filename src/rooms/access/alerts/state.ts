/** What is remembered of alerts, uploads and risks. Plain data; every list that outsiders could fill has a bound. */
import type { Instant } from '../../../kernel/time.ts'
import type { Severity, Words } from '../engine/index.ts'
import type { Memory } from './messages.ts'

/** Detections that can be listed, two years of them at the budget; older ones are in the journal. About 1 KiB each. */
export const DETECTIONS_KEPT_MAX = 10_000
/** Attempts that can be listed, beside and never in place of detections: who knocks all night must not push out what was detected. */
export const ATTEMPTS_KEPT_MAX = 5_000
/** Uploads that are known again: two weeks of one a minute. */
export const UPLOADS_KEPT_MAX = 20_000
/** Days of which the alarms are counted: what a yearly audit asks for. */
export const DAYS_KEPT_MAX = 400
/** Accounts whose suspension is remembered; the policy never suspends so many within its window. */
export const SUSPENDED_KEPT_MAX = 100

export interface Alert {
  readonly alert: string
  /** The journal index of its event: alerts are listed by it. */
  readonly order: number
  /** When it happened; for an attempt, when it was told. */
  readonly at: Instant
  readonly kind: 'detection' | 'attempt'
  readonly severity: Severity
  readonly person: string | undefined
  readonly account: string | undefined
  /** The detector, the number of the refusal, or `behaviour_lost`. */
  readonly what: string
  readonly why: Words
  /** The log, or where the attempt came from. */
  readonly source: string | undefined
  /** Lines of the source, for a detection. */
  readonly lines: readonly number[]
}

export interface Upload {
  readonly parts: number
  readonly read: string
  readonly told: Set<number>
}

/** The upload of a source that was told last. */
export interface LastUpload {
  readonly digest: string
  readonly before: string
  readonly read: string
  /** SHA-256 of what the feed kept, before and after; absent where it began anew. */
  readonly stateBefore: string | undefined
  readonly state: string
  readonly memory: Memory
}

export interface Risk {
  readonly from: Instant
  readonly why: string
  readonly alert: string | undefined
  until: Instant | undefined
}

export interface AlertsState {
  readonly detections: Map<string, Alert>
  readonly attempts: Map<string, Alert>
  /** By {@link uploadKey}. */
  readonly uploads: Map<string, Upload>
  /** By source. */
  readonly last: Map<string, LastUpload>
  /** Local day since 1970 -> alarms on it. */
  readonly days: Map<number, number>
  /** {@link suspendedKey} -> when the policy last suspended it. */
  readonly suspended: Map<string, Instant>
  /** By person, each in the order of time; only the last may be open. */
  readonly risks: Map<string, Risk[]>
}

export const initialAlerts = (): AlertsState => ({
  detections: new Map(),
  attempts: new Map(),
  uploads: new Map(),
  last: new Map(),
  days: new Map(),
  suspended: new Map(),
  risks: new Map(),
})

export const uploadKey = (source: string, digest: string): string => `${source} ${digest}`
export const suspendedKey = (source: string, account: string): string => `${source} ${account}`

/** The person's open risk. */
export function openRisk({ risks }: AlertsState, person: string): Risk | undefined {
  const last = risks.get(person)?.at(-1)
  return last?.until === undefined ? last : undefined
}
