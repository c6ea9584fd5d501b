/** The rooms, the playbook and their wiring: one machine, no I/O. This file, `effects/`, `overview.ts` and `playbook.ts` alone name all rooms. */
import { effectOf } from './effects/index.ts'
import { type Guard, Machine } from './machine/index.ts'
import { type OpenRoom, openRoom } from './machine/room.ts'
import { type BoundRoute, bindRoutes } from './machine/route.ts'
import { type About, overviewRoutes } from './overview.ts'
import { playbook } from './playbook.ts'
import * as access from './rooms/access/index.ts'
import * as gate from './rooms/gate/index.ts'
import * as incident from './rooms/incident/index.ts'
import * as liability from './rooms/liability/index.ts'
import * as trace from './rooms/trace/index.ts'
import * as watch from './rooms/watch/index.ts'

export interface Rooms {
  readonly access: OpenRoom<access.AccessState>
  readonly gate: OpenRoom<gate.GateState>
  readonly watch: OpenRoom<watch.WatchState>
  readonly incident: OpenRoom<incident.IncidentState>
  readonly trace: OpenRoom<trace.TraceState>
  readonly liability: OpenRoom<liability.LiabilityState>
}

export interface App {
  readonly machine: Machine
  readonly rooms: Rooms
  readonly routes: readonly BoundRoute[]
}

/** Prices hold from their instant on until a newer one; the latest is the present one. */
const LATEST = Number.MAX_SAFE_INTEGER

/** Each room's needs, answered by the public queries of others. */
function openRooms(fault: access.AccessNeeds['fault']): Rooms {
  const rooms: Rooms = {
    access: openRoom(access.accessRoom, () => ({ fault })),
    gate: openRoom(gate.gateRoom, () => ({
      holding: (wallet, asset) => watch.holdingOf(rooms.watch.state, wallet, asset),
      valueKrw: (asset, amount) => liability.valueKrw(rooms.liability.state, asset, amount, LATEST),
    })),
    watch: openRoom(watch.watchRoom, () => ({
      walletByAccount: (account) => gate.walletByAccount(rooms.gate.state, account),
      refugeOf: (account) => gate.refugeOf(rooms.gate.state, account),
      permitFor: (move, except) => gate.permitFor(rooms.gate.state, move, except),
      nearPermit: (move) => gate.nearPermit(rooms.gate.state, move),
    })),
    incident: openRoom(incident.incidentRoom, () => incidentNeeds(rooms)),
    trace: openRoom(trace.traceRoom, () => undefined),
    liability: openRoom(liability.liabilityRoom, () => ({
      cannotPay: (wallet, asset) => gate.cannotPay(rooms.gate.state, wallet, asset),
      withdrawalKnown: (withdrawal) => gate.withdrawalById(rooms.gate.state, withdrawal) !== undefined,
    })),
  }
  return rooms
}

/** The books' answer with its decimal strings read back as numbers. */
function lossFor(rooms: Rooms, id: string): incident.Loss | undefined {
  const { loss, loss_krw, unpriced } = liability.loss(rooms.liability.state, id)
  if (loss.length === 0) return undefined
  const whole = (krw: string | null): bigint | undefined => (krw === null ? undefined : BigInt(krw))
  const items = loss.map(({ asset, amount, krw }) => ({ asset, amount: BigInt(amount), krw: whole(krw) }))
  return { items, krw: unpriced.length > 0 ? undefined : BigInt(loss_krw) }
}

/** What notices and the page of a case are filled with. */
export const incidentNeeds = (rooms: Rooms): incident.DetailNeeds => ({
  loss: (id) => lossFor(rooms, id),
  asset: (asset) => gate.assetName(rooms.gate.state, asset) ?? liability.assetName(rooms.liability.state, asset),
  worth: (chain, tx, place) => liability.lossWorth(rooms.liability.state, chain, tx, place),
})

/** A new app at the beginning of time; folding a journal brings it to the present. Without `about` its first page names nobody. */
export function openApp(about: About = { platform: '', version: '' }): App {
  const rooms = openRooms((command, at, by) => machine.fault(command, at, by))
  const guard: Guard = (command) => access.guardFault(rooms.access.state, command)
  const machine: Machine = new Machine(Object.values(rooms), playbook, guard)
  return {
    machine,
    rooms,
    routes: [
      ...overviewRoutes({ rooms, outbox: machine.outbox, needs: incidentNeeds(rooms), about }),
      ...bindRoutes(access.routes({ effect: (act, parameters) => effectOf(rooms, act, parameters) }), rooms.access),
      ...bindRoutes(gate.routes, rooms.gate),
      ...bindRoutes(watch.routes, rooms.watch),
      ...bindRoutes(incident.routes(incidentNeeds(rooms)), rooms.incident),
      ...bindRoutes(trace.routes, rooms.trace),
      ...bindRoutes(liability.routes, rooms.liability),
    ],
  }
}
