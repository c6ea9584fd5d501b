/** The audit: one pass over the entries, then every proposal judged by its record. */
import { asJson, canonical } from '../../../kernel/canonical.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Instant } from '../../../kernel/time.ts'
import type { Entry } from '../../../machine/entry.ts'
import { isGuarded } from '../acts.ts'
import { checkApprovals } from '../engine/approval/index.ts'
import { evolve } from '../evolve.ts'
import { personOf } from '../guard.ts'
import { events } from '../messages.ts'
import { type AccessState, initial, phaseOf } from '../state.ts'
import { actBehind } from './effects.ts'
import { type Collected, collect, proposalIn, recordOf } from './records.ts'
import { refuse } from './refusals.ts'

export interface Fault {
  /** Journal index of the entry at which it shows. */
  readonly index: number
  readonly refusal: Refusal
}

export interface Audited {
  readonly ok: boolean
  readonly entries: number
  readonly people: number
  readonly proposals: number
  readonly executed: number
  /** Signatures that were verified again and count. */
  readonly approvals: number
  readonly faults: readonly Fault[]
}

/** Faults kept: the first tell what happened; a journal forged from end to end would fill the memory. */
const FAULTS_MAX = 1_000

interface Done {
  readonly act: unknown
  readonly parameters: object
}

export class Audit {
  readonly #state: AccessState = initial()
  readonly #proposals = new Map<string, Collected>()
  readonly #faults: Fault[] = []
  #command: Entry | undefined
  /** Acts executed in the present turn. */
  #done: Done[] = []
  #index = 0
  #at: Instant = 0

  /** Entries in order, from the first. */
  take(entry: Entry): void {
    if (entry.kind === 'command') this.#begin(entry)
    else this.#event(entry)
    this.#at = entry.at
    this.#index += 1
  }

  #fault(refusal: Refusal, index = this.#index): void {
    if (this.#faults.length < FAULTS_MAX) this.#faults.push({ index, refusal })
  }

  #begin(entry: Entry): void {
    this.#command = entry
    this.#done = []
    if (phaseOf(this.#state) === 'bare' || !isGuarded(entry.type)) return
    this.#fault(refuse('AUDIT-001', `${entry.type} by ${entry.by}`))
  }

  #event(entry: Entry): void {
    const { type } = entry
    if (phaseOf(this.#state) !== 'bare') this.#ask(entry)
    if (type === 'proposal.executed' || type === 'founding.acted') {
      const { act, parameters } = entry.data
      this.#done.push({ act, parameters: typeof parameters === 'object' && parameters !== null ? parameters : {} })
    }
    if (type.startsWith('proposal.') || type === 'call.answered') this.#collect(entry)
    if (Object.hasOwn(events, type)) this.#fold(entry)
  }

  /** What the event would need to stand here. */
  #ask(entry: Entry): void {
    const { type, cause, data } = entry
    if (type === 'founding.acted') this.#askFounder(entry)
    if (type === 'key.registered') this.#askKey(entry)
    const act = actBehind(type) ?? (cause !== undefined && isGuarded(cause) ? cause : undefined)
    if (act === undefined) return
    const done = this.#done.find((one) => one.act === act)
    if (done === undefined || cause !== act) {
      this.#fault(refuse('AUDIT-002', `${type} without an execution of ${act} in its turn`))
    } else if (!agrees(done.parameters, data)) {
      this.#fault(refuse('AUDIT-002', `${type} says something else than the ${act} that was executed`))
    }
  }

  #askFounder({ by }: Entry): void {
    if (phaseOf(this.#state) === 'founding' && personOf(by) === this.#state.founder) return
    this.#fault(refuse('AUDIT-004', `${by} acted alone, the phase is ${phaseOf(this.#state)}`))
  }

  #askKey({ data, cause, at }: Entry): void {
    if (cause === 'key.add') return
    const command = this.#command
    if (command?.type === 'founder.enrol' && this.#state.people.get(String(data.person))?.keys.length === 0) return
    const grant = this.#state.people.get(String(data.person))?.grant
    const isLinked = command?.type === 'key.enrol' && grant?.token_hash === command.data.token_hash
    if (isLinked && (grant?.expires_at ?? 0) > at) return
    this.#fault(refuse('AUDIT-003', `a key of ${String(data.person)}`))
  }

  #collect(entry: Entry): void {
    const { type, data, at } = entry
    const id = proposalIn(entry) ?? ''
    if (type === 'proposal.made') {
      if (!this.#proposals.has(id)) this.#proposals.set(id, collect(this.#index, data, this.#state.site))
      else this.#fault(refuse('AUDIT-002', `the proposal ${id} was made before`))
      return
    }
    const of = this.#proposals.get(id)
    if (of === undefined) {
      this.#fault(refuse('AUDIT-006', `${type} of ${id}`))
      return
    }
    if (type === 'proposal.approved') {
      const { sign_count: _count, ...approval } = data
      of.approvals.push(approval)
    }
    if (type === 'proposal.vetoed') of.vetoes.push({ person: data.person, at })
    if (type === 'call.answered') of.call_backs.push({ by: data.person, at })
    if (type === 'proposal.executed') {
      of.executions.push({ at, act: data.act, parameters: data.parameters, index: this.#index })
    }
  }

  /** The register as the journal says it was; an entry that has no place in it is told and left out. */
  #fold({ type, data, at, by }: Entry): void {
    const checked = events[type as keyof typeof events].safeParse(data)
    if (!checked.success) {
      this.#fault(refuse('AUDIT-007', `${type}: ${checked.error.issues[0]?.path.join('.') ?? ''}`))
      return
    }
    try {
      evolve[type as keyof typeof events](this.#state, checked.data as never, { at, by, index: this.#index })
    } catch (fault) {
      this.#fault(refuse('AUDIT-006', `${type}: ${fault instanceof Error ? fault.message : 'it does not fold'}`))
    }
  }

  /** After the last entry. */
  end(): Audited {
    let approvals = 0
    for (const [id, of] of this.#proposals) approvals += this.#judge(id, of)
    const all = [...this.#proposals.values()]
    return {
      ok: this.#faults.length === 0,
      ...{ entries: this.#index, people: this.#state.people.size, proposals: all.length, approvals },
      executed: all.filter(({ executions }) => executions.length > 0).length,
      faults: [...this.#faults].sort((a, b) => a.index - b.index),
    }
  }

  #judge(id: string, of: Collected): number {
    const shown = of.executions.at(-1)?.index ?? of.index
    const found = checkApprovals(recordOf(this.#state, of, this.#at))
    if (isRefusal(found)) {
      this.#fault(refuse('AUDIT-005', `${id}: ${found.code} ${found.detail}`), shown)
      return 0
    }
    for (const { code, detail } of found.faults) this.#fault(refuse('AUDIT-005', `${id}: ${code} ${detail}`), shown)
    return found.approvals.filter(({ refusal }) => refusal === undefined).length
  }
}

/** Rooms write addresses in their one spelling, which may differ from the proposal's in capitals alone. */
const spelt = (value: unknown): string => canonical(asJson(value)).toLowerCase()

/** An event repeats what its act was given; whatever both name is the same in both. */
const agrees = (parameters: object, data: Entry['data']): boolean =>
  Object.entries(data).every(
    ([name, value]) =>
      value === undefined || !Object.hasOwn(parameters, name) || spelt(value) === spelt(Reflect.get(parameters, name)),
  )
