/**
 * What an attacker tries becomes an alarm in the journal. Each kind of attempt of each subject is told at once and then once a minute with
 * its count, so that nobody floods the journal by trying.
 */
import { oneLine } from '../kernel/names.ts'
import { type Instant, MINUTE_MS } from '../kernel/time.ts'
import type { Served } from './served.ts'

/** Told of one kind and subject at most once in this time. */
const QUIET_MS = MINUTE_MS
/** Subjects told apart within a minute. A subject can be an address, and an attacker has many; those beyond are counted as one. */
const SUBJECTS_MAX = 50
const DETAIL_MAX = 300
const ADDRESS = /^[0-9A-Za-z:.%-]{1,64}$/

export interface Attempt {
  /** The refusal with which it ended. */
  readonly what: string
  readonly detail: string
  readonly person?: string | undefined
  readonly service?: string | undefined
  readonly session?: string | undefined
  /** The address it came from. */
  readonly from?: string | undefined
  /** Something of the person's is in foreign hands. */
  readonly stolen?: boolean
}

interface Counting {
  readonly latest: Attempt
  /** Since it was last told. */
  count: number
  readonly until: Instant
}

export interface AlarmsOptions {
  readonly served: Served
  readonly now: () => Instant
  /** Told where an alarm could not be journaled. */
  readonly log: (line: string) => void
}

export class Alarms {
  readonly #options: AlarmsOptions
  readonly #isHeard: boolean
  readonly #counting = new Map<string, Counting>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: AlarmsOptions) {
    this.#options = options
    this.#isHeard = options.served.app.machine.rooms.some((room) => Object.hasOwn(room.commands, 'attempt.note'))
  }

  #tell({ what, person, service, session, from, detail, stolen = false }: Attempt, count: number): void {
    const data = {
      ...{ what, detail: oneLine(detail, DETAIL_MAX) || what, count, stolen },
      ...(person !== undefined && { person }),
      ...(service !== undefined && { service }),
      ...(session !== undefined && { session }),
      ...(from !== undefined && ADDRESS.test(from) && { from }),
    }
    void this.#options.served.submit({ type: 'attempt.note', data, by: 'door' }).then((answer) => {
      if ('refused' in answer) this.#options.log(`an alarm was not journaled: ${answer.code} ${answer.detail}`)
    })
  }

  /** What was counted and not told yet, once its minute is over; all of it where the server stops. */
  #flush(isOver: (counting: Counting) => boolean): void {
    for (const [subject, counting] of this.#counting) {
      if (!isOver(counting)) continue
      this.#counting.delete(subject)
      if (counting.count > 0) this.#tell(counting.latest, counting.count)
    }
  }

  note(attempt: Attempt): void {
    if (!this.#isHeard) return
    const now = this.#options.now()
    this.#flush(({ until }) => until <= now)
    const named = `${attempt.what} ${attempt.person ?? attempt.service ?? attempt.from ?? ''}`
    const isKnown = this.#counting.has(named) || this.#counting.size < SUBJECTS_MAX
    const subject = isKnown ? named : `${attempt.what} others`
    const counting = this.#counting.get(subject)
    if (counting !== undefined) {
      counting.count += 1
      return
    }
    this.#counting.set(subject, { latest: attempt, count: 0, until: now + QUIET_MS })
    this.#tell(attempt, 1)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#flush(() => true)
    }, QUIET_MS).unref()
  }

  /** Tells what is left. */
  close(): void {
    clearTimeout(this.#timer)
    this.#flush(() => true)
  }
}
