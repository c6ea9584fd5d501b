import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type App, openApp } from '../app.ts'
import { type Journal, openJournal } from '../journal/index.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { stateDigests } from '../machine/index.ts'
import { type Folder, initFolder } from './folder.ts'
import { SNAPSHOT_FILE, Snapshots } from './snapshot.ts'

const PACE = { afterEntries: 4, atLatestEntries: 20, idleMs: 20 }

let path: string
let folder: Folder
let journal: Journal
let app: App
let at: number
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'pasu-snapshot-'))
  folder = initFolder(join(path, 'data'), { platform: 'demo' })
  start()
  at = 1
})
afterEach(() => {
  journal.close()
  rmSync(path, { recursive: true, force: true })
})

function start(): Snapshots {
  journal = openJournal({ folder: folder.paths.journal, signer: folder.journalSigner })
  app = openApp()
  return new Snapshots(app, journal, folder, PACE)
}

/** Each is two entries or more: the command and what it caused. */
function work(snapshots: Snapshots, times: number): void {
  for (let n = 0; n < times; n++) {
    const data = { fund: 'reserve', krw: `${at}`, evidence: 'test' }
    const done = app.machine.run({ type: 'fund.set', data, by: 'test' }, at++)
    if (isRefusal(done)) throw new Error(done.detail)
    journal.append(done.entries)
    snapshots.look()
  }
}

/** Killed: nothing is told, and whoever starts next finds the files as they are. */
function startAgain(): { snapshots: Snapshots; folded: number } {
  journal.close()
  const snapshots = start()
  return { snapshots, folded: snapshots.restore(undefined) }
}

const file = (): string => join(folder.path, SNAPSHOT_FILE)

describe('a snapshot', () => {
  it('is kept while nobody waits, so that a start after a kill folds only what came later', async () => {
    const snapshots = new Snapshots(app, journal, folder, PACE)
    work(snapshots, 3)
    expect(existsSync(file())).toBe(false)
    await vi.waitFor(() => expect(existsSync(file())).toBe(true))
    const before = journal.size
    work(snapshots, 1)
    const grown = journal.size - before
    const digests = stateDigests(app.machine)
    expect(startAgain().folded).toBe(grown)
    expect(stateDigests(app.machine)).toEqual(digests)
  })

  it('is kept at the latest after so many entries, also where somebody always waits', async () => {
    const snapshots = new Snapshots(app, journal, folder, { ...PACE, idleMs: 1_000_000 })
    work(snapshots, 20)
    await vi.waitFor(() => expect(existsSync(file())).toBe(true))
    await snapshots.close(true)
    expect(startAgain().folded).toBe(0)
  })

  it('is only a cache: torn, or of another journal, it is passed over', async () => {
    const snapshots = new Snapshots(app, journal, folder, PACE)
    work(snapshots, 2)
    await snapshots.close(true)
    const digests = stateDigests(app.machine)
    const bytes = readFileSync(file())
    for (const place of [0, 9, bytes.length - 1]) {
      const torn = Buffer.from(bytes)
      torn[place] = (torn[place] ?? 0) ^ 1
      writeFileSync(file(), torn)
      expect(startAgain().folded).toBe(journal.size)
      expect(stateDigests(app.machine)).toEqual(digests)
    }
    writeFileSync(file(), bytes.subarray(0, 4))
    expect(startAgain().folded).toBe(journal.size)
  })

  it('is not kept of what did not become durable', async () => {
    const snapshots = new Snapshots(app, journal, folder, PACE)
    work(snapshots, 1)
    app.machine.run({ type: 'fund.set', data: { fund: 'own', krw: '1', evidence: 'test' }, by: 'test' }, at++)
    await snapshots.close(true)
    expect(existsSync(file())).toBe(false)
  })
})
