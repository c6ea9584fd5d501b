import { describe, expect, it } from 'vitest'
import {
  generateNoteKey,
  type Journal,
  logFile,
  openMemoryJournal,
  parseSigningKey,
} from '../../../../src/journal/index.ts'
import { utf8 } from '../../../../src/kernel/bytes.ts'
import { isRefusal } from '../../../../src/kernel/refusal.ts'
import type { JournalEntry } from '../../api/types.ts'
import { checkEntry, ordered } from './checkEntry.ts'
import { factWords } from './factWords.ts'
import { parseCheckpoint, signedBy } from './note.ts'
import { hex, proveEntry, type ReadFile, splitOf } from './proof.ts'
import { bundlePath, entryIn, subtreeRun, tileNumber } from './tiles.ts'

const entryAt = (index: number): JournalEntry => ({
  index,
  at: 1000 + index,
  kind: 'event',
  type: 'a.b',
  data: { n: index },
})

function signer(seed: number) {
  const key = parseSigningKey(generateNoteKey('example.test', new Uint8Array(32).fill(seed)).skey)
  if (isRefusal(key)) throw new Error(key.detail)
  return key
}

function journalOf(size: number): Journal {
  const journal = openMemoryJournal(signer(7))
  const entries = Array.from({ length: size }, (_, index) => {
    const { at, kind, type, data } = entryAt(index)
    return utf8(JSON.stringify({ at, data, kind, type }))
  })
  if (size > 0) journal.append(entries)
  return journal
}

const readerOf =
  (journal: Journal): ReadFile =>
  async (path) => {
    const file = logFile(journal, path)
    if (file === undefined) throw new Error(`no ${path}`)
    return file.bytes
  }

describe('an entry, proven in the browser', () => {
  it.each([1, 2, 3, 255, 256, 257, 700, 1025])(
    'C9 every kind of place in a tree of %i leads to the signed root',
    async (size) => {
      const journal = journalOf(size)
      const root = hex(new Uint8Array(journal.checkpoint().root))
      const places = new Set(
        [0, 1, 254, 255, 256, 257, 511, 512, size - 2, size - 1].filter((at) => at >= 0 && at < size),
      )
      for (const index of places) {
        expect(hex((await proveEntry(index, size, readerOf(journal))).root)).toBe(root)
        expect(await checkEntry(entryAt(index), readerOf(journal))).toMatchObject({ proven: true, signed: true, size })
      }
    },
  )

  it('C9 a changed bit in any file it reads is not proven', async () => {
    const journal = journalOf(700)
    const files = new Set<string>()
    await checkEntry(entryAt(300), async (path) => {
      files.add(path)
      return readerOf(journal)(path)
    })
    expect(files.size).toBeGreaterThan(3)
    for (const broken of files) {
      const spoilt: ReadFile = async (path) => {
        const bytes = Uint8Array.from(await readerOf(journal)(path))
        // In a bundle, a bit of our own entry; in a note, of the signed text or the key; in a tile, of a hash that is climbed through.
        const at = path.includes('entries') ? bytes.length - 1 : path === 'vkey' ? bytes.length - 8 : 40
        if (path !== broken) return bytes
        if (path.includes('entries'))
          for (let b = 0; b < bytes.length; b++) bytes[b] = (bytes[b] ?? 0) ^ (b > 1 ? 1 : 0)
        else if (path.startsWith('tile/')) for (let b = 0; b < bytes.length; b++) bytes[b] = (bytes[b] ?? 0) ^ 1
        else bytes[at] = (bytes[at] ?? 0) ^ 1
        return bytes
      }
      expect(await checkEntry(entryAt(300), spoilt), broken).toMatchObject({ proven: false })
    }
  })

  it('C9 says when the stored bytes are another fact than the one on the screen', async () => {
    const journal = journalOf(10)
    const shown = { ...entryAt(3), data: { n: 4 } }
    expect(await checkEntry(shown, readerOf(journal))).toEqual({ proven: false, why: 'differs' })
    expect(await checkEntry(entryAt(10), readerOf(journal))).toEqual({ proven: false, why: 'early' })
  })

  it('C9 takes no signature but that of the key', async () => {
    const journal = journalOf(3)
    const checkpoint = parseCheckpoint(journal.checkpoint().note)
    if (checkpoint === undefined) throw new Error('no checkpoint')
    expect(await signedBy(checkpoint, journal.vkey)).toBe(true)
    expect(await signedBy(checkpoint, openMemoryJournal(signer(8)).vkey)).toBe(false)
    expect(await signedBy({ ...checkpoint, text: checkpoint.text.replace('\n3\n', '\n4\n') }, journal.vkey)).toBe(false)
    expect(parseCheckpoint('no note')).toBeUndefined()
  })

  it('C9 finds files where c2sp.org/tlog-tiles puts them', () => {
    expect([tileNumber(0), tileNumber(999), tileNumber(1_234_067)]).toEqual(['000', '999', 'x001/x234/067'])
    expect([bundlePath(0, 256), bundlePath(256, 257), bundlePath(70_000, 70_001)]).toEqual([
      'tile/entries/000',
      'tile/entries/001.p/1',
      'tile/entries/273.p/113',
    ])
    expect(subtreeRun(9, 1, 2_000)).toEqual({ path: 'tile/1/000.p/7', start: 2, count: 2 })
    expect([splitOf(2), splitOf(3), splitOf(4), splitOf(5)]).toEqual([1, 2, 2, 4])
    expect(entryIn(new Uint8Array([0, 1, 9, 0, 2, 7, 8]), 1)).toEqual(new Uint8Array([7, 8]))
    expect(entryIn(new Uint8Array([0, 5, 9]), 0)).toBeUndefined()
  })
})

describe('a fact in one line', () => {
  it('C1 names what a person looks for and nothing it does not have', () => {
    const entry = { ...entryAt(1), data: { reason: 'key known', scope: 'all', amount: '5' } }
    expect(factWords(entry)).toBe('all · key known')
    expect(factWords({ ...entry, data: null })).toBe('')
    expect(ordered({ b: 1, a: [{ d: 1, c: 2 }] })).toEqual({ a: [{ c: 2, d: 1 }], b: 1 })
  })
})
