/** The turns of a journal, one entry after another (V1). */
import type { Entry } from '../../../machine/entry.ts'
import { refuse } from './refusals.ts'

/** Names that a turn gives: `proposal-41-1`. */
const GIVEN = ['proposal', 'session', 'alert'] as const
/** Of each, the event by which it is given. */
const GIVES: Readonly<Record<string, (typeof GIVEN)[number]>> = {
  'proposal.made': 'proposal',
  'session.opened': 'session',
  'admin.detected': 'alert',
  'admin.forgot': 'alert',
  'attempt.seen': 'alert',
}

function nameIn({ type, data }: Entry): string | undefined {
  const kind = GIVES[type]
  const held = kind === 'proposal' ? data.proposal : data
  const name = kind === undefined || typeof held !== 'object' || held === null ? undefined : Reflect.get(held, kind)
  return typeof name === 'string' ? name : undefined
}

/** What is wrong with an entry behind `command`, the first of its turn so far. */
function withinFault(entry: Entry, command: Entry | undefined): string | undefined {
  const { turn, at, by } = entry
  if (command === undefined || turn !== command.turn) return `an event of turn ${turn} stands outside of it`
  if (at !== command.at) return `its turn was at ${command.at}; the entry says ${at}`
  if (by !== command.by) return `its turn was by ${command.by}; the entry says ${by}`
  const name = nameIn(entry)
  if (name === undefined || name.startsWith(`${GIVES[entry.type]}-${turn}-`)) return undefined
  return `${name} was not named in turn ${turn}`
}

function commandFault({ turn, at, cause }: Entry, last: Entry | undefined): string | undefined {
  const expected = (last?.turn ?? 0) + 1
  if (turn !== expected) return `turn ${turn} stands where turn ${expected} would; ${turn - expected} are missing`
  if (last !== undefined && at < last.at) return `it is at ${at}, before the turn before it`
  return cause === undefined ? undefined : 'a command names a cause'
}

export class Turns {
  #command: Entry | undefined

  /** The command of the present turn. */
  get command(): Entry | undefined {
    return this.#command
  }

  /** What is wrong with the next entry. */
  take(entry: Entry) {
    const wrong = entry.kind === 'command' ? commandFault(entry, this.#command) : withinFault(entry, this.#command)
    // After a gap the count goes on from what is there, so that one missing turn is one finding.
    if (entry.kind === 'command' || entry.turn !== this.#command?.turn) this.#command = entry
    return wrong === undefined ? undefined : refuse('AUDIT-001', wrong)
  }
}
