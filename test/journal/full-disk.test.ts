/** A full disk ends in a clear stop: nothing acknowledged is lost, nothing more is signed, and with space it goes on. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Journal, openJournal, verifyJournal } from '../../src/journal/index.ts'
import { entriesFrom, grow, refusalOf, signer, temporaryFolder, textOf } from './support.ts'

/** Appends until the journal refuses; the acknowledged size and the refusal's code. */
function fill(journal: Journal): { acknowledged: number; code: string } {
  let code = 'nothing was refused'
  while (code === 'nothing was refused') code = refusalOf(() => grow(journal, 100))
  return { acknowledged: journal.size, code }
}

function expectStopped(journal: Journal, acknowledged: number): void {
  const { note } = journal.checkpoint()
  expect(refusalOf(() => grow(journal, 1))).toBe('JRNL-016')
  expect(journal.stopped?.code).toBe('JRNL-004')
  expect(journal.checkpoint().note).toBe(note)
  expect(textOf(journal.read(0)) === textOf(entriesFrom(0, acknowledged))).toBe(true)
}

test('J6 SQLite that may not grow (SQLITE_FULL) stops the journal, and with room it goes on', () => {
  const folder = temporaryFolder()
  const journal = openJournal({ folder, signer, pagesMax: 40 })
  const { acknowledged, code } = fill(journal)
  expect([code, acknowledged > 0]).toEqual(['JRNL-004', true])
  expectStopped(journal, acknowledged)
  journal.close()
  const reopened = openJournal({ folder, signer })
  expect(reopened.size).toBe(acknowledged)
  grow(reopened, 500)
  reopened.close()
  expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: acknowledged + 500 })
})

/** Mounts a small file system in memory, or says in one line why not. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'pasu-test', folder], { stdio: 'ignore' })
    return true
  } catch {
    console.log('skipped: this user cannot mount a tmpfs, so no disk is really filled')
    return false
  }
}

test('J6 a really full file system (ENOSPC) stops the journal, and with room it goes on', () => {
  const folder = temporaryFolder()
  if (!mountSmall(folder)) return
  try {
    const journal = openJournal({ folder, signer })
    const { acknowledged, code } = fill(journal)
    expect([code, acknowledged > 0]).toEqual(['JRNL-004', true])
    expectStopped(journal, acknowledged)
    journal.close()
    // Full to the last byte, opening itself may fail; it must say so by number and leave everything as it was.
    try {
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(2 ** 20))
    } catch {
      // It was full before.
    }
    expect(refusalOf(() => openJournal({ folder, signer }).close())).toMatch(/^(nothing was refused|JRNL-004)$/)

    execFileSync('mount', ['-o', 'remount,size=8m', folder])
    const reopened = openJournal({ folder, signer })
    expect(reopened.size).toBe(acknowledged)
    grow(reopened, 500)
    reopened.close()
    expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: acknowledged + 500 })
  } finally {
    execFileSync('umount', [folder])
  }
})
