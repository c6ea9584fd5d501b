/**
 * The feed: uploads of administrators' acts, one after the other, each judged by what came before it. What is usual for the accounts of
 * a source is kept across calls and restarts: written before anything is told, under the hash that the reports then carry into the
 * journal. So a crash at any moment leaves a file that the journal knows, and no upload is learned twice or told twice.
 */
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { LastUpload } from '../../rooms/access/alerts/index.ts'
import { type AdminEvent, DEFAULTS, type Detection, detect, type Options } from '../../rooms/access/engine/index.ts'
import type { Format } from './formats.ts'
import { readUpload, type UploadLines } from './lines.ts'
import { bytesOf, digestOfBytes, type Kept, MemoryFolder, type Opened, readWith } from './memory.ts'
import type { Rejected } from './read.ts'
import { type AdminReport, reportsOf } from './reports.ts'

/** Rejected lines that are told one by one; the others are counted. */
export const REJECTED_TOLD_MAX = 1_000

export interface Upload {
  readonly from: Format
  readonly bytes: Uint8Array
  readonly now: Instant
  /** What the journal says of the source, and whether it has these very bytes whole. */
  readonly last: LastUpload | undefined
  readonly isTold: boolean
}

export interface Judged {
  readonly digest: string
  readonly events: number
  /** At most {@link REJECTED_TOLD_MAX}. */
  readonly rejected: readonly Rejected[]
  readonly rejected_count: number
  /** With lines as they stand over all that was read of the source; empty for bytes that were told before. */
  readonly detections: readonly Detection[]
  /** Told before: there is nothing new. */
  readonly repeated: boolean
  /** To be submitted in this order. */
  readonly reports: readonly AdminReport[]
}

/** What is at hand of a source: the same as its file. */
interface Live {
  readonly kept: Kept
  readonly state: string
}

/** Where an event stands among all lines of the source. */
const shifted = (event: AdminEvent, by: number): AdminEvent => (by === 0 ? event : { ...event, line: event.line + by })

function judged(kept: Kept, events: readonly AdminEvent[], options: Options): Detection[] {
  const found: Detection[] = []
  for (const event of events) {
    for (const one of detect(kept.behaviour, shifted(event, kept.lines), options)) found.push(one)
  }
  return found
}

export class AdminFeed {
  readonly #files: MemoryFolder
  readonly #options: Options
  readonly #live = new Map<Format, Live>()

  constructor(folder: string, options: Options = DEFAULTS) {
    this.#files = new MemoryFolder(folder)
    this.#options = options
  }

  /** Reads, judges and keeps what was learned. The reports are then submitted, and {@link told} or {@link drop} follows. */
  judge(upload: Upload): Judged | Refusal {
    const { from, bytes, now, isTold } = upload
    const read = readUpload(from, bytes, now)
    if (isRefusal(read)) return read
    const digest = digestOfBytes(bytes)
    const learned = isTold ? { detections: [], reports: [] } : this.#learn(upload, read, digest)
    return {
      digest,
      events: read.events.length,
      rejected: read.rejected.slice(0, REJECTED_TOLD_MAX),
      rejected_count: read.rejected.length,
      ...learned,
      repeated: isTold,
    }
  }

  /** All reports are durable: earlier files of the source are needed no more. */
  told(from: Format): void {
    const live = this.#live.get(from)
    if (live !== undefined) this.#files.clean(from, live.kept.read)
  }

  /** The reports were not taken, or not all: the next upload begins with what the journal knows. */
  drop(from: Format): void {
    this.#live.delete(from)
  }

  #open({ from, last }: Upload, digest: string): Opened {
    // Told in part: told from the beginning, for the parts must be the same.
    if (last?.digest === digest) return this.#files.openBefore(from, last)
    const live = this.#live.get(from)
    if (live === undefined || live.state !== last?.state) return this.#files.open(from, last)
    return { kept: live.kept, memory: 'kept', state: live.state }
  }

  /** Writes what was learned, unless the journal knows the file by its hash already. Returns that hash. */
  #write({ from, last }: Upload, kept: Kept): string {
    const bytes = bytesOf(kept)
    if (last?.read === kept.read && this.#files.has(from, last.read, last.state)) return last.state
    this.#files.write(from, kept.read, bytes)
    return digestOfBytes(bytes)
  }

  #learn(upload: Upload, { events, rejected, lines }: UploadLines, digest: string) {
    const { from } = upload
    const opened = this.#open(upload, digest)
    const { kept, memory } = opened
    // Changed in place from here on: until it is written, what is at hand is nothing that the journal knows.
    this.#live.delete(from)
    const [before, first] = [kept.read, kept.lines + 1]
    const late = events.filter(({ time }) => time < kept.newest).length
    const detections = judged(kept, events, this.#options)
    const [from_at, until_at] = [events[0]?.time, events.at(-1)?.time]
    kept.lines += lines
    kept.read = readWith(before, digest)
    kept.newest = Math.max(kept.newest, until_at ?? 0)
    const state = this.#write(upload, kept)
    this.#live.set(from, { kept, state })
    const reports = reportsOf(
      {
        ...{ source: from, digest, events: events.length, rejected: rejected.length, late, first_line: first, lines },
        ...(from_at === undefined || until_at === undefined ? {} : { from_at, until_at }),
        ...(opened.state === undefined ? {} : { state_before: opened.state }),
        ...{ read_before: before, read: kept.read, state, memory },
      },
      detections,
    )
    return { detections, reports }
  }
}
