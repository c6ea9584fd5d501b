/** The words that a notice needs, in one language. Two tables of this type exist; a sentence missing in one does not compile. */
import type { Instant } from '../../../kernel/time.ts'
import type { Channel, Fact, IncidentKind, Repaid, Traced } from '../messages.ts'
import type { Language } from '../rules.ts'
import type { Act } from '../state.ts'
import type { Amount } from './facts.ts'

export interface Words {
  readonly language: Language
  /** Both times, exact: `2025-11-27 04:42:10 KST (2025-11-26 19:42:10 UTC)`. */
  readonly time: (at: Instant) => string
  readonly pending: string
  readonly unset: { readonly reporter: string; readonly platform: string }
  readonly proposed: string
  readonly kind: Readonly<Record<IncidentKind, string>>
  /** Why customers were stopped; for a plain block only a person knows. */
  readonly reason: Readonly<Record<Exclude<IncidentKind, 'block'>, string>>
  readonly fact: Readonly<Record<Fact, string>>
  readonly head: {
    readonly to: string
    readonly from: string
    readonly incident: string
    readonly asOf: string
  }
  readonly under: (act: string, basis: string) => string
  readonly section: {
    readonly what: string
    readonly damage: string
    readonly done: string
    readonly asked: string
    readonly contact: string
    readonly stopped: string
    readonly care: string
    readonly resume: string
    readonly basis: string
  }
  readonly what: {
    readonly kind: string
    readonly wallet: string
    readonly chain: string
    readonly happened: string
    readonly aware: string
    readonly movements: string
    readonly count: (count: number) => string
    readonly between: (first: string, last: string) => string
    readonly retracted: string
  }
  readonly amount: (amount: Amount) => string
  readonly krw: (won: bigint) => string
  /** Beside an amount whose price nobody knows yet. */
  readonly noPrice: string
  readonly total: string
  readonly noLoss: string
  readonly listed: string
  readonly more: (count: number) => string
  readonly omitted: (count: number) => string
  readonly scope: (act: Pick<Act, 'chain' | 'wallet' | 'asset'> & { readonly symbol?: string | undefined }) => string
  readonly see: (section: number) => string
  readonly letters: (place: number) => string
  readonly run: (run: number) => string
  /** A length of time in two units: `5 h 31 min`. */
  readonly span: (ms: number) => string
  /** What the time line says beside what a notice says. */
  readonly told: {
    readonly further: string
    readonly undone: string
    readonly closed: string
    readonly traced: (found: Traced) => string
    readonly repaid: (claims: Repaid) => string
    readonly lasted: (span: string) => string
    readonly letAct: (who: string, tx: string) => string
    readonly due: (when: string) => string
    readonly dueUnset: string
    readonly missed: string
    readonly afterDue: (span: string) => string
    readonly sent: (notice: string, channel: Channel, to: string) => string
  }
  readonly close: string
  readonly customers: {
    readonly greeting: string
    readonly intro: Readonly<Record<IncidentKind, string>>
    readonly target: string
    readonly since: string
    readonly until: string
    readonly reason: string
    readonly happened: string
    readonly aware: string
    readonly suspected: string
    readonly value: string
    readonly care: readonly string[]
    readonly resume: string
    readonly further: string
    readonly contact: string
  }
}
