/** Opening a journal: take the lock, read the right edge, and refuse to go on from anything but what was signed last. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { isRefusal, Refused } from '../kernel/refusal.ts'
import { ANCHOR_FILE, type Anchor, type Anchored, FileAnchor, MemoryAnchor, syncFolder } from './anchor.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type Edge, edgeRoot, emptyEdge, readEdge } from './edge.ts'
import { EMPTY_ROOT, HASH_BYTES, hashOf } from './hash.ts'
import { type Fault, type Journal, TreeJournal } from './journal.ts'
import type { NoteSigner } from './keys.ts'
import { lockFolder } from './lock.ts'
import { signCheckpoint, verifyCheckpoint } from './note.ts'
import { isFull, reason, refused } from './refusals.ts'
import { DATABASE_FILE, openDatabase, Store, type StoreLimits } from './store.ts'
import { subtreesFromTiles, type TileReader } from './tiles.ts'
import { rootOf } from './tree.ts'

export interface JournalOptions extends StoreLimits {
  /** Made with mode 0700 if absent. Holds `journal.db` (and SQLite's `-wal`, `-shm`), `journal.lock` and `anchor`. */
  readonly folder: string
  readonly signer: NoteSigner
  /** Where the anchor stands; on another disk it also guards against an old copy of the whole folder. Default: in the folder. */
  readonly anchorPath?: string
  /**
   * What to do when the database has entries and the anchor is missing or unreadable. `adopt` makes a new anchor from the database: an
   * operator's decision, taken when the database is known to be the newest. Default: `refuse` (JRNL-008).
   */
  readonly anchorLost?: 'refuse' | 'adopt'
  readonly fault?: Fault
}

const tileReader =
  (store: Store): TileReader =>
  (level, index, width) => {
    const hashes = store.tile(level, index)
    if (hashes !== undefined && hashes.length >= width * HASH_BYTES) return hashes
    throw refused('JRNL-009', `tile ${index} of level ${level} is missing or too short in the database`)
  }

/** The stored checkpoint and the edge under it, each checked against the other. */
function readHead(store: Store, signer: NoteSigner): { head: Checkpoint; edge: Edge } {
  const stored = store.head()
  if (stored === undefined) throw refused('JRNL-009', 'the database has no checkpoint')
  const opened = verifyCheckpoint(stored, [signer.verifier])
  if (isRefusal(opened)) {
    if (opened.code === 'JRNL-013') throw refused('JRNL-010', `${signer.name} did not sign the stored checkpoint`)
    throw refused('JRNL-009', `the stored checkpoint is not sound: ${opened.code} ${opened.detail}`)
  }
  const { size, root } = opened
  const edge = size === 0 ? emptyEdge : readEdge(size, tileReader(store))
  if (edgeRoot(edge) !== hashOf(root)) {
    throw refused('JRNL-009', `the stored tiles do not have the root that the checkpoint of size ${size} signs`)
  }
  return { edge, head: { size, root, note: Buffer.from(stored).toString('utf8') } }
}

/** Signs the empty tree of a new journal. */
function writeFirstHead(store: Store, signer: NoteSigner): void {
  store.begin()
  store.putHead(signCheckpoint(signer, 0, EMPTY_ROOT).note)
  store.commit()
}

/** The tree at hand must begin with the tree last signed; returns what the anchor should say now if that differs. */
function checkAnchor(store: Store, edge: Edge, anchored: Anchored): void {
  if (anchored.size > edge.size) {
    throw refused('JRNL-006', `a tree of ${anchored.size} entries was signed; this database has ${edge.size}`, {
      context: { signed: anchored.size, stored: edge.size },
    })
  }
  const root =
    anchored.size === edge.size ? edgeRoot(edge) : rootOf(subtreesFromTiles(tileReader(store)), anchored.size)
  if (root !== anchored.root) {
    throw refused('JRNL-007', `the first ${anchored.size} entries have another root than the one signed for them`)
  }
}

function settleAnchor(store: Store, anchor: Anchor, edge: Edge, lost: 'refuse' | 'adopt'): void {
  const now: Anchored = { size: edge.size, root: edgeRoot(edge) }
  const state = anchor.read()
  const latest = state?.latest
  if (latest === undefined) {
    if (edge.size > 0 && lost === 'refuse') {
      const what = state === undefined ? 'is missing' : 'has no readable slot'
      throw refused('JRNL-008', `the anchor of this journal of ${edge.size} entries ${what}`)
    }
    anchor.create(now)
    return
  }
  checkAnchor(store, edge, latest)
  // A crash between commit and anchor leaves a longer tree. It is caught up here, before anybody is answered.
  if (latest.size < edge.size) anchor.write(now)
}

function open(db: DatabaseSync, anchor: Anchor, options: Omit<JournalOptions, 'folder'>, release: () => void): Journal {
  const store = new Store(db)
  const { signer, fault, anchorLost = 'refuse' } = options
  if (store.head() === undefined && store.extent().end === 0) writeFirstHead(store, signer)
  const { head, edge } = readHead(store, signer)
  settleAnchor(store, anchor, edge, anchorLost)
  return new TreeJournal({ store, anchor, signer, edge, head, fault, release })
}

/** Whatever SQLite or the file system says while opening becomes one numbered refusal. */
function asRefused(error: unknown, folder: string): Refused {
  if (error instanceof Refused) return error
  const code = isFull(error) ? 'JRNL-004' : 'JRNL-009'
  return refused(code, `cannot open the journal in ${folder}: ${reason(error)}`, { cause: error })
}

/** Opens the journal of a folder, or makes an empty one. Throws `Refused`: JRNL-001, 004, 006 to 010, 019 or 020. */
export function openJournal(options: JournalOptions): Journal {
  const { folder } = options
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw refused('JRNL-019', `cannot make the data folder ${folder}: ${reason(error)}`, { cause: error })
  }
  const unlock = lockFolder(folder)
  const anchor = new FileAnchor(options.anchorPath ?? join(folder, ANCHOR_FILE))
  let db: DatabaseSync | undefined
  const release = (): void => {
    anchor.close()
    if (db?.isOpen) db.close()
    unlock()
  }
  try {
    const opened = openDatabase(join(folder, DATABASE_FILE), options)
    db = opened.db
    if (opened.fresh) syncFolder(folder)
    return open(db, anchor, options, release)
  } catch (error) {
    release()
    throw asRefused(error, folder)
  }
}

/** What a journal in memory stands on. It outlives the journal, so that the simulation can crash one and open the next. */
export interface MemoryDisk {
  readonly db: DatabaseSync
  readonly anchor: Anchor
}

export const memoryDisk = (): MemoryDisk => ({ db: openDatabase(':memory:').db, anchor: new MemoryAnchor() })

/** The same journal without a disk, for tests and the simulation. Opening a disk again rolls back what a crash left unfinished. */
export function openMemoryJournal(
  signer: NoteSigner,
  options: { readonly disk?: MemoryDisk; readonly fault?: Fault } = {},
): Journal {
  const { db, anchor } = options.disk ?? memoryDisk()
  if (db.isTransaction) db.exec('ROLLBACK')
  return open(db, anchor, { signer, ...options }, () => {})
}
