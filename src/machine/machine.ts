/**
 * The deterministic machine: it takes one command at a time, lets its room decide, folds the events, and runs their consequences by
 * the playbook until nothing follows. It reads no clock, does no I/O and knows no room: given the same commands at the same times it
 * makes the same bytes. Making them durable is the writer's part.
 */
import type { Bytes } from '../kernel/bytes.ts'
import { isRefusal, type Refusal, Refused } from '../kernel/refusal.ts'
import { type Instant, SECOND_MS } from '../kernel/time.ts'
import { ENTRY_BYTES_MAX, type Entry, encodeEntry } from './entry.ts'
import { enqueue, type OutboxState, outboxRoom } from './outbox.ts'
import type { Playbook } from './playbook.ts'
import { refuse } from './refusals.ts'
import { type Message, type OpenRoom, openRoom, type RoomInstance, type Turn } from './room.ts'

/** Commands that one turn may cause beyond its first: a theft causes about ten; a runaway loop in the playbook must end. */
export const CONSEQUENCES_MAX = 256
/** NTP slews by less; a clock further back than this is wrong, and permits would outlive their minute. */
export const CLOCK_BACK_MS_MAX = 5 * SECOND_MS
export const TICK = 'time.tick'
const CONSEQUENCE_REFUSED = 'consequence.refused'

export interface Command extends Message {
  readonly by: string
}

/** An entry with its journal index: what subscribers are told once it is durable. */
export interface Recorded extends Entry {
  readonly index: number
}

/** What a turn made. Both lists are empty when the wish was already fulfilled. */
export interface TurnDone {
  readonly entries: readonly Bytes[]
  readonly recorded: readonly Recorded[]
}

export interface MachineState {
  readonly size: number
  readonly turn: number
  readonly lastAt: Instant
}

type BareTurn = Omit<Turn<never>, 'needs'>

export class Machine {
  readonly rooms: readonly RoomInstance[]
  readonly outbox: OpenRoom<OutboxState>
  readonly #playbook: Playbook
  readonly #byCommand = new Map<string, RoomInstance>()
  readonly #byEvent = new Map<string, RoomInstance>()
  #size = 0
  #turn = 0
  #lastAt: Instant = 0
  #broken = false

