/** What the incident room remembers: the packs and directories, the cases with their clocks and notices, and what waits for its time. */
import type { Instant } from '../../kernel/time.ts'
import { type Agenda, newAgenda } from './agenda.ts'
import type { Alarm, Channel, Fact, IncidentKind, Repaid, Severity, Traced } from './messages.ts'
import type { Bilingual, Language, Obligation, Pack, Trigger } from './rules.ts'

export interface Recipient {
  readonly channel: Channel
  readonly to: string
}

export interface Reporter {
  readonly platform: Bilingual
  readonly unit: Bilingual
  readonly contact: string
}

export interface Theft {
  readonly tx: string
  readonly place: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly height: number
  readonly block_at: Instant
  retracted: boolean
}

/** Something done or seen, told in notices. */
export interface Act {
  readonly fact: Fact
  readonly at: Instant
  readonly chain?: string | undefined
  readonly wallet?: string | undefined
  readonly asset?: string | undefined
  readonly amount?: bigint | undefined
  readonly tx?: string | undefined
  readonly to?: string | undefined
  readonly alarm?: Alarm | undefined
  readonly lasted_ms?: number | undefined
  readonly traced?: Traced | undefined
  readonly repaid?: Repaid | undefined
  readonly effect?: string | undefined
}

/**
 * One line of the case's history. `ref`: the movement's key, the clock's key or the notice's id; `text` where a person or a source
 * wrote one, as it was written, or in each language where it was written in both.
 */
export interface TimelineItem {
  readonly at: Instant
  /** Journal index: the fact's proof. */
  readonly index: number
  readonly kind: string
  readonly ref?: string | undefined
  readonly text?: string | Bilingual | undefined
  readonly act?: Act | undefined
}

export interface Clock {
  /** As it was when the clock started: a later pack does not change a running duty. */
  readonly obligation: Obligation
  readonly pack: string
  /** What its authority was called then. */
  readonly addressee: Bilingual
  readonly run: number
  readonly trigger: Trigger
  readonly started_at: Instant
  readonly due_at: Instant | undefined
  missed: boolean
  met_at: Instant | undefined
  late_ms: number | undefined
  evidence: string | undefined
  /** The notice that met it. */
  met_by: string | undefined
  /** The trigger fired again after this run's notice was approved: the next run began then. */
  again_at: Instant | undefined
  /** Its notices: the one in the recipient's language is sent, the other is for reading. */
  readonly notices: { en?: string; ko?: string }
}

export type NoticeStatus = 'drafted' | 'approved' | 'sent' | 'failed' | 'acknowledged'

export interface Notice {
  readonly notice: string
  readonly incident: string
  /** Key of its clock within the case. */
  readonly clock: string
  readonly language: Language
  channel: Channel | 'none'
  to: string
  subject: string
  body: string
  status: NoticeStatus
  drafted_at: Instant
  /** When the case first changed after the text was drawn. */
  stale_since: Instant | undefined
  /** When something that an authority must hear of was first found after the text was drawn. */
  untold_since: Instant | undefined
  approved_at: Instant | undefined
  sent_at: Instant | undefined
  receipt: string | undefined
  /** Why it could not be delivered: for good where it failed, so far where it is approved and tried again. */
  why: string | undefined
  reference: string | undefined
}

export interface Case {
  readonly incident: string
  readonly kind: IncidentKind
  readonly severity: Severity
  readonly chain: string | undefined
  readonly wallet: string | undefined
  readonly summary: string
  /** What a source said when the case opened. */
  readonly detail: string | undefined
  /** Who was let act for the wallet, and by which transaction. */
  readonly tx: string | undefined
  readonly to: string | undefined
  readonly happened_at: Instant
  readonly aware_at: Instant
  closed_at: Instant | undefined
  /** By `tx:place`, in the order seen. */
  readonly thefts: Map<string, Theft>
  retracted: number
  /** Sums of what is not retracted, by asset, in base units. */
  readonly stolen: Map<string, bigint>
  readonly acts: Act[]
  readonly statements: Map<string, Bilingual>
  readonly timeline: TimelineItem[]
  /** By `obligation` for the first run, `obligation.2` for the second, and so on. */
  readonly clocks: Map<string, Clock>
  /** Obligation -> its last run. */
  readonly runs: Map<string, number>
  /** Trigger -> when it first fired: a clock that starts later through a new pack still counts from then. */
  readonly fired: Map<Trigger, Instant>
  /** In the order drafted. */
  readonly notices: Map<string, Notice>
  /** Clocks that still want their first drafts. */
  readonly undrafted: Set<string>
  /** Whether every notice is marked stale already: a storm of thefts then costs nothing more. */
  stale: boolean
  /** The same for findings: whether every notice is marked as not telling one. */
  untold: boolean
  open_clocks: number
}

/** A halt that stands, by the scope it was recorded with. */
export interface Block extends Act {
  /** The case in which it was recorded first: its lifting is told there, even when that case is closed by then. */
  readonly incident: string
  readonly text: string | undefined
}

export interface IncidentState {
  readonly packs: Map<string, Pack>
  /** `authority language` -> where its notices go. */
  readonly recipients: Map<string, Recipient>
  reporter: Reporter | undefined
  readonly cases: Map<string, Case>
  /** In the order opened. */
  readonly open: Set<string>
  /** `kind|wallet|chain` -> its open case. */
  readonly openBy: Map<string, string>
  /** `chain|tx|place` -> the case that counts the movement. */
  readonly movements: Map<string, string>
  readonly noticeCase: Map<string, string>
  readonly blocks: Map<string, Block>
  readonly agenda: Agenda
}

export const initial = (): IncidentState => ({
  packs: new Map(),
  recipients: new Map(),
  reporter: undefined,
  cases: new Map(),
  open: new Set(),
  openBy: new Map(),
  movements: new Map(),
  noticeCase: new Map(),
  blocks: new Map(),
  agenda: newAgenda(),
})

/** The case of an event. The journal never speaks of one that it has not opened. */
export function caseOf(state: IncidentState, incident: string): Case {
  const found = state.cases.get(incident)
  if (found === undefined) throw new Error(`the journal speaks of ${incident} before it was opened`)
  return found
}

interface Place {
  readonly chain?: string | undefined
  readonly wallet?: string | undefined
  readonly asset?: string | undefined
}

export const caseKey = (kind: IncidentKind, { chain, wallet }: Place): string =>
  `${kind}|${wallet ?? ''}|${chain ?? ''}`
export const movementKey = (chain: string, tx: string, place: number): string => `${chain}|${tx}|${place}`
export const theftKey = (tx: string, place: number): string => `${tx}:${place}`
export const blockKey = ({ chain, wallet, asset }: Place): string => `${chain ?? ''}|${wallet ?? ''}|${asset ?? ''}`
export const recipientKey = (authority: string, language: Language): string => `${authority} ${language}`
export const clockKey = (obligation: string, run: number): string => (run === 1 ? obligation : `${obligation}.${run}`)

/** Agenda keys; neither an incident's nor a clock's id has a space. */
export const clockItem = (incident: string, clock: string): string => `clock ${incident} ${clock}`
export const draftItem = (incident: string): string => `draft ${incident}`

/** A deadline that can be missed by the clock: of a law in force, with a moment that is not the start itself. */
export const canBeMissed = ({ obligation, due_at }: Pick<Clock, 'obligation' | 'due_at'>): boolean =>
  due_at !== undefined &&
  obligation.state === 'in_force' &&
  (obligation.deadline.kind === 'within' || obligation.deadline.kind === 'business_days')
