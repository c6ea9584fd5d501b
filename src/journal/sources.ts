/** Where a log to be verified can stand: a data folder, an exported folder, or an open journal. Each gives bytes and judges nothing. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ANCHOR_FILE, type AnchorState, readAnchorFile } from './anchor.ts'
import type { Journal } from './journal.ts'
import { DATABASE_FILE, openForReading, Store } from './store.ts'
import { entriesPath, parseBundle, TILE_WIDTH, tilePath } from './tiles.ts'

/** The entries of one bundle. A hole is an entry that is not there. */
export interface StoredBundle {
  readonly entries: readonly (Uint8Array | undefined)[]
  /** False where the entries cannot be told apart to the end, so that what follows a damaged length means nothing. */
  readonly whole: boolean
}

export interface LogSource {
  /** The checkpoint's bytes, sound or not. */
  checkpoint(): Uint8Array | undefined
  bundle(index: number, width: number): StoredBundle
  /** The stored hashes, however many. */
  tile(level: number, index: number, width: number): Buffer | undefined
  /** How many entries seem to be there, for want of a checkpoint that can be trusted. */
  extent(): number
  /** The verifier key that lies beside the log, where one does. */
  vkey?(): string
  /** `undefined` where the source keeps no anchor; `missing` where it should and does not. */
  anchor?(): AnchorState | 'missing'
  /** What is wrong with the container itself, in words. */
  structure?(): string[]
  close(): void
}

/** The tables of a data folder, as one snapshot beside a running writer. */
function folderSource(folder: string, anchorPath = join(folder, ANCHOR_FILE)): LogSource {
  // Read first: a writer may go on meanwhile, and the anchor must not be newer than the snapshot.
  const anchor = readAnchorFile(anchorPath) ?? 'missing'
  const db = openForReading(join(folder, DATABASE_FILE))
  db.exec('BEGIN')
  const store = new Store(db)
  return {
    checkpoint: () => store.head(),
    bundle: (index, width) => {
      const first = index * TILE_WIDTH
      return { entries: store.entries(first, first + width), whole: true }
    },
    tile: (level, index) => store.tile(level, index),
    extent: () => store.extent().end,
    anchor: () => anchor,
    structure: () => store.structureFaults(),
    close: () => store.close(),
  }
}

/** The static files that `exportLog` wrote, or a copy of another log of the same layout. */
function exportSource(folder: string): LogSource {
  const file = (path: string): Buffer | undefined => {
    const full = join(folder, path)
    return existsSync(full) ? readFileSync(full) : undefined
  }
  const vkey = file('vkey')
  return {
    checkpoint: () => file('checkpoint'),
    bundle: (index, width) => {
      const bytes = file(entriesPath(index, width))
      return bytes === undefined ? { entries: [], whole: false } : parseBundle(bytes, width)
    },
    tile: (level, index, width) => file(tilePath(level, index, width)),
    extent: () => {
      let full = 0
      while (existsSync(join(folder, entriesPath(full, TILE_WIDTH)))) full += 1
      let width = TILE_WIDTH - 1
      while (width > 0 && !existsSync(join(folder, entriesPath(full, width)))) width -= 1
      return full * TILE_WIDTH + width
    },
    ...(vkey === undefined ? {} : { vkey: () => vkey.toString('latin1') }),
    close: () => {},
  }
}

/** An open journal, through its own face; for journals in memory. */
export function journalSource(journal: Journal): LogSource {
  const quiet = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch {
      return undefined
    }
  }
  return {
    checkpoint: () => Buffer.from(journal.checkpoint().note),
    bundle: (index, width) => {
      const first = index * TILE_WIDTH
      return {
        entries: Array.from({ length: width }, (_, at) => quiet(() => journal.readEntry(first + at))),
        whole: true,
      }
    },
    tile: (level, index, width) => {
      const hashes = quiet(() => journal.tile(level, index, width))
      return hashes === undefined ? undefined : Buffer.from(hashes)
    },
    extent: () => journal.size,
    close: () => {},
  }
}

/** Whether there is a log to look at, sound or not. */
export const hasLog = (folder: string): boolean =>
  [DATABASE_FILE, 'checkpoint', 'tile'].some((name) => existsSync(join(folder, name)))

/** The log in that folder, whichever of the two layouts it has. */
export const openSource = (folder: string, anchorPath?: string): LogSource =>
  existsSync(join(folder, DATABASE_FILE)) ? folderSource(folder, anchorPath) : exportSource(folder)
