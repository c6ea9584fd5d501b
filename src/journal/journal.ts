/** The journal: an append-only list of entries, the tree over it, and a signed checkpoint after every batch. */
import type { Refusal } from '../kernel/refusal.ts'
import { Refused } from '../kernel/refusal.ts'
import type { Anchor } from './anchor.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type Edge, edgeRoot, extend } from './edge.ts'
import { bytesOf, ENTRY_BYTES_MAX, HASH_BYTES, leafHash, type Root } from './hash.ts'
import type { NoteSigner } from './keys.ts'
import { signCheckpoint } from './note.ts'
import { isFull, type JournalCode, reason, refuse, refused } from './refusals.ts'
import type { Store } from './store.ts'
import { formatBundle, subtreesFromTiles, TILE_WIDTH, tileWidth } from './tiles.ts'
import { consistencyPath, inclusionPath, rootOf } from './tree.ts'

/** A batch holds the writer for its whole duration: ten times the usual batch keeps that below a few hundred milliseconds. */
export const BATCH_ENTRIES_MAX = 10_000
/** All of a batch is in memory at once, twice. */
export const BATCH_BYTES_MAX = 64 * 1024 * 1024

export interface Journal {
  /** The log's verifier key: what a stranger needs beside the files. */
  readonly vkey: string
  /** Entries of the latest checkpoint. */
  readonly size: number
  /** Why nothing more can be appended, if so. Reading goes on. */
  readonly stopped: Refusal | undefined
  /**
   * Makes a batch durable, all or nothing, before it returns. Throws `Refused`: JRNL-002 or JRNL-003 where the input is too large
   * (nothing happened); JRNL-004 or JRNL-005 where a write failed, after which every append throws JRNL-016. A batch whose append
   * threw was never acknowledged; if the failure came after the commit, a reopened journal may hold it, whole.
   */
  append(entries: readonly Uint8Array[]): Checkpoint
  /** Throws `Refused` JRNL-017 beyond the end. */
  readEntry(index: number): Uint8Array
  /** Entries `from` to `to` (exclusive; the current size if left out), in order, read in pieces. */
  read(from: number, to?: number): Iterable<Uint8Array>
  checkpoint(): Checkpoint
  /** Root at any size up to the current one. */
  root(size?: number): Root
  inclusionProof(index: number, size?: number): Root[]
  consistencyProof(from: number, to?: number): Root[]
  /** Hashes of a tile, 32 bytes each; `undefined` where the tree has no tile of that width. Without a width: as wide as it is. */
  tile(level: number, index: number, width?: number): Uint8Array | undefined
  entryBundle(index: number, width?: number): Uint8Array | undefined
  close(): void
}

/** The writes of one append, in order. */
export type WriteStep = 'begin' | 'entries' | 'tiles' | 'head' | 'commit' | 'anchor'
/** Called around each write. Throws, or ends the process, to play a crash; tests only. */
export type Fault = (when: 'before' | 'after', step: WriteStep) => void

export interface JournalParts {
  readonly store: Store
  readonly anchor: Anchor
  readonly signer: NoteSigner
  readonly edge: Edge
  readonly head: Checkpoint
  readonly fault?: Fault | undefined
  /** Gives back what the opener took. */
  readonly release: () => void
}

export class TreeJournal implements Journal {
  readonly #parts: JournalParts
  #edge: Edge
  #head: Checkpoint
  #stopped: Refusal | undefined
  #closed = false

  constructor(parts: JournalParts) {
    this.#parts = parts
    this.#edge = parts.edge
    this.#head = parts.head
  }

  get vkey(): string {
    return this.#parts.signer.vkey
  }
  get size(): number {
    return this.#edge.size
  }
  get stopped(): Refusal | undefined {
    return this.#stopped
  }
  checkpoint(): Checkpoint {
    return this.#head
  }

  append(entries: readonly Uint8Array[]): Checkpoint {
    if (this.#stopped !== undefined) {
      throw refused('JRNL-016', `nothing is appended since: ${this.#stopped.code} ${this.#stopped.detail}`)
    }
    if (entries.length === 0) return this.#head
    checkBatch(entries)
    const { signer, store, anchor } = this.#parts
    const { edge, writes } = extend(this.#edge, entries.map(leafHash))
    try {
      const root = edgeRoot(edge)
      this.#write('begin', () => store.begin())
      this.#write('entries', () => store.insertEntries(this.#edge.size, entries))
      this.#write('tiles', () => store.putTiles(writes))
      // Signed inside the transaction, so that it is durable with the tree it signs; it leaves this function only afterwards.
      const head = signCheckpoint(signer, edge.size, root)
      this.#write('head', () => store.putHead(head.note))
      this.#write('commit', () => store.commit())
      this.#write('anchor', () => anchor.write({ size: edge.size, root }))
      this.#edge = edge
      this.#head = head
      return head
    } catch (error) {
      store.rollback()
      throw this.#stop(error)
    }
  }

  #write(step: WriteStep, act: () => void): void {
    const { fault } = this.#parts
    fault?.('before', step)
    act()
    fault?.('after', step)
  }

