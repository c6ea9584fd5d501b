/** What the journal's tests share: the test log, folders that go away, refusals, and others' vectors. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Journal } from '../../src/journal/index.ts'
import { Refused } from '../../src/kernel/refusal.ts'
import { entriesFrom } from './log.ts'

export { entriesFrom, entryAt, keyFromSeed, signer, sure } from './log.ts'

const folders: string[] = []
/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pasu-journal-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** All entries as text, one a line. */
export const textOf = (entries: Iterable<Uint8Array>): string =>
  Array.from(entries, (entry) => Buffer.from(entry).toString()).join('\n')

/** Appends the next `count` entries of the test log. */
export const grow = (journal: Journal, count: number) => journal.append(entriesFrom(journal.size, count))

/** The numbers of a refusal that a call throws. */
export function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code
    throw error
  }
  return 'nothing was refused'
}

export const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

/** A file of the vectors beside the checkout, or `undefined` with one plain line. */
export function sharedRecord(path: string): string | undefined {
  const file = new URL(`../../../shared/data/record/${path}`, import.meta.url)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  console.log(`skipped: shared/data/record/${path} is not beside this checkout`)
  return undefined
}
