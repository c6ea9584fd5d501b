/** What one event causes elsewhere: commands within the same turn, and effects that leave through the outbox. */
import type { Data, Message } from './room.ts'

/** A wish to touch the outside. Its idempotency key is the event's journal index and its place among that event's effects. */
export interface Effect {
  /** Which carrier of `world/` delivers it: `mail.send`, `trace.compute`. */
  readonly kind: string
  readonly data: Data
}

/** A pure function of the event; conditions belong to whoever receives the command. */
export interface Row {
  // Method signatures, so that a row typed by its own event's data is a row.
  commands?(data: Data): readonly Message[]
  effects?(data: Data): readonly Effect[]
}

/** Event type -> its row. Every event has one; `none` where nothing follows. */
export type Playbook = Readonly<Record<string, Row>>

export const none = {} as const
