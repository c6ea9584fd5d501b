/** The audit itself: entry after entry, each held against all that was recorded before it. */
import type { z } from 'zod'

import { parse } from '../../../kernel/input.ts'
import { faultLine } from '../../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Instant } from '../../../kernel/time.ts'
import type { Entry } from '../../../machine/entry.ts'
import type { Data, Happened } from '../../../machine/room.ts'
import { isGuarded } from '../acts.ts'
import { evolveAlertsHere } from '../alerts-here.ts'
import { evolvePeople } from '../fold-people.ts'
import { evolveProposals } from '../fold-proposals.ts'
import { events } from '../messages.ts'
import { type AccessState, initial, type Phase, phaseOf } from '../state.ts'
import { actBehind } from './effects.ts'
import { Licences } from './licences.ts'
import { commandFault, peopleChecks } from './people.ts'
import { proposalChecks } from './proposals.ts'
import { checkRecord, type Past } from './record.ts'
import { refuse } from './refusals.ts'
import type { Seen } from './seen.ts'
import { Turns } from './turns.ts'

/** More than anybody reads; the rest is counted. */
const FINDINGS_MAX = 1_000

export interface AuditFinding {
  /** Of the entry in the log. */
  readonly index: number
  readonly turn: number
  readonly code: string
  readonly detail: string
}

export interface Audit {
  readonly ok: boolean
  readonly entries: number
  readonly phase: Phase
  readonly people: number
  readonly keys: number
  readonly proposals: number
  /** Outcome -> proposals, as the engine judges each. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Signatures verified. */
  readonly approvals: number
  /** Done by the founder alone, before founding was closed. */
  readonly founding_acts: number
  readonly findings: readonly AuditFinding[]
  /** Findings beyond the first 1,000. */
  readonly more: number
}

type Check = (seen: Seen, data: Data) => Refusal | readonly Refusal[] | undefined
type Fold = (state: AccessState, data: Data, happened: Happened) => void
const CHECKS: ReadonlyMap<string, Check> = new Map(
  Object.entries({ ...peopleChecks, ...proposalChecks }) as [string, Check][],
)
const FOLDS: ReadonlyMap<string, Fold> = new Map(
  Object.entries({ ...evolvePeople, ...evolveProposals, ...evolveAlertsHere }) as [string, Fold][],
)
const SCHEMAS: ReadonlyMap<string, z.ZodType<Data>> = new Map(Object.entries<z.ZodType<Data>>(events))

const listOf = (found: Refusal | readonly Refusal[] | undefined): readonly Refusal[] =>
  found === undefined ? [] : isRefusal(found) ? [found] : (found as readonly Refusal[])

export class ApprovalAudit {
  readonly #state = initial()
  readonly #past: Past = { policies: new Map(), sites: [] }
  readonly #turns = new Turns()
  readonly #licences = new Licences()
  readonly #findings: AuditFinding[] = []
  #more = 0
  #entries = 0
  #approvals = 0
  #foundingActs = 0
  #lastAt: Instant = 0

  #tell(entry: Pick<Entry, 'turn'>, { code, detail }: Refusal): void {
    const found = { index: this.#entries, turn: entry.turn, code, detail }
    if (this.#findings.length < FINDINGS_MAX) this.#findings.push(found)
    else this.#more += 1
  }

  /** An entry that could not even be read. */
  unreadable(detail: string): void {
    this.#tell({ turn: this.#turns.command?.turn ?? 0 }, refuse('AUDIT-001', detail))
    this.#entries += 1
  }

  /** Entries come in the order of the log, from its first. */
  take(entry: Entry): void {
    const fault = this.#turns.take(entry)
    if (fault !== undefined) this.#tell(entry, fault)
    if (entry.kind === 'command') {
      this.#licences.begin()
      const taken = commandFault({ state: this.#state, entry })
      if (taken !== undefined) this.#tell(entry, taken)
    } else this.#event(entry)
    this.#entries += 1
    this.#lastAt = entry.at
  }

  #event(entry: Entry): void {
    const isBare = phaseOf(this.#state) === 'bare'
    const outside = isBare || this.#cameOtherwise(entry) ? undefined : this.#licences.fault(entry)
    if (outside !== undefined) this.#tell(entry, outside)
    if (entry.type === 'notice.sent') this.#licences.noteSent(String(entry.data.notice))
    const schema = SCHEMAS.get(entry.type)
    if (schema === undefined) return
    const data = parse(schema, entry.data)
    if (isRefusal(data)) {
      this.#tell(entry, refuse('AUDIT-002', `${entry.type}: ${data.detail}`))
      return
    }
    const [command, past] = [this.#turns.command ?? entry, this.#past]
    const seen = { entry, command, state: this.#state, past, licences: this.#licences }
    const check = isBare && actBehind(entry.type) !== undefined ? undefined : CHECKS.get(entry.type)
    const wrong = listOf(check?.(seen, data))
    for (const fault of wrong) this.#tell(entry, fault)
    // What fits nothing is told and left out: folded, it would hide what was there.
    if (!wrong.some(({ code }) => code === 'AUDIT-002')) this.#fold(entry, data)
  }

  /** Keys come by links and with the first enrolment as well: `people.ts` holds those against V9. */
  #cameOtherwise = ({ type, cause }: Entry): boolean => type === 'key.registered' && cause === undefined

  #fold(entry: Entry, data: Data): void {
    const { at, by, type } = entry
    const before = this.#state.site
    try {
      FOLDS.get(type)?.(this.#state, data, { at, by, index: this.#entries })
    } catch (fault) {
      this.#tell(entry, refuse('AUDIT-002', `${type}: ${faultLine(fault)}`))
      return
    }
    if (type === 'site.changed' && before !== undefined) this.#past.sites.push({ site: before, until: at })
    if (type === 'proposal.made') {
      const { proposal } = data.proposal as { readonly proposal: string }
      this.#past.policies.set(proposal, this.#state.policies.length)
    }
    if (type === 'proposal.approved') this.#approvals += 1
    if (type !== 'proposal.executed' && type !== 'founding.acted') return
    const { act, parameters } = data as { readonly act: string; readonly parameters: Data }
    if (type === 'founding.acted') this.#foundingActs += 1
    if (isGuarded(act)) this.#licences.grant(act, parameters)
  }

  /** What was found, and every proposal judged as it stands at the end. */
  end(): Audit {
    const { people, proposals, credentials } = this.#state
    const outcomes: Record<string, number> = {}
    for (const found of proposals.values()) {
      const state = found.ended?.state ?? this.#judged(found)
      outcomes[state] = (outcomes[state] ?? 0) + 1
    }
    return {
      ok: this.#findings.length === 0,
      ...{ entries: this.#entries, phase: phaseOf(this.#state), people: people.size, keys: credentials.size },
      ...{ proposals: proposals.size, outcomes, approvals: this.#approvals, founding_acts: this.#foundingActs },
      ...{ findings: this.#findings, more: this.#more },
    }
  }

  #judged(found: Parameters<typeof checkRecord>[2]): string {
    const checked = checkRecord(this.#state, this.#past, found, this.#lastAt)
    return isRefusal(checked) ? 'unreadable' : checked.outcome.state
  }
}
