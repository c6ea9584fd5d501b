/** The real machine and a journal in memory, on a clock that only the story moves: the same story gives the same bytes. */
import { openApp } from '../../src/app.ts'
import { generateNoteKey, type Journal, openMemoryJournal, parseSigningKey } from '../../src/journal/index.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { type Recorded, TICK } from '../../src/machine/index.ts'
import type { Data } from '../../src/machine/room.ts'
import { T0 } from '../kit/given.ts'

/** A key that everybody knows: it signs stories, nothing else. */
const SEED = new Uint8Array(32).fill(7)

export interface Teller {
  readonly journal: Journal
  readonly app: ReturnType<typeof openApp>
  readonly now: () => number
  /** The events of a type so far. */
  events(type: string): readonly Data[]
  /** The key of the oldest effect of one of these kinds that waits in the outbox. */
  waiting(...kinds: readonly string[]): string
  /** One command; what it recorded. A refusal ends the story. */
  tell(type: string, data: object, by?: string): readonly Recorded[]
  /** Lets so many milliseconds pass, with every tick that falls due. */
  pass(ms: number): void
}

/** The first event of a type among what was recorded. */
export function eventOf(recorded: readonly Recorded[], type: string): Data {
  const found = recorded.find((entry) => entry.type === type)
  if (found === undefined) throw new Error(`no ${type} among ${recorded.map((entry) => entry.type).join(', ')}`)
  return found.data
}

export function openTeller(): Teller {
  const signer = parseSigningKey(generateNoteKey('story/journal', SEED).skey)
  if (isRefusal(signer)) throw new Error(signer.detail)
  const journal = openMemoryJournal(signer)
  const app = openApp()
  let now = T0
  const told: Recorded[] = []
  const tell: Teller['tell'] = (type, data, by = 'operator') => {
    const done = app.machine.run({ type, data: { ...data }, by }, now)
    if (isRefusal(done)) throw new Error(`${type} was refused: ${done.code} ${done.detail}`)
    if (done.entries.length > 0) journal.append([...done.entries])
    told.push(...done.recorded)
    return done.recorded
  }
  return {
    journal,
    app,
    now: () => now,
    events: (wanted) => told.filter(({ kind, type }) => kind === 'event' && type === wanted).map(({ data }) => data),
    waiting(...kinds) {
      const found = [...app.machine.outbox.state.waiting.values()].find(({ kind }) => kinds.includes(kind))
      if (found === undefined) throw new Error(`no ${kinds.join(' or ')} waits`)
      return found.key
    },
    tell,
    pass(ms) {
      const until = now + ms
      for (let due = app.machine.due(); due !== undefined && due <= until; due = app.machine.due()) {
        now = Math.max(now, due)
        tell(TICK, {}, 'clock')
      }
      now = until
    },
  }
}
