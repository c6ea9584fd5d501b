/** How the playbook's rows are typed: each by its own event's data, each command by the data its receiver asks for. */
import type { z } from 'zod'
import type { Playbook, Row } from './machine/playbook.ts'
import type { Data, DataOf, Schemas } from './machine/room.ts'
import type { commands as accessCommands } from './rooms/access/messages.ts'
import type { commands as gateCommands } from './rooms/gate/messages.ts'
import type { commands as incidentCommands } from './rooms/incident/messages.ts'
import type { commands as liabilityCommands } from './rooms/liability/messages.ts'
import type { commands as traceCommands } from './rooms/trace/messages.ts'

/** A command that a row may name, with the data its receiver asks for: a misspelt one does not compile. */
type Wish<C extends Schemas> = { [K in keyof C & string]: { readonly type: K; readonly data: z.input<C[K]> } }[keyof C &
  string]
export type Command =
  | Wish<typeof accessCommands>
  | Wish<typeof gateCommands>
  | Wish<typeof incidentCommands>
  | Wish<typeof liabilityCommands>
  | Wish<typeof traceCommands>

type Rows<E extends Schemas> = {
  readonly [K in keyof E]: {
    readonly commands?: (data: DataOf<E, K>) => readonly Command[]
    readonly effects?: (data: DataOf<E, K>) => readonly { readonly kind: string; readonly data: Data }[]
  }
}
export const rows = <E extends Schemas>(_events: E, table: Rows<E>): Playbook => table as { [type: string]: Row }
