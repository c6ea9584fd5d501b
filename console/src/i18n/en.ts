/** Everything the console says, in English. `ko.ts` must say the same things: the compiler and a test compare their keys. */
import { access } from './en/access.ts'
import { evidence } from './en/evidence.ts'
import { frame } from './en/frame.ts'
import { gate } from './en/gate.ts'
import { incident } from './en/incident.ts'
import { liability } from './en/liability.ts'
import { now } from './en/now.ts'
import { proposals } from './en/proposals.ts'
import { words } from './en/words.ts'

export const en = {
  ...frame,
  ...words,
  ...now,
  ...gate,
  ...incident,
  ...liability,
  ...evidence,
  ...access,
  ...proposals,
} as const

export type Key = keyof typeof en
export type Messages = Readonly<Record<Key, string>>
