/**
 * The machine's state kept as a file, so that a start need not fold the whole journal. A cache: whatever is wrong with it, the journal
 * is folded instead. Kept at a clean stop, and while a server runs whenever enough is new and nobody is waiting.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../app.ts'
import type { Journal } from '../journal/index.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { fold, loadSnapshot, takeSnapshot } from '../machine/index.ts'
import type { Folder } from './folder.ts'

/** Folding so many takes about half a second: what a start after a crash costs, at most, where the server was ever idle. */
export const SNAPSHOT_AFTER_ENTRIES = 50_000
/** A server that is never idle keeps one all the same: its callers then wait once, for as long as the state is copied. */
export const SNAPSHOT_AT_LATEST_ENTRIES = 500_000
/** Nothing became durable for so long: nobody is likely to be kept waiting. */
const IDLE_MS = 1_000
export const SNAPSHOT_FILE = 'snapshot'

export interface SnapshotPace {
  readonly afterEntries: number
  readonly atLatestEntries: number
  readonly idleMs: number
}
const PACE: SnapshotPace = {
  afterEntries: SNAPSHOT_AFTER_ENTRIES,
  atLatestEntries: SNAPSHOT_AT_LATEST_ENTRIES,
  idleMs: IDLE_MS,
}

export class Snapshots {
  readonly #app: App
  readonly #journal: Journal
  readonly #path: string
  readonly #pace: SnapshotPace
  /** Size of the journal at the last snapshot. */
  #kept = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined

  constructor(app: App, journal: Journal, folder: Folder, pace = PACE) {
    this.#pace = pace
    this.#app = app
    this.#journal = journal
    this.#path = join(folder.path, SNAPSHOT_FILE)
  }

  /** Snapshot first, then what the journal has beyond it. Returns how many entries were folded. */
  restore(onProgress: ((done: number, of: number) => void) | undefined): number {
    const { machine } = this.#app
    const journal = this.#journal
    const rootAt = (size: number) => (size <= journal.size ? journal.root(size) : undefined)
    if (existsSync(this.#path)) loadSnapshot(machine, readFileSync(this.#path), rootAt)
    const from = machine.position.size
    this.#kept = from
    fold(machine, journal.read(from), (done) => onProgress?.(from + done, journal.size))
    return journal.size - from
  }

  /** Called after each durable batch. */
  look(): void {
    const { afterEntries, atLatestEntries, idleMs } = this.#pace
    if (this.#writing !== undefined || this.#new < afterEntries) return
    if (this.#new >= atLatestEntries) this.#write()
    else if (this.#timer !== undefined) this.#timer.refresh()
    else this.#timer = setTimeout(() => this.#write(), idleMs).unref()
  }

  /** Keeps one before the journal is closed, and waits until it is on disk. */
  async close(isSound: boolean): Promise<void> {
    clearTimeout(this.#timer)
    await this.#writing
    if (!isSound || this.#new === 0) return
    const bytes = this.#take()
    if (bytes === undefined) return
    writeFileSync(`${this.#path}.new`, bytes, { mode: 0o600, flush: true })
    renameSync(`${this.#path}.new`, this.#path)
  }

  get #new(): number {
    return this.#journal.size - this.#kept
  }

  /** Nothing where the machine and the journal differ: the last batch was not made durable. */
  #take(): Bytes | undefined {
    const { machine } = this.#app
    if (machine.position.size !== this.#journal.size) return undefined
    this.#kept = this.#journal.size
    return takeSnapshot(machine, this.#journal.root())
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const bytes = this.#take()
    if (bytes === undefined) return
    this.#writing = keepFile(this.#path, bytes).finally(() => {
      this.#writing = undefined
    })
  }
}

/** A full disk leaves the old one: the next start folds more, and nothing is lost. */
async function keepFile(path: string, bytes: Bytes): Promise<void> {
  try {
    const file = await open(`${path}.new`, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  } catch {}
}
