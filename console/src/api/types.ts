/**
 * What the API answers. The words that the rooms' schemas fix are taken from those schemas, so that a new state on the server does not
 * compile here until it has a colour and a name; the shapes around them are the routes' own. Amounts are decimal strings of base
 * units, instants milliseconds since 1970.
 */
import type { z } from 'zod'
import type { Permit, permitSchema, walletKindSchema } from '../../../src/rooms/gate/messages.ts'
import type {
  Channel,
  Fact as FactKind,
  IncidentKind,
  commands as incidentCommands,
  Severity,
} from '../../../src/rooms/incident/messages.ts'
import type { Bilingual, Deadline, Language, Obligation, Trigger } from '../../../src/rooms/incident/rules.ts'
import type { Fund } from '../../../src/rooms/liability/messages.ts'
import type { commands as watchCommands } from '../../../src/rooms/watch/messages.ts'

export type {
  Bilingual,
  Channel,
  Deadline,
  FactKind,
  Fund,
  IncidentKind,
  Language,
  Obligation,
  Permit,
  Severity,
  Trigger,
}
export type PermitKind = z.output<typeof permitSchema>['kind']
export type WalletKind = z.output<typeof walletKindSchema>
export type Reporter = z.output<(typeof incidentCommands)['reporter.set']>
export type SourceStatus = z.output<(typeof watchCommands)['source.report']>['status']

export type PlatformStatus = 'normal' | 'halted'
export type WatcherStatus = 'reading' | 'blind' | 'behind'
export type WithdrawalStatus = 'permitted' | 'held' | 'denied' | 'settled' | 'unlanded'
export type TransferKind = 'matched' | 'internal' | 'received' | 'unpermitted' | 'reverted'
/** How many things wait for a person, or to leave; an older server does not tell the outbox. */
export const WAITING = ['notices', 'holds', 'outbox'] as const
export type Waiting = (typeof WAITING)[number]
export const waitingOf = (state: State, part: Waiting): number => state.waiting[part] ?? 0

export type ClockStatus = 'running' | 'met' | 'late' | 'missed'
export type NoticeStatus = 'drafted' | 'approved' | 'sent' | 'failed' | 'acknowledged'
export type TraceStatus = 'running' | 'recorded' | 'failed'
export type RepaymentStatus = 'planned' | 'requested' | 'settled' | 'refused' | 'withdrawn'
export type IncidentStatus = 'open' | 'closed'

export interface Halt {
  readonly scope: string
  readonly reason: string
  readonly since: number
  readonly by: string
  /** What the machine saw, where it halted by itself. */
  readonly alarm: 'theft' | 'delegation' | 'blind' | null
}

export interface Watcher {
  readonly chain: string
  readonly status: WatcherStatus
  readonly height: number
  readonly block_at: number | null
  readonly sources: readonly {
    readonly source: string
    readonly status: SourceStatus
    readonly detail: string
    readonly since: number
  }[]
}

export interface State {
  readonly now: number
  readonly status: PlatformStatus
  readonly halts: readonly Halt[]
  readonly halt_epoch: number
  readonly watchers: readonly Watcher[]
  readonly nearest_clock: {
    readonly incident: string
    readonly obligation: string
    readonly authority: string
    readonly due_at: number
    readonly status: ClockStatus
  } | null
  readonly waiting: { readonly [W in Waiting]?: number }
  readonly journal: {
    readonly size: number
    readonly root: string
    readonly checkpoint_at: number | null
    readonly verified_at: number | null
    readonly verified_size: number | null
  }
  readonly incidents_open: number
  readonly platform: string
  readonly version: string
}

export interface Wallet {
  readonly wallet: string
  readonly kind: WalletKind
  readonly chain: string
  readonly account: string
  readonly refuge: string | null
  readonly halted: boolean
  readonly assets: readonly {
    readonly asset: string
    readonly symbol: string
    readonly decimals: number
    readonly holding: string | null
    readonly krw: string | null
  }[]
  readonly permits: { readonly open: number; readonly settled: number; readonly unlanded: number }
  readonly unpermitted: number
}

export interface Reason {
  readonly code: string
  readonly detail: string
}

export interface Withdrawal {
  readonly withdrawal: string
  readonly wallet: string
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  readonly amount: string
  readonly to: string
  readonly purpose: 'customer' | 'repayment' | 'treasury'
  readonly customer: string | null
  readonly status: WithdrawalStatus
  readonly reasons: readonly Reason[]
  readonly permit: string | null
  readonly requested_at: number
  readonly expires_at: number | null
  readonly until: number | null
  readonly tx: string | null
}

/** `permitted` while it can be spent; `expired` while it can only land. */
export type PermitStatus = 'permitted' | 'expired' | 'settled' | 'unlanded'

export interface PermitAnswer extends Permit {
  readonly status: PermitStatus
  /** The signed permit, only while a signer may still spend it. */
  readonly jws: string | null
}

/** One withdrawal by its id: the permit in full. */
export interface WithdrawalDetail extends Omit<Withdrawal, 'permit'> {
  readonly permit: PermitAnswer | null
}

