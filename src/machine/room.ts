/**
 * What a room is to the machine: a vocabulary of commands and events, a state, one pure decision per command and one fold per event.
 * A room is a plain value; `openRoom` gives it a state of its own. The machine sees only `RoomInstance`, so it knows no business.
 */
import type { z } from 'zod'
import type { Json } from '../kernel/canonical.ts'
import { parse } from '../kernel/input.ts'
import type { Refusal, RefusalCatalogue } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/time.ts'

export type Data = { readonly [key: string]: Json | undefined }

/** A command (imperative: `incident.open`) or an event (past: `incident.opened`). */
export interface Message {
  readonly type: string
  readonly data: Data
}

/** Type name -> schema of its data. */
export type Schemas = Readonly<Record<string, z.ZodType<Data>>>
export type DataOf<S extends Schemas, K extends keyof S> = z.output<S[K]>
export type MessageOf<S extends Schemas> = {
  [K in keyof S & string]: { readonly type: K; readonly data: z.output<S[K]> }
}[keyof S & string]

/** What a decision may know beside the state of its own room. */
export interface Turn<Needs> {
  /** The turn's time. Never earlier than that of an earlier turn. */
  readonly at: Instant
  /** Who asked: `operator`, `watcher:…`, `service:…`; for a consequence the actor of the turn's first command. */
  readonly by: string
  /** A new identifier such as `incident-41-1`: turn number and a counter within the turn, so replay gives the same one. */
  readonly newId: (prefix: string) => string
  readonly needs: Needs
}

/** What a fold may know beside the event's data. */
export interface Happened {
  readonly at: Instant
  readonly by: string
  /** The journal index of the event's entry. */
  readonly index: number
}

/** Events, in order; none when the wish is already fulfilled; or a refusal, which changes nothing. */
export type Decision<Events extends Schemas> = readonly MessageOf<Events>[] | Refusal

export type Decide<State, Commands extends Schemas, Events extends Schemas, Needs> = {
  readonly [K in keyof Commands & string]: (
    state: State,
    data: DataOf<Commands, K>,
    turn: Turn<Needs>,
  ) => Decision<Events>
}

/** Only a fold may change a state, and it changes it in place: copying maps of a million permits for each event would cost the goal. */
export type Evolve<State, Events extends Schemas> = {
  readonly [K in keyof Events & string]: (state: State, data: DataOf<Events, K>, happened: Happened) => void
}

export interface Room<State, Commands extends Schemas, Events extends Schemas, Needs> {
  readonly name: string
  /** Raised when the shape of the state changes; an older snapshot is then dropped and the state folded anew. */
  readonly stateVersion: number
  readonly commands: Commands
  readonly events: Events
  readonly refusals: RefusalCatalogue
  /** Commands that are taken even while the clock is wrong: what halts, what reports a theft. */
  readonly urgent?: readonly (keyof Commands & string)[]
  /** Plain data only: objects, arrays, Map, Set, bigint, string, number, boolean. It must survive structured cloning. */
  readonly initial: () => State
  readonly decide: Decide<State, Commands, Events, Needs>
  readonly evolve: Evolve<State, Events>
  /** When time alone next changes something here; `undefined` when nothing waits. Cheap: asked after every turn. */
  readonly due?: (state: State) => Instant | undefined
  /** What the passing of time causes, asked when `due` has come. Must move `due` onward, or it is asked for ever. */
  readonly tick?: (state: State, turn: Turn<Needs>) => readonly MessageOf<Events>[]
}

/** A room with a state, its types erased: all that the machine handles. */
export interface RoomInstance {
  readonly name: string
  readonly stateVersion: number
  readonly commandTypes: readonly string[]
  /** The schemas of its commands: what an adapter describes to its callers. */
  readonly commands: Schemas
  readonly eventTypes: readonly string[]
  readonly refusals: RefusalCatalogue
  readonly urgent: ReadonlySet<string>
  /** The command's data, checked against its schema. */
  check(command: Message): Data | Refusal
  decide(command: Message, turn: Omit<Turn<never>, 'needs'>): readonly Message[] | Refusal
  evolve(event: Message, happened: Happened): void
  due(): Instant | undefined
  tick(turn: Omit<Turn<never>, 'needs'>): readonly Message[]
  save(): unknown
  load(state: unknown): void
}

/** An instance whose state others may read: queries take it from here. */
export interface OpenRoom<State> extends RoomInstance {
  readonly state: State
}

/** Gives a room a state. `needs` is asked at each decision, so that it sees other rooms as they are then. */
export function openRoom<State, Commands extends Schemas, Events extends Schemas, Needs>(
  room: Room<State, Commands, Events, Needs>,
  needs: () => Needs,
): OpenRoom<State> {
  let state = room.initial()
  type Handler = (state: State, data: Data, turn: Turn<Needs>) => Decision<Events>
  type Fold = (state: State, data: Data, happened: Happened) => void
  const known = <T>(table: object, type: string): T => {
    if (!Object.hasOwn(table, type)) throw new Error(`room ${room.name} does not know ${type}`)
    return Reflect.get(table, type) as T
  }
  return {
    name: room.name,
    stateVersion: room.stateVersion,
    commandTypes: Object.keys(room.commands),
    commands: room.commands,
    eventTypes: Object.keys(room.events),
    refusals: room.refusals,
    urgent: new Set(room.urgent),
    get state() {
      return state
    },
    check: (command) => parse(known<z.ZodType<Data>>(room.commands, command.type), command.data),
    decide: (command, turn) =>
      known<Handler>(room.decide, command.type)(state, command.data, { ...turn, needs: needs() }),
    evolve: (event, happened) => known<Fold>(room.evolve, event.type)(state, event.data, happened),
    due: () => room.due?.(state),
    tick: (turn) => room.tick?.(state, { ...turn, needs: needs() }) ?? [],
    save: () => state,
    load(saved) {
      state = saved as State
    },
  }
}
