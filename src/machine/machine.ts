/**
 * The deterministic machine: it takes one command at a time, lets its room decide, folds the events, and runs their consequences by
 * the playbook until nothing follows. It reads no clock, does no I/O and knows no room: given the same commands at the same times it
 * makes the same bytes. Making them durable is the writer's part.
 */
import type { Bytes } from '../kernel/bytes.ts'
import { canonical, NotCanonical } from '../kernel/canonical.ts'
import { faultLine, oneLine } from '../kernel/names.ts'
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

/** Why a command is not taken from outside, whatever its room would say. Consequences are not asked about. */
export type Guard = (command: Command) => Refusal | undefined

/** A message with the canonical text of its data: written once, for its length and for its entry. */
interface Ready extends Message {
  readonly text: string
}

export class Machine {
  readonly rooms: readonly RoomInstance[]
  readonly outbox: OpenRoom<OutboxState>
  readonly #playbook: Playbook
  readonly #guard: Guard
  readonly #byCommand = new Map<string, RoomInstance>()
  readonly #byEvent = new Map<string, RoomInstance>()
  #size = 0
  #turn = 0
  #lastAt: Instant = 0
  #broken = false

  constructor(rooms: readonly RoomInstance[], playbook: Playbook, guard: Guard = () => undefined) {
    this.#guard = guard
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
    const guarded = this.#guard(command)
    if (guarded !== undefined) return guarded
    const data = room.check(command)
    if (isRefusal(data)) return data
    const taken = readyInput({ type: command.type, data })
    if (isRefusal(taken)) return taken
    const log = new TurnLog(this.#size, this.#turn + 1, at, command.by)
    if (!log.add('command', taken)) {
      return refuse('MACHINE-002', `the command ${command.type} is longer than ${ENTRY_BYTES_MAX} bytes`)
    }
    const events = this.#decide(room, { type: command.type, data }, turn)
    if (isRefusal(events)) return events
    return events.length === 0 ? NOTHING : this.#carryOut(log, [events], turn)
  }

  /** Why its room would refuse a message if it came now; nothing is changed by asking. */
  fault(message: Message, at: Instant, by: string): Refusal | undefined {
    const room = this.#byCommand.get(message.type)
    if (room === undefined) return refuse('MACHINE-001', `there is no command ${message.type}`, { field: 'type' })
    const data = room.check(message)
    if (isRefusal(data)) return data
    const found = this.#decide(room, { type: message.type, data }, { at, by, newId: idsOf(this.#turn + 1) })
    return isRefusal(found) ? found : undefined
  }

  #tick(command: Command, turn: BareTurn): TurnDone | Refusal {
    const log = new TurnLog(this.#size, this.#turn + 1, turn.at, command.by)
    log.add('command', ready({ type: TICK, data: {} }))
    const made: (readonly Ready[])[] = []
    for (const room of this.rooms) {
      const due = room.due()
      if (due === undefined || due > turn.at) continue
      const events = ended(`the tick of room ${room.name}`, () => room.tick(turn))
      if (isRefusal(events)) return events
      if (events.length > 0) made.push(events)
    }
    return made.length === 0 ? NOTHING : this.#carryOut(log, made, turn)
  }

  #decide(room: RoomInstance, command: Message, turn: BareTurn): readonly Ready[] | Refusal {
    return ended(`the decision of ${command.type}`, () => room.decide(command, turn))
  }

  #carryOut(log: TurnLog, first: readonly (readonly Ready[])[], turn: BareTurn): TurnDone {
    try {
      const queue: Message[] = []
      for (const events of first) for (const event of events) this.#happen(log, event, undefined, queue)
      for (let done = 0; done < queue.length; done++) {
        const command = queue[done]
        if (command !== undefined) this.#consequence(log, command, done, turn, queue)
      }
    } catch (fault) {
      this.#broken = true
      throw new Refused(refuse('MACHINE-006', `a fold failed: ${faultLine(fault)}`), { cause: fault })
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
    const data = { command: command.type, code, detail: oneLine(detail) }
    this.#happen(log, ready({ type: CONSEQUENCE_REFUSED, data }), command.type, queue)
  }

  #decideConsequence(command: Message, turn: BareTurn): readonly Ready[] | Refusal {
    const room = this.#byCommand.get(command.type)
    if (room === undefined) return refuse('MACHINE-001', `there is no command ${command.type}`)
    const data = room.check(command)
    return isRefusal(data) ? data : this.#decide(room, { type: command.type, data }, turn)
  }

  #happen(log: TurnLog, event: Ready, cause: string | undefined, queue: Message[]): void {
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

const ready = ({ type, data }: Message): Ready => ({ type, data, text: canonical(data) })

/** A command comes from outside, and a schema lets half a surrogate pair pass as text: it is the caller's fault, and stops nothing. */
function readyInput(command: Message): Ready | Refusal {
  try {
    return ready(command)
  } catch (fault) {
    if (!(fault instanceof NotCanonical)) throw fault
    return refuse('MACHINE-010', `the command ${command.type} has no canonical form: ${fault.message}`)
  }
}

/**
 * What a room made, ready to be recorded. One that throws, or makes an event that no entry can hold, is a fault of ours; it must not take
 * the machine down, and nothing has been folded yet.
 */
function ended(what: string, work: () => readonly Message[] | Refusal): readonly Ready[] | Refusal {
  try {
    const made = work()
    if (isRefusal(made)) return made
    const events = made.map(ready)
    const long = events.find(({ text }) => Buffer.byteLength(text) > ENTRY_BYTES_MAX - ENVELOPE_BYTES_MAX)
    return long === undefined ? events : refuse('MACHINE-002', `the event ${long.type} would be too long for an entry`)
  } catch (fault) {
    return refuse('MACHINE-007', `${what} failed: ${faultLine(fault)}`)
  }
}

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
  add(kind: Entry['kind'], { type, data, text }: Ready, cause?: string): boolean {
    const entry: Entry = { kind, turn: this.#turn, at: this.at, by: this.by, type, data, cause }
    const bytes = encodeEntry(entry, text)
    if (bytes.length > ENTRY_BYTES_MAX) return false
    this.recorded.push({ ...entry, index: this.next })
    this.entries.push(bytes)
    return true
  }
}
