/** The question: who would do what, on what, and when. */
import type { Refusal } from '../../../kernel/refusal.ts'

export type Principal =
  | {
      readonly kind: 'person'
      readonly person: string
      /** As they are now, in any order. */
      readonly roles: readonly string[]
      /** Enrolled first, by the one-time link of `pasu init`. */
      readonly founder: boolean
    }
  | { readonly kind: 'service'; readonly service: string; readonly scopes: readonly string[] }
  | { readonly kind: 'host' }

export interface Context {
  /** From the founder's enrolment until founding is closed. False while nobody is registered. */
  readonly founding: boolean
}

export interface Asked {
  readonly principal: Principal
  readonly action: string
  readonly context: Context
  /** Of the proposal: for actions on proposals, and only for them. */
  readonly proposer?: string
  /** Whose roles, keys, suspension or risk the proposal would change; absent where it is about nobody. */
  readonly about?: string
  /** Of the session or key: for actions on these, and only for them. */
  readonly owner?: string
}

export interface Allowed {
  readonly allowed: true
  /** The ids of the policies that permit it, sorted. */
  readonly because: readonly string[]
}

/** AUTHORITY-001 to -005; `context.policies` of AUTHORITY-002 are the ids of those that forbid it. */
export type Verdict = Allowed | Refusal

export interface Authority {
  /** Never throws. Anything but `allowed` is a no. */
  decide(asked: Asked): Verdict
  /** The actions permitted to the principal on at least one proposal, session or key that could be; sorted. */
  may(principal: Principal, context: Context): readonly string[]
  /** Of the schema and all policies: `sha256:` and 64 hexadecimal digits. What the journal can say was in force. */
  readonly digest: string
  readonly policies: readonly PolicyInForce[]
}

export interface PolicyInForce {
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  /** The file it stands in, such as `reading.cedar`. */
  readonly file: string
  readonly text: string
}
