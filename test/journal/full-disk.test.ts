/** A full disk ends in a clear stop: nothing acknowledged is lost, nothing more is signed, and with space it goes on. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openJournal, verifyJournal } from '../../src/journal/index.ts'
import { entriesFrom, grow, refusalOf, signer, temporaryFolder, textOf } from './support.ts'

test('J6 SQLite that may not grow (SQLITE_FULL) stops the journal, and with room it goes on', () => {
  const folder = temporaryFolder()
  const journal = openJournal({ folder, signer, pagesMax: 40 })
  let code = 'nothing was refused'
  while (code === 'nothing was refused') code = refusalOf(() => grow(journal, 100))
  const acknowledged = journal.size
  const { note } = journal.checkpoint()
  expect([code, acknowledged > 0]).toEqual(['JRNL-004', true])
  expect(refusalOf(() => grow(journal, 1))).toBe('JRNL-016')
  expect(journal.stopped?.code).toBe('JRNL-004')
  expect(journal.checkpoint().note).toBe(note)
  expect(textOf(journal.read(0)) === textOf(entriesFrom(0, acknowledged))).toBe(true)
  journal.close()

  const reopened = openJournal({ folder, signer })
  expect(reopened.size).toBe(acknowledged)
  grow(reopened, 500)
  reopened.close()
  expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: acknowledged + 500 })
})

/** Whether this user may mount a file system in a name space of their own. */
const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'pasu-test', '/mnt']).status === 0
if (!canMount) console.log('skipped: this user cannot mount a tmpfs, so no disk is really filled')

test.skipIf(!canMount)('J6 a really full file system (ENOSPC) stops the journal, and with room it goes on', () => {
  const child = fileURLToPath(new URL('full-disk-child.ts', import.meta.url))
  const args = ['--mount', process.execPath, child, temporaryFolder()]
  const { stdout, stderr, status } = spawnSync('unshare', args, { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const seen = JSON.parse(stdout)
  const { acknowledged } = seen
  expect(acknowledged).toBeGreaterThan(0)
  expect(['nothing was refused', 'JRNL-004']).toContain(seen.whileFull)
  expect(seen).toMatchObject({
    full: 'JRNL-004',
    after: 'JRNL-016',
    readable: acknowledged,
    sameNote: true,
    reopenedSize: acknowledged,
    ok: true,
    size: acknowledged + 500,
  })
})
