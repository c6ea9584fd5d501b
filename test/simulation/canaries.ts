/** Platforms that are broken on purpose. A simulation that does not notice them would notice nothing. */
import { type App, openApp } from '../../src/app.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { Machine, none, type Playbook } from '../../src/machine/index.ts'
import type { Message, RoomInstance } from '../../src/machine/room.ts'
import { playbook } from '../../src/playbook.ts'
import type { Check } from './failure.ts'
import { EarlyJournal } from './journal.ts'
import { ETHER } from './places.ts'
import type { Open } from './platform.ts'
import type { Options } from './simulate.ts'

export interface Canary {
  readonly broken: string
  /** The check that has to notice it. */
  readonly check: Check
  /** A new one for each run: a broken part may keep something between its calls. */
  readonly make: () => Options
}

const withPlaybook = (broken: Playbook): Open => {
  return () => {
    const { rooms } = openApp()
    return { rooms, machine: new Machine(Object.values(rooms), broken) }
  }
}

/** One room's instance with some of its parts replaced; `load` and `save` stay the room's own. */
const withRoom = (name: keyof App['rooms'], change: (room: RoomInstance) => Partial<RoomInstance>): Open => {
  return () => {
    const { rooms } = openApp()
    const room: RoomInstance = rooms[name]
    const broken = { ...room, ...change(room) }
    const all = Object.values(rooms).map((other) => (other === room ? broken : other))
    return { rooms, machine: new Machine(all, playbook) }
  }
}

const stamped = (event: Message, count: number): Message =>
  event.type === 'permit.issued'
    ? { ...event, data: { ...event.data, halt_epoch: Number(event.data.halt_epoch) + count } }
    : event

/** It counts what it was asked, outside its state: a restart makes it forget. */
const withHiddenCounter: Open = withRoom('gate', (room) => {
  let asked = 0
  return {
    decide: (command, turn) => {
      asked += 1
      const decided = room.decide(command, turn)
      return isRefusal(decided) ? decided : decided.map((event) => stamped(event, asked))
    },
  }
})

const withCostlyRefusal: Open = withRoom('gate', (room) => ({
  decide: (command, turn) => {
    const decided = room.decide(command, turn)
    const state = room.save() as { haltEpoch: number }
    if (isRefusal(decided)) state.haltEpoch += 1
    return decided
  },
}))

const withDeafDenyList: Open = withRoom('gate', (room) => ({
  evolve: (event, happened) => {
    if (event.type !== 'denylist.imported') room.evolve(event, happened)
  },
}))

/** It gives up what waits for a person, but never wakes the line. */
const withSleepyLine: Open = withRoom('gate', (room) => ({
  tick: (turn) => room.tick(turn).filter(({ type }) => type !== 'permit.issued'),
}))

const withBlindEye: Open = withRoom('watch', (room) => ({
  decide: (command, turn) => {
    const decided = room.decide(command, turn)
    if (isRefusal(decided)) return decided
    return decided.filter(({ type, data }) => type !== 'transfer.unpermitted' || data.asset !== ETHER)
  },
}))

export const CANARIES: readonly Canary[] = [
  {
    broken: 'a journal that acknowledges before it is durable',
    check: 'acknowledged',
    make: () => ({ journal: new EarlyJournal() }),
  },
  {
    broken: 'a playbook that forgets the effect of a trace',
    check: 'effects',
    make: () => ({ open: withPlaybook({ ...playbook, 'trace.started': none }) }),
  },
  {
    broken: 'a playbook that does not retract an alarm',
    check: 'alarms',
    make: () => ({ open: withPlaybook({ ...playbook, 'transfer.reverted': none }) }),
  },
  { broken: 'a room that decides by a hidden counter', check: 'redecide', make: () => ({ open: withHiddenCounter }) },
  { broken: 'a room that a refusal changes', check: 'refused', make: () => ({ open: withCostlyRefusal }) },
  { broken: 'a gate that forgets its deny list', check: 'right answer', make: () => ({ open: withDeafDenyList }) },
  { broken: 'a gate that never wakes its line', check: 'liveness', make: () => ({ open: withSleepyLine }) },
  { broken: 'a watch that overlooks thefts', check: 'right answer', make: () => ({ open: withBlindEye }) },
]