  constructor(rooms: readonly RoomInstance[], playbook: Playbook) {
    this.outbox = openRoom(outboxRoom, () => undefined)
    this.rooms = [...rooms, this.outbox]
    this.#playbook = playbook
    for (const room of this.rooms) {
      for (const type of room.commandTypes) claim(this.#byCommand, type, room)
      for (const type of room.eventTypes) {
        claim(this.#byEvent, type, room)
        if (!Object.hasOwn(playbook, type)) throw new Error(`the playbook has no row for ${type}`)
      }
    }
  }

  get position(): MachineState {
    return { size: this.#size, turn: this.#turn, lastAt: this.#lastAt }
  }

  /** Takes up the state of a snapshot, or of an empty journal. */
  resume(position: MachineState): void {
    this.#size = position.size
    this.#turn = position.turn
    this.#lastAt = position.lastAt
  }

  /** When time alone next changes something; `undefined` when nothing waits. */
  due(): Instant | undefined {
    let first: Instant | undefined
    for (const room of this.rooms) {
      const due = room.due()
      if (due !== undefined && (first === undefined || due < first)) first = due
    }
    return first
  }

  /** One whole turn in memory. A refusal has changed nothing. After a fault in a fold the machine refuses everything. */
  run(command: Command, now: Instant): TurnDone | Refusal {
    if (this.#broken) return refuse('MACHINE-006', 'the machine stopped at an earlier fault')
    const at = Math.max(now, this.#lastAt)
    const turn: BareTurn = { at, by: command.by, newId: idsOf(this.#turn + 1) }
    if (command.type === TICK) return now < this.#lastAt ? NOTHING : this.#tick(command, turn)
    const room = this.#byCommand.get(command.type)
    if (room === undefined) return refuse('MACHINE-001', `there is no command ${command.type}`, { field: 'type' })
    if (now < this.#lastAt - CLOCK_BACK_MS_MAX && !room.urgent.has(command.type)) {
      return refuse('MACHINE-004', `the clock stands ${this.#lastAt - now} ms before the journal's last entry`)
    }
    const data = room.check(command)
    if (isRefusal(data)) return data
    const log = new TurnLog(this.#size, this.#turn + 1, at, command.by)
    if (!log.add('command', { type: command.type, data })) {
      return refuse('MACHINE-002', `the command ${command.type} is longer than ${ENTRY_BYTES_MAX} bytes`)
    }
    const events = this.#decide(room, { type: command.type, data }, turn)
    if (isRefusal(events)) return events
    return events.length === 0 ? NOTHING : this.#carryOut(log, [events], turn)
  }

  #tick(command: Command, turn: BareTurn): TurnDone | Refusal {
    const log = new TurnLog(this.#size, this.#turn + 1, turn.at, command.by)
    log.add('command', { type: TICK, data: {} })
    const made: (readonly Message[])[] = []
    for (const room of this.rooms) {
      const due = room.due()
      if (due === undefined || due > turn.at) continue
      try {
        const events = room.tick(turn)
        if (events.length > 0) made.push(events)
      } catch (fault) {
        return refuse('MACHINE-007', `the tick of room ${room.name} failed: ${messageOf(fault)}`)
      }
    }
    return made.length === 0 ? NOTHING : this.#carryOut(log, made, turn)
  }

  /** A decision that throws is a fault of ours; it must not take the machine down, and nothing has been folded yet. */
  #decide(room: RoomInstance, command: Message, turn: BareTurn): readonly Message[] | Refusal {
    try {
      const decided = room.decide(command, turn)
      if (isRefusal(decided)) return decided
      const long = decided.find((event) => encodeEntry(sample(event)).length > ENTRY_BYTES_MAX - ENVELOPE_BYTES_MAX)
      return long === undefined
        ? decided
        : refuse('MACHINE-002', `the event ${long.type} would be too long for an entry`)
    } catch (fault) {
      return refuse('MACHINE-007', `the decision of ${command.type} failed: ${messageOf(fault)}`)
    }
  }

  #carryOut(log: TurnLog, first: readonly (readonly Message[])[], turn: BareTurn): TurnDone {
    try {
      const queue: Message[] = []
      for (const events of first) for (const event of events) this.#happen(log, event, undefined, queue)
      for (let done = 0; done < queue.length; done++) {
        const command = queue[done]
        if (command !== undefined) this.#consequence(log, command, done, turn, queue)
      }
    } catch (fault) {
      this.#broken = true
      throw new Refused(refuse('MACHINE-006', `a fold failed: ${messageOf(fault)}`), { cause: fault })
    }
    this.#size += log.entries.length
    this.#turn += 1
    this.#lastAt = turn.at
    return log
  }

  /** A refused consequence is recorded, so that a failed follow-up never loses the alarm that called for it. */
  #consequence(log: TurnLog, command: Message, place: number, turn: BareTurn, queue: Message[]): void {
    const decided = place >= CONSEQUENCES_MAX ? TOO_MANY : this.#decideConsequence(command, turn)
    if (!isRefusal(decided)) {
      for (const event of decided) this.#happen(log, event, command.type, queue)
      return
    }
    const { code, detail } = decided
    const data = { command: command.type, code, detail: detail.slice(0, 500) }
    this.#happen(log, { type: CONSEQUENCE_REFUSED, data }, command.type, queue)
  }

  #decideConsequence(command: Message, turn: BareTurn): readonly Message[] | Refusal {
    const room = this.#byCommand.get(command.type)
    if (room === undefined) return refuse('MACHINE-001', `there is no command ${command.type}`)
    const data = room.check(command)
    return isRefusal(data) ? data : this.#decide(room, { type: command.type, data }, turn)
  }

  #happen(log: TurnLog, event: Message, cause: string | undefined, queue: Message[]): void {
    const index = log.next
    if (!log.add('event', event, cause)) throw new Error(`the event ${event.type} is too long for an entry`)
    this.#fold(event, index, log.at, log.by)
    queue.push(...(this.#playbook[event.type]?.commands?.(event.data) ?? []))
  }

  #fold(event: Message, index: number, at: Instant, by: string): void {
    this.#byEvent.get(event.type)?.evolve(event, { at, by, index })
    const effects = this.#playbook[event.type]?.effects?.(event.data) ?? []
    effects.forEach((effect, place) => {
      enqueue(this.outbox.state, index, place, effect, at)
    })
  }

  /** Folds a stored entry. Entries come in order, from the position on. */
  absorb(entry: Entry): void {
    if (entry.kind === 'event') {
      if (!this.#byEvent.has(entry.type) && entry.type !== CONSEQUENCE_REFUSED) {
        throw new Refused(refuse('MACHINE-009', `entry ${this.#size} is an event ${entry.type} that no room knows`))
      }
      this.#fold(entry, this.#size, entry.at, entry.by)
    }
    this.#size += 1
    this.#turn = entry.turn
    this.#lastAt = entry.at
  }
}

const NOTHING: TurnDone = { entries: [], recorded: [] }
const TOO_MANY = refuse('MACHINE-008', `a turn runs at most ${CONSEQUENCES_MAX} consequences`)
/** What surrounds an event's data in its entry: kind, turn, time, actor, cause; names of at most 100 characters each. */
const ENVELOPE_BYTES_MAX = 512

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault)).slice(0, 300)

const sample = ({ type, data }: Message): Entry => ({ kind: 'event', turn: 1, at: 0, by: '', type, data })

function claim(table: Map<string, RoomInstance>, type: string, room: RoomInstance): void {
  const owner = table.get(type)
  if (owner !== undefined) throw new Error(`${type} is claimed by the rooms ${owner.name} and ${room.name}`)
  table.set(type, room)
}

function idsOf(turn: number): (prefix: string) => string {
  let made = 0
  return (prefix) => `${prefix}-${turn}-${++made}`
}

/** The entries that a turn makes, as it makes them. */
class TurnLog implements TurnDone {
  readonly entries: Bytes[] = []
  readonly recorded: Recorded[] = []
  readonly at: Instant
  readonly by: string
  readonly #first: number
  readonly #turn: number

  constructor(first: number, turn: number, at: Instant, by: string) {
    this.#first = first
    this.#turn = turn
    this.at = at
    this.by = by
  }

  get next(): number {
    return this.#first + this.entries.length
  }

  /** False, and nothing added, when the entry would be too long. */
  add(kind: Entry['kind'], { type, data }: Message, cause?: string): boolean {
    const entry: Entry = { kind, turn: this.#turn, at: this.at, by: this.by, type, data, cause }
    const bytes = encodeEntry(entry)
    if (bytes.length > ENTRY_BYTES_MAX) return false
    this.recorded.push({ ...entry, index: this.next })
    this.entries.push(bytes)
    return true
  }
}
