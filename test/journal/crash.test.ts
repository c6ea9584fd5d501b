/** Crash pairs: every write of an append fails before and after it lands, and what is left is opened again and checked whole. */
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Fault,
  type Journal,
  memoryDisk,
  openJournal,
  openMemoryJournal,
  verifyJournal,
  type WriteStep,
} from '../../src/journal/index.ts'
import { entriesFrom, grow, refusalOf, signer, temporaryFolder, textOf } from './support.ts'

const STEPS: readonly WriteStep[] = ['begin', 'entries', 'tiles', 'head', 'commit', 'anchor']
const pairs = STEPS.flatMap((step) => [['before', step] as const, ['after', step] as const])
/** Entries before, and in, the batch that fails: its tiles are one completed, one new and one of level 1. */
const [ACKNOWLEDGED, BATCH] = [500, 300]
/** Both sizes that a reopened journal may have, by whether the commit had been reached. */
const landed = (when: 'before' | 'after', step: WriteStep): boolean =>
  step === 'anchor' || (step === 'commit' && when === 'after')

const reference = openMemoryJournal(signer)
grow(reference, ACKNOWLEDGED + BATCH + 100)

/** The journal holds the first entries of the test log and the tree over them, whatever happened. */
function expectSound(journal: Journal, size: number): void {
  expect(journal.size).toBe(size)
  expect(Buffer.from(journal.root())).toEqual(Buffer.from(reference.root(size)))
  expect(textOf(journal.read(0)) === textOf(entriesFrom(0, size))).toBe(true)
}

/** The files as a power cut would leave them: everything written so far, and no shared memory. */
function copyFiles(from: string, to: string): void {
  for (const name of ['journal.db', 'journal.db-wal', 'anchor']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
  }
}

describe.each(pairs)('J3 %s %s', (when, step) => {
  /** Fails at the wanted place, in the second batch. */
  const failing = (armed: { now: boolean }, act: () => void): Fault => {
    return (w, s) => {
      if (armed.now && w === when && s === step) act()
    }
  }
  const fail = (): never => {
    throw new Error('the disk went away')
  }

  test('J3 a power cut loses nothing acknowledged and shows no torn batch', () => {
    const [folder, image] = [temporaryFolder(), temporaryFolder()]
    const armed = { now: false }
    const journal = openJournal({ folder, signer, fault: failing(armed, () => copyFiles(folder, image)) })
    grow(journal, ACKNOWLEDGED)
    armed.now = true
    grow(journal, BATCH)
    journal.close()

    const reopened = openJournal({ folder: image, signer })
    expectSound(reopened, ACKNOWLEDGED + (landed(when, step) ? BATCH : 0))
    grow(reopened, reference.size - reopened.size)
    expectSound(reopened, reference.size)
    reopened.close()
    expect(verifyJournal(image, [signer.verifier])).toMatchObject({ ok: true, size: reference.size })
  })

  test('J6 a write error stops the journal: reading goes on, nothing is signed, reopening works', () => {
    const folder = temporaryFolder()
    const armed = { now: false }
    const journal = openJournal({ folder, signer, fault: failing(armed, fail) })
    const acknowledged = grow(journal, ACKNOWLEDGED)
    armed.now = true
    expect(refusalOf(() => grow(journal, BATCH))).toBe('JRNL-005')
    armed.now = false
    expect(refusalOf(() => grow(journal, 1))).toBe('JRNL-016')
    expect(journal.stopped?.code).toBe('JRNL-005')
    expect(journal.checkpoint()).toBe(acknowledged)
    expectSound(journal, ACKNOWLEDGED)
    expect(journal.tile(0, 1)?.length).toBe((ACKNOWLEDGED - 256) * 32)
    journal.close()

    const reopened = openJournal({ folder, signer })
    expectSound(reopened, ACKNOWLEDGED + (landed(when, step) ? BATCH : 0))
    reopened.close()
    expect(verifyJournal(folder, [signer.verifier]).faults).toEqual([])
  })

  test('J3 a journal in memory crashes and reopens in the same way, for the simulation', () => {
    const disk = memoryDisk()
    const armed = { now: false }
    const journal = openMemoryJournal(signer, { disk, fault: failing(armed, fail) })
    grow(journal, ACKNOWLEDGED)
    armed.now = true
    expect(refusalOf(() => grow(journal, BATCH))).toBe('JRNL-005')
    expectSound(openMemoryJournal(signer, { disk }), ACKNOWLEDGED + (landed(when, step) ? BATCH : 0))
  })
})

describe('J3 a damaged write-ahead log', () => {
  const folder = temporaryFolderOnce()

  /** Opens a changed copy: everything acknowledged is there, or the anchor refuses. */
  function expectWholeOrRefused(change: (wal: string) => void): void {
    const image = temporaryFolder()
    copyFiles(folder(), image)
    change(join(image, 'journal.db-wal'))
    const code = refusalOf(() => {
      const journal = openJournal({ folder: image, signer })
      expectSound(journal, ACKNOWLEDGED + BATCH)
      journal.close()
    })
    expect(['nothing was refused', 'JRNL-006', 'JRNL-009']).toContain(code)
  }

  test('J5 cut at any byte, it never gives a shorter journal that signs on', () => {
    const length = readFileSync(join(folder(), 'journal.db-wal')).length
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length }), (cut) => expectWholeOrRefused((wal) => truncateSync(wal, cut))),
      { numRuns: 40 },
    )
  })

  test('J5 with any bit flipped, it never gives a shorter journal that signs on', () => {
    const bytes = readFileSync(join(folder(), 'journal.db-wal'))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expectWholeOrRefused((wal) => writeFileSync(wal, changed))
      }),
      { numRuns: 40 },
    )
  })
})

/** A copy of a live journal's files, made on first use. */
function temporaryFolderOnce(): () => string {
  let image: string | undefined
  return () => {
    if (image !== undefined && existsSync(image)) return image
    const live = temporaryFolder()
    image = temporaryFolder()
    const journal = openJournal({ folder: live, signer })
    grow(journal, ACKNOWLEDGED)
    grow(journal, BATCH)
    copyFiles(live, image)
    journal.close()
    return image
  }
}
