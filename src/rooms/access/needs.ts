/** What the room must know of the rest of the machine. */
import type { Refusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Message } from '../../machine/room.ts'

export interface AccessNeeds {
  /** Why the command would be refused if it were carried out now; nothing is changed by asking. */
  readonly fault: (command: Message, at: Instant, by: string) => Refusal | undefined
}