export interface Transfer {
  readonly tx: string
  readonly place: number
  readonly chain: string
  readonly height: number
  readonly block_at: number
  readonly seen_at: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
  readonly kind: TransferKind
  readonly wallet: string
  readonly permit: string | null
  readonly near: { readonly permit: string; readonly differs: string } | null
}

export interface Page<Item, Cursor = string> {
  readonly items: readonly Item[]
  readonly next: Cursor | null
}

export interface IncidentRow {
  readonly incident: string
  readonly kind: IncidentKind
  readonly severity: Severity
  readonly status: IncidentStatus
  /** `null` only where everything was stopped and no other case knows why. */
  readonly chain: string | null
  readonly wallet: string | null
  readonly summary: string
  readonly summary_ko: string
  readonly aware_at: number
  readonly thefts: number
  readonly clocks_running: number
}

export interface Clock {
  readonly obligation: string
  /** How often the duty arose in this case: 1, 2, … */
  readonly run: number
  readonly title: Bilingual
  readonly authority: string
  readonly state: Obligation['state']
  readonly verified: boolean
  readonly trigger: Trigger
  readonly started_at: number
  /** `null`: no time is set in law yet. Never nearest, never late. */
  readonly due_at: number | null
  readonly deadline: Deadline
  readonly status: ClockStatus
  readonly met_at: number | null
  readonly late_ms: number | null
  readonly evidence: string | null
  readonly evidence_ko: string | null
  readonly source: string
  readonly basis: Bilingual
  readonly sanction: Bilingual | null
  readonly note: Bilingual | null
}

export interface Notice {
  readonly notice: string
  readonly obligation: string
  /** Which arising of the duty it fulfils. */
  readonly run: number
  readonly authority: string
  readonly language: Language
  /** `none`: a reading copy, or nobody is set to receive it. */
  readonly channel: Channel | 'none'
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly status: NoticeStatus
  readonly drafted_at: number
  readonly approved_at: number | null
  readonly sent_at: number | null
  readonly receipt: string | null
  readonly why: string | null
  readonly reference: string | null
  /** The case changed then, after the text was drawn. */
  readonly stale_since: number | null
}

export interface Theft {
  readonly tx: string
  readonly place: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly amount: string
  readonly krw: string | null
  readonly block_at: number
  readonly retracted: boolean
}

/** An asset without a price has neither symbol nor decimals in the books. */
export interface LossOfAsset {
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly amount: string
  readonly krw: string | null
}

export interface TraceState {
  readonly trace: string
  readonly status: TraceStatus
  readonly run: number
  readonly edges: number
  readonly addresses: number
  readonly services: readonly ServiceReached[]
  readonly unaccounted: readonly AssetAmount[]
  readonly digest: string | null
}

/** The trace's own page knows more than the case does. */
export interface TraceView extends TraceState {
  readonly incident: string
  readonly chain: string
  readonly method: string
  readonly sources: readonly string[]
  readonly postponed: boolean
  readonly why: string | null
  readonly input_digest: string | null
}

export interface ServiceReached {
  readonly entity: string
  readonly kind: string
  readonly asset: string
  readonly amount: string
}

export interface AssetAmount {
  readonly asset: string
  readonly amount: string
}

export interface RepaymentSummary {
  readonly planned_krw: string
  readonly repaid_krw: string
  readonly claims: number
  readonly planned: number
  readonly requested: number
  readonly settled: number
  readonly refused: number
  readonly by_source: { readonly [source in Fund]: string }
}

export interface TimelineEntry {
  readonly at: number
  readonly index: number
  readonly kind: string
  readonly text: string
  readonly text_ko: string
}

/** How fast each step was, in milliseconds from awareness; `null` where it has not happened. */
export interface IncidentRecord {
  readonly happened_at: number
  readonly aware_at: number
  readonly detection_ms: number
  readonly halted_at: number | null
  readonly evacuation_ordered_at: number | null
  readonly first_evacuated_at: number | null
  readonly notices: readonly { readonly sent_at: number | null }[]
}

export interface Incident extends Omit<IncidentRow, 'thefts' | 'clocks_running'> {
  readonly happened_at: number
  readonly closed_at: number | null
  readonly timeline: readonly TimelineEntry[]
  readonly clocks: readonly Clock[]
  readonly notices: readonly Notice[]
  readonly thefts: readonly Theft[]
  /** The list above holds at most a thousand. */
  readonly thefts_total: number
  /** What people answered to what a notice must say. */
  readonly statements: readonly { readonly about: string; readonly en: string; readonly ko: string }[]
  readonly loss: readonly LossOfAsset[]
  /** `null` where a price is missing. */
  readonly loss_krw: string | null
  readonly trace: TraceState | null
  readonly repayment: RepaymentSummary | null
}

export type {
  Events,
  Explanation,
  FundRow,
  JournalEntry,
  Pack,
  Recipient,
  RepaymentItem,
  Repayments,
  Unfunded,
  Verification,
} from './answers.ts'
