/** Every room with its whole vocabulary, the machine's own outbox among them: what `openRoom` keeps to itself. */
import { outboxRoom } from '../../src/machine/outbox.ts'
import type { Schemas } from '../../src/machine/room.ts'
import { accessRoom } from '../../src/rooms/access/index.ts'
import { gateRoom } from '../../src/rooms/gate/index.ts'
import { incidentRoom } from '../../src/rooms/incident/index.ts'
import { liabilityRoom } from '../../src/rooms/liability/index.ts'
import { traceRoom } from '../../src/rooms/trace/index.ts'
import { watchRoom } from '../../src/rooms/watch/index.ts'

interface Vocabulary {
  readonly name: string
  readonly commands: Schemas
  readonly events: Schemas
}

export const ROOMS: readonly Vocabulary[] = [
  accessRoom,
  gateRoom,
  watchRoom,
  incidentRoom,
  traceRoom,
  liabilityRoom,
  outboxRoom,
]

/** Type -> schema, over all rooms. */
export const commandSchemas: Schemas = Object.assign({}, ...ROOMS.map(({ commands }) => commands))
export const eventSchemas: Schemas = Object.assign({}, ...ROOMS.map(({ events }) => events))
