/** What a check is given: one event, the turn it stands in, and all that was recorded before it. */
import { canonical } from '../../../kernel/canonical.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Entry } from '../../../machine/entry.ts'
import type { Data, DataOf } from '../../../machine/room.ts'
import type { events } from '../messages.ts'
import type { AccessState } from '../state.ts'
import type { Licences } from './licences.ts'
import type { Past } from './record.ts'

export interface Seen {
  readonly entry: Entry
  /** The turn's. */
  readonly command: Entry
  /** Before the event. */
  readonly state: AccessState
  readonly past: Past
  readonly licences: Licences
}

type Events = typeof events
export type Checks<K extends keyof Events & string> = {
  readonly [T in K]: (seen: Seen, data: DataOf<Events, T>) => Refusal | readonly Refusal[] | undefined
}

/** The turn's command is of this type and says the same of these members. */
export const asked = ({ command }: Seen, type: string, members: Data): boolean =>
  command.type === type &&
  Object.entries(members).every(([name, value]) => canonical(command.data[name] ?? null) === canonical(value ?? null))

export const isBy = ({ entry }: Seen, person: string): boolean => entry.by === `person:${person}`
