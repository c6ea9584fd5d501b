/** Pasu as it runs: the real rooms, playbook, machine and writer over a simulated journal, with crashes and restarts. */
import { type App, openApp } from '../../src/app.ts'
import type { Random } from '../../src/drill/random.ts'
import { type Bytes, equalBytes } from '../../src/kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import {
  type Answer,
  type Command,
  decodeEntry,
  type Entry,
  encodeEntry,
  fold,
  loadSnapshot,
  type Machine,
  type Recorded,
  stateDigests,
  takeSnapshot,
  Writer,
} from '../../src/machine/index.ts'
import { hold, same } from './failure.ts'
import type { CrashPoint, SimJournal } from './journal.ts'

export interface Opened {
  readonly machine: Machine
  readonly rooms: App['rooms']
}
export type Open = () => Opened

/** What became of one command. `lost`: a crash came before it was durable, so nothing happened. */
export type Outcome = Refusal | 'lost' | { readonly at: number; readonly events: readonly Entry[] }

export interface Submitted {
  readonly outcomes: readonly Outcome[]
  readonly crashed: boolean
}

/** The state is digested around one single command in so many: digesting is most of a run's time. */
const DIGEST_ONE_IN = 5

export class Platform {
  readonly journal: SimJournal
  readonly #open: Open
  readonly #random: Random
  readonly #acknowledged: { readonly index: number; readonly bytes: Bytes }[] = []
  #snapshot: Bytes | undefined
  #app: Opened
  #writer: Writer
  now: number
  crashes = 0
  commands = 0
  refused = 0

  constructor(journal: SimJournal, now: number, random: Random, open: Open = openApp) {
    this.journal = journal
    this.now = now
    this.#random = random
    this.#open = open
    this.#app = open()
    this.#writer = this.#newWriter()
  }

  get app(): Opened {
    return this.#app
  }

  #newWriter(): Writer {
    return new Writer({
      machine: this.#app.machine,
      append: (entries) => this.journal.append(entries),
      now: () => this.now,
    })
  }

  /** One batch: the writer commits together what is submitted together. */
  async submit(commands: readonly Command[], crash?: CrashPoint): Promise<Submitted> {
    const { machine } = this.#app
    const size = machine.position.size
    const before =
      commands.length === 1 && this.#random.oneIn(DIGEST_ONE_IN) ? JSON.stringify(stateDigests(machine)) : undefined
    this.journal.crashNext = crash
    const answers = await Promise.all(commands.map((command) => this.#writer.submit(command)))
    this.journal.crashNext = undefined
    this.commands += commands.length
    if (this.#writer.stopped !== undefined) {
      const outcomes = this.#afterCrash(commands, size, crash)
      return { outcomes, crashed: true }
    }
    this.#acknowledge(answers)
    const made = answers.reduce((sum, answer) => sum + (isRefusal(answer) ? 0 : answer.recorded.length), 0)
    same(machine.position.size, size + made, 'refused', 'size of the journal after the answers')
    if (answers.every(isRefusal) && before !== undefined) {
      same(JSON.stringify(stateDigests(machine)), before, 'refused', `state after a refused ${commands[0]?.type}`)
    }
    return { outcomes: answers.map((answer) => outcomeOf(answer, this.now)), crashed: false }
  }

  #acknowledge(answers: readonly Answer[]): void {
    for (const answer of answers) {
      if (isRefusal(answer)) {
        this.refused += 1
        continue
      }
      for (const { index, ...entry } of answer.recorded) {
        this.#acknowledged.push({ index, bytes: encodeEntry(entry) })
      }
    }
  }

  /** Whoever asked got no answer. What the restarted machine has of the batch says what became of each command. */
  #afterCrash(commands: readonly Command[], size: number, crash: CrashPoint | undefined): Outcome[] {
    hold(crash !== undefined, 'liveness', () => `the writer stopped by itself: ${this.#writer.stopped?.detail}`)
    this.restart()
    const turns = turnsFrom(this.journal.entries, size)
    if (crash === 'before') same(turns.length, 0, 'atomic', 'turns of a batch that was never durable')
    return commands.map((command) => {
      const place = turns.findIndex(([first]) => first !== undefined && isOf(first, command))
      if (place < 0) return crash === 'before' ? 'lost' : { at: this.now, events: [] }
      const [turn = []] = turns.splice(place, 1)
      return { at: turn[0]?.at ?? this.now, events: turn.slice(1) }
    })
  }

  /** The machine is thrown away; a new one takes a snapshot or not, and folds the rest. */
  restart(): void {
    this.crashes += 1
    this.journal.cut()
    this.checkAcknowledged()
    const app = this.#open()
    const { entries } = this.journal
    if (this.#snapshot !== undefined && this.#random.oneIn(2)) {
      loadSnapshot(app.machine, this.#snapshot, (size) => this.journal.rootAt(size))
    }
    fold(app.machine, entries.slice(app.machine.position.size))
    this.#app = app
    this.#writer = this.#newWriter()
  }

  snapshot(): void {
    const root = this.journal.rootAt(this.#app.machine.position.size)
    if (root !== undefined) this.#snapshot = takeSnapshot(this.#app.machine, root)
  }

  checkAcknowledged(): void {
    for (const { index, bytes } of this.#acknowledged) {
      const stored = this.journal.entries[index]
      hold(stored !== undefined && equalBytes(stored, bytes), 'acknowledged', () => `entry ${index} is lost`)
    }
  }
}

function outcomeOf(answer: Answer, now: number): Outcome {
  if (isRefusal(answer)) return answer
  const events: readonly Recorded[] = answer.recorded.filter(({ kind }) => kind === 'event')
  return { at: answer.recorded[0]?.at ?? now, events }
}

/** Batches of several commands hold withdrawal requests only, and each id makes at most one turn. */
const isOf = (entry: Entry, { type, data }: Command): boolean =>
  entry.type === type && entry.data.withdrawal === data.withdrawal

function turnsFrom(entries: readonly Bytes[], size: number): Entry[][] {
  const turns: Entry[][] = []
  entries.slice(size).forEach((bytes, place) => {
    const entry = decodeEntry(bytes, size + place)
    if (entry.kind === 'command') turns.push([])
    turns.at(-1)?.push(entry)
  })
  return turns
}