  /** After a failed write nobody knows what the disk holds; only opening anew finds out. */
  #stop(error: unknown): Refused {
    const code: JournalCode = isFull(error) ? 'JRNL-004' : 'JRNL-005'
    this.#stopped = refuse(code, `a batch behind entry ${this.size} could not be written: ${reason(error)}`)
    return new Refused(this.#stopped, { cause: error })
  }

  readEntry(index: number): Uint8Array {
    this.#within(index, this.size - 1, 'entry')
    return this.#parts.store.entry(index) ?? this.#lost(`entry ${index}`)
  }

  *read(from: number, to: number = this.size): Iterable<Uint8Array> {
    this.#within(to, this.size, 'entry')
    this.#within(from, to, 'entry')
    for (let start = from; start < to; start += TILE_WIDTH) {
      const end = Math.min(to, start + TILE_WIDTH)
      // A piece at a time: a batch may be appended while somebody reads, and no read may stay open meanwhile.
      for (const [place, entry] of this.#parts.store.entries(start, end).entries()) {
        yield entry ?? this.#lost(`entry ${start + place}`)
      }
    }
  }

  root(size: number = this.size): Root {
    this.#within(size, this.size, 'size')
    return size === this.size ? this.#head.root : bytesOf(rootOf(this.#subtrees(), size))
  }

  inclusionProof(index: number, size: number = this.size): Root[] {
    this.#within(size, this.size, 'size')
    this.#within(index, size - 1, 'entry')
    return inclusionPath(this.#subtrees(), index, size).map(bytesOf)
  }

  consistencyProof(from: number, to: number = this.size): Root[] {
    this.#within(to, this.size, 'size')
    this.#within(from, to, 'size')
    return consistencyPath(this.#subtrees(), from, to).map(bytesOf)
  }

  tile(level: number, index: number, width?: number): Uint8Array | undefined {
    const wide = this.#width(level, index, width)
    return wide === undefined ? undefined : this.#hashes(level, index, wide)
  }

  entryBundle(index: number, width?: number): Uint8Array | undefined {
    const wide = this.#width(0, index, width)
    if (wide === undefined) return undefined
    return formatBundle([...this.read(index * TILE_WIDTH, index * TILE_WIDTH + wide)])
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopped ??= refuse('JRNL-016', 'the journal was closed')
    this.#parts.release()
  }

  /** The width to serve, or `undefined` where the tree has no such tile. */
  #width(level: number, index: number, width: number | undefined): number | undefined {
    if (!Number.isSafeInteger(index) || index < 0 || !Number.isSafeInteger(level) || level < 0) return undefined
    const there = tileWidth(level, index, this.size)
    const wide = width ?? there
    return Number.isSafeInteger(wide) && wide > 0 && wide <= there ? wide : undefined
  }

  #hashes(level: number, index: number, width: number): Buffer {
    const hashes = this.#parts.store.tile(level, index)
    if (hashes === undefined || hashes.length < width * HASH_BYTES) return this.#lost(`tile ${index} of level ${level}`)
    return hashes.subarray(0, width * HASH_BYTES)
  }

  #subtrees() {
    // A proof asks for the same tile several times.
    const seen = new Map<string, Buffer>()
    return subtreesFromTiles((level, index, width) => {
      const key = `${level}/${index}`
      const known = seen.get(key)
      if (known !== undefined && known.length >= width * HASH_BYTES) return known
      const hashes = this.#hashes(level, index, width)
      seen.set(key, hashes)
      return hashes
    })
  }

  #within(value: number, max: number, what: string): void {
    if (Number.isSafeInteger(value) && value >= 0 && value <= max) return
    throw refused('JRNL-017', `${what} ${value} is not in this journal of ${this.size} entries`)
  }

  #lost(what: string): never {
    throw refused('JRNL-009', `${what} is missing or too short in the database`)
  }
}

function checkBatch(entries: readonly Uint8Array[]): void {
  if (entries.length > BATCH_ENTRIES_MAX) {
    throw refused('JRNL-003', `the batch has ${entries.length} entries`, { expected: `at most ${BATCH_ENTRIES_MAX}` })
  }
  let bytes = 0
  for (const [place, entry] of entries.entries()) {
    bytes += entry.length
    if (entry.length > ENTRY_BYTES_MAX) {
      throw refused('JRNL-002', `entry ${place} of the batch has ${entry.length} bytes`, {
        field: `entries.${place}`,
        expected: `at most ${ENTRY_BYTES_MAX} bytes`,
      })
    }
  }
  if (bytes > BATCH_BYTES_MAX) {
    throw refused('JRNL-003', `the batch has ${bytes} bytes`, { expected: `at most ${BATCH_BYTES_MAX}` })
  }
}
