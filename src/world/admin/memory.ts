/**
 * What the feed remembers of one source, as a file in the data folder. Its name tells what was read; the journal holds the hash of its
 * content, so that a lost, an older or an altered file is found before anything is judged by it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { syncFolder } from '../../journal/anchor.ts'
import { type Bytes, sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import type { Instant } from '../../kernel/time.ts'
import type { LastUpload, Memory } from '../../rooms/access/alerts/index.ts'
import { type Behaviour, noBehaviour } from '../../rooms/access/engine/index.ts'

/** Twelve thousand accounts with full habits; an exchange has some hundreds. Beyond it those unseen for longest are forgotten. */
export const MEMORY_BYTES_MAX = 64 * 1024 * 1024
/** Raised when the shape of what is remembered changes: an older file is then no file of ours. */
const FORMAT = 1

export interface Kept {
  readonly behaviour: Behaviour
  /** The name of all that was read. */
  read: string
  /** Lines that were ever read of the source. */
  lines: number
  /** The latest event so far. */
  newest: Instant
}

export interface Opened {
  readonly kept: Kept
  readonly memory: Memory
  /** SHA-256 of the file that it came from. */
  readonly state: string | undefined
}

const NOTHING_READ = `sha256:${'0'.repeat(64)}`

export const digestOfBytes = (bytes: Bytes): string => `sha256:${toHex(sha256(bytes))}`
/** The name of what was read before, and of an upload after it. */
export const readWith = (before: string, digest: string): string => digestOfBytes(utf8(`${before} ${digest}`))

const nothing = (read: string): Kept => ({ behaviour: noBehaviour(), read, lines: 0, newest: 0 })

/** The oldest are first in a Map that is kept by last use. */
function forget<V>(map: Map<string, V>, count: number): void {
  for (const key of [...map.keys()].slice(0, count)) map.delete(key)
}

/** Its bytes, forgetting who was unseen for longest until they fit. */
export function bytesOf(kept: Kept, max: number = MEMORY_BYTES_MAX): Bytes {
  for (;;) {
    const bytes = serialize({ format: FORMAT, ...kept })
    const { people, addresses } = kept.behaviour
    if (bytes.length <= max || people.size + addresses.size === 0) return bytes
    forget(people, Math.ceil(people.size / 8))
    forget(addresses, Math.ceil(addresses.size / 8))
  }
}

function readFile(path: string, state: string): Kept | undefined {
  try {
    if (statSync(path).size > 2 * MEMORY_BYTES_MAX) return undefined
    const bytes = readFileSync(path)
    // Only what the journal knows by its hash is ever unpacked.
    if (digestOfBytes(bytes) !== state) return undefined
    const { format, ...kept } = deserialize(bytes) as Kept & { readonly format: number }
    return format === FORMAT ? kept : undefined
  } catch {
    return undefined
  }
}

export class MemoryFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  #path(source: string, read: string): string {
    return join(this.#folder, `${source}.${read.slice('sha256:'.length)}`)
  }

  /** What the journal says was read last, and how far it can be relied on. */
  open(source: string, last: LastUpload | undefined): Opened {
    if (last === undefined) return { kept: nothing(NOTHING_READ), memory: 'first', state: undefined }
    const path = this.#path(source, last.read)
    const whole = readFile(path, last.state)
    if (whole !== undefined) return { kept: whole, memory: 'kept', state: last.state }
    const isThere = existsSync(path)
    const earlier = isThere ? undefined : this.#earlier(source, last)
    // A data folder that was put back from a copy.
    if (earlier !== undefined) return { kept: earlier, memory: 'behind', state: last.stateBefore }
    return { kept: nothing(last.read), memory: isThere ? 'damaged' : 'lost', state: undefined }
  }

  /** What was there before the last upload, of which a part alone was told: it is told from the beginning. */
  openBefore(source: string, last: LastUpload): Opened {
    const { before, stateBefore, memory } = last
    const earlier = this.#earlier(source, last)
    if (stateBefore === undefined || earlier === undefined) return { kept: nothing(before), memory, state: undefined }
    return { kept: earlier, memory, state: stateBefore }
  }

  #earlier(source: string, { before, stateBefore }: LastUpload): Kept | undefined {
    return stateBefore === undefined ? undefined : readFile(this.#path(source, before), stateBefore)
  }

  has(source: string, read: string, state: string): boolean {
    return readFile(this.#path(source, read), state) !== undefined
  }

  /** Durable when it returns; earlier files stay. Throws what the file system throws. */
  write(source: string, read: string, bytes: Bytes): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const path = this.#path(source, read)
    writeFileSync(`${path}.new`, bytes, { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
    syncFolder(this.#folder)
  }

  /** Removes what the source has beside the file that is named. */
  clean(source: string, read: string): void {
    const kept = this.#path(source, read)
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name)
      if (name.startsWith(`${source}.`) && file !== kept) rmSync(file, { force: true })
    }
  }
}
