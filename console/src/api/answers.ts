/** Answers of the API about the directory, repayment and the record. */
import type { z } from 'zod'
import type { Channel } from '../../../src/rooms/incident/messages.ts'
import type { Bilingual, Language, Obligation } from '../../../src/rooms/incident/rules.ts'
import type { Fund, events as liabilityEvents } from '../../../src/rooms/liability/messages.ts'
import type { RepaymentStatus, RepaymentSummary } from './types.ts'

export interface Recipient {
  readonly authority: string
  readonly language: Language
  readonly channel: Channel
  readonly to: string
}

export interface Pack {
  readonly pack: string
  readonly jurisdiction: string
  readonly as_of: string
  readonly digest: string
  /** How the addressees are called; an older server leaves them out. */
  readonly authorities?: readonly (Bilingual & { readonly authority: string })[]
  readonly obligations: readonly Obligation[]
}

export interface RepaymentItem {
  readonly repayment: string
  readonly claim: string
  readonly customer: string
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly amount: string
  readonly krw: string
  readonly pay_to: string
  readonly status: RepaymentStatus
  readonly tx: string | null
  readonly why: string | null
  readonly draws: readonly { readonly fund: Fund; readonly krw: string }[]
}

export interface Repayments {
  readonly summary: RepaymentSummary
  readonly items: readonly RepaymentItem[]
  readonly unfunded: readonly Unfunded[]
  /** A long plan goes on by itself; until then more items come. */
  readonly planning: boolean
  readonly next: number | null
}

export interface Unfunded {
  readonly claim: string
  readonly customer: string
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly amount: string
  readonly why: z.output<(typeof liabilityEvents)['repayment.unfunded']>['why']
  readonly missing_krw: string | null
}

export interface FundRow {
  readonly fund: Fund
  readonly krw: string
  readonly drawn: string
  readonly left: string
}

export interface JournalEntry {
  readonly index: number
  readonly at: number
  /** Who: `operator`, `server`, … */
  readonly by?: string
  readonly kind: string
  readonly type: string
  readonly data: unknown
}

export interface Events {
  readonly items: readonly JournalEntry[]
  readonly size: number
}

export interface Verification {
  readonly ok: boolean
  readonly size: number
  readonly root: string
  readonly faults: readonly { readonly where: string; readonly index: number | null; readonly what: string }[]
  /** Faults beyond those that are listed. */
  readonly more: number
  readonly ms: number
}

export interface Explanation {
  readonly code: string
  readonly kind: string
  readonly title: Bilingual
  readonly help: Bilingual
}
