/**
 * Refusals: the typed, numbered answers to what cannot be done. A number is never reused and never changes its meaning.
 * "Broken" (something of ours or of the outside failed) and "not allowed" (the rules say no) are different kinds, because a caller
 * retries the first and must never retry the second.
 */
import type { Json } from './canonical.ts'

/**
 * - `invalid`: the input is malformed; fix it. `denied`: well-formed, but the rules say no. `conflict`: contradicts what is already so.
 * - `missing`: no such thing. `busy`: try again later. `broken`: a fault; a person must look.
 */
export type RefusalKind = 'invalid' | 'denied' | 'conflict' | 'missing' | 'busy' | 'broken'

/** What the catalogue says of one number, in both languages. `help` tells what to do next. */
export interface RefusalEntry {
  readonly kind: RefusalKind
  readonly title: { readonly en: string; readonly ko: string }
  readonly help: { readonly en: string; readonly ko: string }
}

/** `GATE-014` -> its entry. Each room, and each layer below and above the rooms, lists its own. */
export type RefusalCatalogue = Readonly<Record<string, RefusalEntry>>

export interface Refusal {
  readonly refused: true
  readonly code: string
  readonly kind: RefusalKind
  /** One line: what happened, to what, what was expected. In English; the catalogue has both languages. */
  readonly detail: string
  /** Where in the input, as a path such as `amount` or `assets.0.id`. */
  readonly field?: string
  readonly expected?: string
  readonly context?: { readonly [key: string]: Json }
}

export type RefuseMore = Partial<Pick<Refusal, 'field' | 'expected' | 'context'>>

/** A function that makes refusals of one catalogue; an unlisted code fails to compile where the catalogue is a constant. */
export const refuser =
  <C extends RefusalCatalogue>(catalogue: C) =>
  (code: keyof C & string, detail: string, more: RefuseMore = {}): Refusal => {
    const entry = catalogue[code]
    if (entry === undefined) throw new Error(`no refusal ${code} in its catalogue`)
    return { refused: true, code, kind: entry.kind, detail, ...more }
  }

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true

/** Carries a refusal through code that can only throw: stores, files, the outside. Never used inside a decision. */
export class Refused extends Error {
  override name = 'Refused'
  readonly refusal: Refusal
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`${refusal.code} ${refusal.detail}`, options)
    this.refusal = refusal
  }
}
