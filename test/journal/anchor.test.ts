/** The anchor: no journal signs on from less, or from something else, than was signed before. */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { FileAnchor, parseAnchor } from '../../src/journal/anchor.ts'
import { bytesOf, leafHash } from '../../src/journal/hash.ts'
import { openJournal, verifyJournal } from '../../src/journal/index.ts'
import { entriesFrom, grow, refusalOf, signer, temporaryFolder } from './support.ts'

const DATABASE = ['journal.db', 'journal.db-wal']

/** A folder whose journal grew by these batches, closed. */
function folderOf(...batches: number[]): string {
  const folder = temporaryFolder()
  const journal = openJournal({ folder, signer })
  for (const count of batches) grow(journal, count)
  journal.close()
  return folder
}

function copy(from: string, to: string, names: readonly string[]): void {
  for (const name of names) {
    rmSync(join(to, name), { force: true })
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
  }
}

const opening = (folder: string, more: { anchorPath?: string; anchorLost?: 'adopt' } = {}) =>
  refusalOf(() => openJournal({ folder, signer, ...more }).close())

test('J5 an old copy of the database is refused, and the newest one put back is accepted', () => {
  const folder = folderOf(300)
  const [old, newest] = [temporaryFolder(), temporaryFolder()]
  copy(folder, old, DATABASE)
  const journal = openJournal({ folder, signer })
  grow(journal, 50)
  journal.close()
  copy(folder, newest, DATABASE)
  copy(old, folder, DATABASE)
  expect(opening(folder)).toBe('JRNL-006')
  expect(verifyJournal(folder, [signer.verifier]).faults).toMatchObject([{ where: 'anchor' }])
  copy(newest, folder, DATABASE)
  expect(opening(folder)).toBe('nothing was refused')
})

test('J5 an emptied folder with its anchor left is refused', () => {
  const folder = folderOf(10)
  for (const name of DATABASE) rmSync(join(folder, name), { force: true })
  expect(opening(folder)).toBe('JRNL-006')
})

test('J5 another history of the same or a greater length is refused', () => {
  for (const more of [0, 5]) {
    const folder = folderOf(300)
    const forged = temporaryFolder()
    const journal = openJournal({ folder: forged, signer })
    journal.append([...entriesFrom(0, 299), Buffer.from('{"forged":true}'), ...entriesFrom(300, more)])
    journal.close()
    copy(forged, folder, DATABASE)
    expect(opening(folder)).toBe('JRNL-007')
    expect(verifyJournal(folder, [signer.verifier]).faults).toMatchObject([{ where: 'anchor' }])
  }
})

test('J5 a lost or unreadable anchor is refused until an operator adopts the database', () => {
  for (const spoil of [
    (path: string) => rmSync(path),
    (path: string) => writeFileSync(path, ''),
    (path: string) => writeFileSync(path, Buffer.alloc(8192, 1)),
  ]) {
    const folder = folderOf(20)
    spoil(join(folder, 'anchor'))
    expect(opening(folder)).toBe('JRNL-008')
    expect(verifyJournal(folder, [signer.verifier]).ok).toBe(false)
    expect(opening(folder, { anchorLost: 'adopt' })).toBe('nothing was refused')
    expect(opening(folder)).toBe('nothing was refused')
  }
})

test('J5 adopting does not overrule an anchor that can be read', () => {
  const folder = folderOf(20)
  copy(folderOf(10), folder, DATABASE)
  expect(opening(folder, { anchorLost: 'adopt' })).toBe('JRNL-006')
})

test('J5 an anchor on another disk also refuses an old copy of the whole folder', () => {
  const anchorPath = join(temporaryFolder(), 'pasu.anchor')
  const [folder, old] = [temporaryFolder(), temporaryFolder()]
  const journal = openJournal({ folder, signer, anchorPath })
  grow(journal, 10)
  journal.close()
  copy(folder, old, DATABASE)
  const again = openJournal({ folder, signer, anchorPath })
  grow(again, 10)
  again.close()
  expect(opening(old, { anchorPath })).toBe('JRNL-006')
  expect(opening(folder, { anchorPath })).toBe('nothing was refused')
  expect(verifyJournal(folder, [signer.verifier], { anchorPath }).ok).toBe(true)
})

test('J5 a torn write of one slot leaves the other, and the next write heals it', () => {
  const path = join(temporaryFolder(), 'anchor')
  const root = leafHash(Buffer.from('root'))
  const anchor = new FileAnchor(path)
  anchor.create({ size: 1, root })
  for (const size of [2, 3]) anchor.write({ size, root })
  const whole = readFileSync(path)
  for (let torn = 1; torn < 80; torn++) {
    const file = Buffer.from(whole)
    // The slot of size 3 gets the first bytes of what would have been size 5.
    const next = Buffer.from(whole.subarray(0, 80))
    next.writeBigUInt64BE(5n, 8)
    next.set(bytesOf(leafHash(Buffer.of(torn))), 16)
    file.set(next.subarray(0, torn), 0)
    const state = parseAnchor(file)
    expect(state.latest?.size).toBe(torn <= 15 ? 3 : 2)
    writeFileSync(path, file)
    const healed = new FileAnchor(path)
    healed.read()
    healed.write({ size: 6, root })
    expect(parseAnchor(readFileSync(path)).latest?.size).toBe(6)
    healed.close()
  }
  anchor.close()
})

test('J14 what is no journal, and a journal of another version, is refused by name and left as it is', () => {
  const [text, other, newer] = [temporaryFolder(), temporaryFolder(), folderOf(1)]
  writeFileSync(join(text, 'journal.db'), 'this is no database, only a text of some length\n'.repeat(40))
  change(other, 'CREATE TABLE t (x)')
  change(newer, 'PRAGMA user_version = 2')
  writeFileSync(join(text, 'file'), '')
  const before = [text, other, newer].map((folder) => readFileSync(join(folder, 'journal.db')))
  const codes = [text, other, newer, join(text, 'file', 'below')].map((folder) => opening(folder))
  expect(codes).toEqual(['JRNL-009', 'JRNL-009', 'JRNL-020', 'JRNL-019'])
  // Opening may note in the header that the file is in WAL mode now; nothing else.
  const after = [text, other, newer].map((folder) => readFileSync(join(folder, 'journal.db')))
  expect(after.map((file) => file.subarray(100))).toEqual(before.map((file) => file.subarray(100)))
})

test('J14 a journal whose making was cut short at any write is made again', () => {
  for (const cut of [
    (folder: string) => rmSync(join(folder, 'anchor')),
    (folder: string) => writeFileSync(join(folder, 'anchor.new'), 'half an anch'),
    (folder: string) => change(folder, 'DELETE FROM head'),
    (folder: string) => rmSync(join(folder, 'journal.db')),
  ]) {
    const folder = folderOf()
    cut(folder)
    expect(opening(folder)).toBe('nothing was refused')
    expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: 0 })
  }
})

test('J14 tables that do not fit their own checkpoint are refused', () => {
  for (const sql of [
    'DELETE FROM head',
    'DELETE FROM tile WHERE place = 1',
    'UPDATE tile SET hashes = zeroblob(length(hashes))',
  ]) {
    const folder = folderOf(300)
    change(folder, sql)
    expect(opening(folder)).toBe('JRNL-009')
  }
})

/** Runs one statement on a closed folder's database, or makes one. */
function change(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, 'journal.db'))
  db.exec(sql)
  db.close()
}
