/**
 * Spent permits as empty files in a folder: a file is made only if there is none (O_EXCL), which the file system does for all processes
 * at once, and file and folder are synced before the answer, so a permit stays spent through a crash.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { KEPT_MS, type SpentStore } from './spent.ts'

/** Old records are cleared away after this many new ones. */
const CLEAR_EVERY = 1_000
const RECORD = /^([0-9]{1,16})-[0-9a-f]{64}$/
const FORGOTTEN = /^forgotten-([0-9]{1,16})$/

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === code

/** A local file system is needed; network file systems do not all keep O_EXCL. */
export async function folderSpentStore(folder: string): Promise<SpentStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let forgotten = await readForgotten(folder)
  let sinceCleared = CLEAR_EVERY
  return {
    async spend(id, until, now) {
      if (sinceCleared >= CLEAR_EVERY) {
        sinceCleared = 0
        forgotten = await clear(folder, now, forgotten)
      }
      if (until <= forgotten) return false
      sinceCleared += 1
      return record(folder, `${until}-${createHash('sha256').update(id, 'utf8').digest('hex')}`)
    },
  }
}

/** True where the file was made now; durable once it returns. */
async function record(folder: string, name: string): Promise<boolean> {
  try {
    const file = await open(join(folder, name), 'wx', 0o600)
    await file.sync().finally(() => file.close())
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
  await syncFolder(folder)
  return true
}

/** A new name is only safe once its folder is on disk. Windows has no such call, and keeps names in its own log. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const numberIn = (form: RegExp, name: string): number => Number(form.exec(name)?.[1] ?? 0)

async function readForgotten(folder: string): Promise<number> {
  const names = await readdir(folder)
  return Math.max(0, ...names.map((name) => numberIn(FORGOTTEN, name)))
}

/** Removes what ended long ago. First it records up to when, so that a clock set back makes none of it good again. */
async function clear(folder: string, now: number, before: number): Promise<number> {
  const names = await readdir(folder)
  const old = names.filter((name) => RECORD.test(name) && numberIn(RECORD, name) <= now - KEPT_MS)
  const marked = names.reduce((most, name) => Math.max(most, numberIn(FORGOTTEN, name)), before)
  if (old.length === 0) return marked
  const forgotten = old.reduce((most, name) => Math.max(most, numberIn(RECORD, name)), marked)
  await record(folder, `forgotten-${forgotten}`)
  const marks = names.filter((name) => FORGOTTEN.test(name) && numberIn(FORGOTTEN, name) < forgotten)
  for (const name of [...old, ...marks]) await rm(join(folder, name), { force: true })
  return forgotten
}
