/**
 * The journal's tables in SQLite: entries, tiles and the one latest checkpoint. A statement apiece and nothing more; order, hashing
 * and safety are `journal.ts`'s. Rows are addressed by whole numbers (rowids), so no table needs a further index.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { TileWrite } from './edge.ts'
import { isFull, reason, refused } from './refusals.ts'
import { TILE_BYTES } from './tiles.ts'

export const DATABASE_FILE = 'journal.db'

/** `PASU` in ASCII: SQLite's application_id, so that another database is never taken for a journal. */
const APPLICATION_ID = 0x50415355
const SCHEMA_VERSION = 1
/** Of 4 to 32 KiB, tried side by side with batches of 1, 100 and 1,000: the fastest for the large ones, and no slower for one entry. */
const PAGE_BYTES = 16_384
/** SQLite copies its log into the database after so many pages, inside a commit: 4 MB at a time bounds the slowest one. */
const WAL_PAGES = 250
/** Only a verifier's first read can hold the database, and briefly. */
const BUSY_MS = 5_000
/** Pages kept in memory, in KiB: the right edge and what readers ask for again. */
const CACHE_KIB = 8_192
/** Tiles of all levels share one table: level times this, plus the index. 2^44 tiles of 256 are more than the entries we can count. */
const LEVEL_STRIDE = 2 ** 44

const SCHEMA = `
  CREATE TABLE entry (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
  CREATE TABLE tile (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
  CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), note BLOB NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`

type Row = readonly unknown[]

const blob = (row: unknown, column = 0): Uint8Array | undefined => {
  const value = Array.isArray(row) ? (row as Row)[column] : undefined
  return value instanceof Uint8Array ? value : undefined
}
const whole = (row: unknown, column = 0): number | undefined => {
  const value = Array.isArray(row) ? (row as Row)[column] : undefined
  return typeof value === 'number' ? value : undefined
}

export class Store {
  readonly #db: DatabaseSync
  readonly #insertEntry: StatementSync
  readonly #putTile: StatementSync
  readonly #putHead: StatementSync
  readonly #entry: StatementSync
  readonly #entries: StatementSync
  readonly #tile: StatementSync
  readonly #head: StatementSync

  constructor(db: DatabaseSync) {
    this.#db = db
    const prepare = (sql: string): StatementSync => {
      const statement = db.prepare(sql)
      statement.setReturnArrays(true)
      return statement
    }
    this.#insertEntry = prepare('INSERT INTO entry VALUES (?, ?)')
    this.#putTile = prepare('INSERT OR REPLACE INTO tile VALUES (?, ?)')
    this.#putHead = prepare('INSERT OR REPLACE INTO head VALUES (1, ?)')
    this.#entry = prepare('SELECT body FROM entry WHERE position = ?')
    this.#entries = prepare('SELECT position, body FROM entry WHERE position >= ? AND position < ? ORDER BY position')
    this.#tile = prepare('SELECT hashes FROM tile WHERE place = ?')
    this.#head = prepare('SELECT note FROM head WHERE one = 1')
  }

  begin(): void {
    this.#db.exec('BEGIN IMMEDIATE')
  }
  commit(): void {
    this.#db.exec('COMMIT')
  }
  /** Never throws: it is called when something else already went wrong. */
  rollback(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
    } catch {
      // SQLite rolls a broken transaction back by itself, at the latest when the file is next opened.
    }
  }

  insertEntries(first: number, entries: readonly Uint8Array[]): void {
    for (const [place, entry] of entries.entries()) this.#insertEntry.run(first + place, entry)
  }
  putTiles(writes: readonly TileWrite[]): void {
    for (const { level, index, hashes } of writes) this.#putTile.run(level * LEVEL_STRIDE + index, hashes)
  }
  putHead(note: string): void {
    this.#putHead.run(Buffer.from(note, 'utf8'))
  }

  entry(position: number): Uint8Array | undefined {
    return blob(this.#entry.get(position))
  }
  /** Entries `from` to `to` (exclusive) by position; a missing one is a hole. */
  entries(from: number, to: number): (Uint8Array | undefined)[] {
    const found: (Uint8Array | undefined)[] = new Array(to - from).fill(undefined)
    for (const row of this.#entries.all(from, to)) {
      const position = whole(row)
      if (position !== undefined) found[position - from] = blob(row, 1)
    }
    return found
  }
  /** The stored hashes of a tile, as many as there are. */
  tile(level: number, index: number): Buffer | undefined {
    const bytes = blob(this.#tile.get(level * LEVEL_STRIDE + index))
    return bytes === undefined || bytes.length > TILE_BYTES
      ? undefined
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  /** The latest checkpoint's note, as bytes, for it may be damaged. */
  head(): Uint8Array | undefined {
    return blob(this.#head.get())
  }
  /** How many entries there are, and how many the highest position allows: the two agree in a sound journal. */
  extent(): { readonly count: number; readonly end: number } {
    const row = this.#db.prepare('SELECT count(*) AS count, coalesce(max(position) + 1, 0) AS end FROM entry').get()
    return { count: Number(row?.count), end: Number(row?.end) }
  }
  countTiles(): number {
    return Number(this.#db.prepare('SELECT count(*) AS count FROM tile').get()?.count)
  }
  /** SQLite's own look at its pages; empty where it finds nothing. */
  structureFaults(): string[] {
    const rows = this.#db.prepare('PRAGMA quick_check(10)').all()
    return rows.map((row) => String(row.quick_check)).filter((line) => line !== 'ok')
  }

  close(): void {
    this.#db.close()
  }
}

const pragma = (db: DatabaseSync, name: string): unknown => db.prepare(`PRAGMA ${name}`).get()?.[name]

/** Refuses what is not a journal of this version (`JRNL-009`, `JRNL-020`). */
function checkFormat(db: DatabaseSync): void {
  const [application, version] = [pragma(db, 'application_id'), pragma(db, 'user_version')]
  if (application !== APPLICATION_ID) throw refused('JRNL-009', `${DATABASE_FILE} is a database, but not a journal`)
  if (version !== SCHEMA_VERSION) {
    throw refused('JRNL-020', `the journal has version ${version}; this program writes version ${SCHEMA_VERSION}`)
  }
}

export interface StoreLimits {
  /** The database may not grow beyond so many pages of 16 KiB: a stop well before the disk itself is full. */
  readonly pagesMax?: number
}

/** Opens a database for writing; `:memory:` gives an empty one that lives as long as its handle. A new one gets the schema. */
export function openDatabase(location: string, { pagesMax }: StoreLimits = {}): { db: DatabaseSync; fresh: boolean } {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(location, { timeout: BUSY_MS })
    db.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`)
    db.exec(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}; PRAGMA cache_size = -${CACHE_KIB}`)
    if (pagesMax !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(pagesMax)}`)
    const fresh = pragma(db, 'schema_version') === 0
    if (fresh) db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`)
    checkFormat(db)
    return { db, fresh }
  } catch (error) {
    db?.close()
    throw error instanceof Error && error.name === 'Refused'
      ? error
      : refused(isFull(error) ? 'JRNL-004' : 'JRNL-009', `cannot open ${location}: ${reason(error)}`, { cause: error })
  }
}

/** Opens a folder's database for reading beside a running writer. */
export function openForReading(location: string): DatabaseSync {
  const db = new DatabaseSync(location, { readOnly: true, timeout: BUSY_MS })
  try {
    checkFormat(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
