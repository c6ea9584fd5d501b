/**
 * One writer a folder. The lock is SQLite's own exclusive lock on an empty database beside the journal: the system releases it when the
 * process dies in whatever way, so there is no stale lock file, and readers of `journal.db` are not shut out.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isFull, reason, refused } from './refusals.ts'

const LOCK_FILE = 'journal.lock'

/** SQLite's result code for a lock that somebody else holds. */
const SQLITE_BUSY = 5

/** Takes the lock or throws `JRNL-001`; the returned function gives it back. */
export function lockFolder(folder: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 })
    // Held for the life of the process. Without the journal mode SQLite would prepare a file for the roll-back of nothing.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    const held = lock
    return () => held.close()
  } catch (error) {
    lock?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw refused('JRNL-001', `another process has the journal in ${folder} open`, { cause: error })
    }
    throw refused(isFull(error) ? 'JRNL-004' : 'JRNL-019', `cannot lock ${folder}: ${reason(error)}`, { cause: error })
  }
}
