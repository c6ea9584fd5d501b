/** Writing the log as static files, which any web server can offer and any tlog-tiles client can check. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refused } from '../kernel/refusal.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Journal } from './journal.ts'
import { reason, refused } from './refusals.ts'
import { logFile, logPaths } from './serve.ts'
import { TILE_WIDTH } from './tiles.ts'

export type Progress = (done: number, total: number) => void

/**
 * Writes every file of the log into a new or empty folder, the checkpoint last, so that an export cut short has none. Returns the
 * checkpoint written. Progress counts entries. Throws `Refused`: JRNL-018 where the folder has something in it, JRNL-019 where it
 * cannot be written.
 */
export function exportLog(journal: Journal, folder: string, onProgress?: Progress): Checkpoint {
  const head = journal.checkpoint()
  try {
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length > 0) throw refused('JRNL-018', `${folder} has something in it`)
    let written = 0
    for (const path of logPaths(journal)) {
      const file = logFile(journal, path)
      if (file === undefined) throw refused('JRNL-009', `the journal has no ${path}`)
      const target = join(folder, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, file.bytes)
      if (!path.startsWith('tile/entries/')) continue
      written = Math.min(written + TILE_WIDTH, head.size)
      onProgress?.(written, head.size)
    }
    return head
  } catch (error) {
    if (error instanceof Refused) throw error
    throw refused('JRNL-019', `cannot write into ${folder}: ${reason(error)}`, { cause: error })
  }
}
