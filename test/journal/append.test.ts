/** Appending, reading and limits, on a disk and in memory alike. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  BATCH_BYTES_MAX,
  BATCH_ENTRIES_MAX,
  ENTRY_BYTES_MAX,
  type Journal,
  logFile,
  openJournal,
  openMemoryJournal,
  verifyCheckpoint,
  verifyJournal,
} from '../../src/journal/index.ts'
import { entriesFrom, entryAt, grow, keyFromSeed, refusalOf, signer, sure, temporaryFolder } from './support.ts'

const kinds: [string, () => Journal][] = [
  ['on disk', () => openJournal({ folder: join(temporaryFolder(), 'new', 'data'), signer })],
  ['in memory', () => openMemoryJournal(signer)],
]

describe.each(kinds)('a journal %s', (_, open) => {
  test('J1 an entry comes back byte for byte, whatever its bytes are', () => {
    const journal = open()
    const odd = [Buffer.of(), Buffer.of(0, 255, 10), Buffer.alloc(ENTRY_BYTES_MAX, 0xee), Buffer.from('한국어')]
    journal.append(odd)
    expect([...journal.read(0)].map((entry) => Buffer.from(entry))).toEqual(odd)
    expect(Buffer.from(journal.readEntry(2))).toEqual(odd[2])
    journal.close()
  })

  test('J2 the checkpoint returned signs exactly what was appended', () => {
    const journal = open()
    for (const count of [1, 299, 1000, 0, 5]) {
      const before = journal.size
      const checkpoint = grow(journal, count)
      const opened = sure(verifyCheckpoint(checkpoint.note, [signer.verifier]))
      expect(opened).toMatchObject({ origin: signer.name, size: before + count, extensions: [] })
      expect(Buffer.from(opened.root)).toEqual(Buffer.from(journal.root()))
      expect(journal.checkpoint()).toBe(checkpoint)
    }
    expect(verifyJournal(journal, [signer.verifier])).toMatchObject({ ok: true, size: 1305, faults: [] })
    journal.close()
  })

  test('J13 an entry or a batch beyond its limit is refused, and nothing else happens', () => {
    const journal = open()
    grow(journal, 3)
    const before = journal.checkpoint()
    expect(refusalOf(() => journal.append([entryAt(0), Buffer.alloc(ENTRY_BYTES_MAX + 1)]))).toBe('JRNL-002')
    expect(refusalOf(() => journal.append(entriesFrom(0, BATCH_ENTRIES_MAX + 1)))).toBe('JRNL-003')
    const big = new Array(Math.ceil(BATCH_BYTES_MAX / ENTRY_BYTES_MAX) + 1).fill(Buffer.alloc(ENTRY_BYTES_MAX))
    expect(refusalOf(() => journal.append(big))).toBe('JRNL-003')
    expect(journal.checkpoint()).toBe(before)
    expect(journal.stopped).toBeUndefined()
    expect(grow(journal, 1).size).toBe(4)
    journal.close()
  })

  test('J8 what lies beyond the end is refused, and a tile that is not there is not served', () => {
    const journal = open()
    grow(journal, 300)
    const beyond = [
      () => journal.readEntry(300),
      () => journal.readEntry(-1),
      () => journal.readEntry(0.5),
      () => [...journal.read(10, 301)],
      () => [...journal.read(20, 10)],
      () => journal.root(301),
      () => journal.inclusionProof(5, 5),
      () => journal.inclusionProof(300),
      () => journal.consistencyProof(301),
      () => journal.consistencyProof(5, 4),
    ]
    expect(beyond.map(refusalOf)).toEqual(beyond.map(() => 'JRNL-017'))
    expect([journal.tile(0, 2), journal.tile(0, 1, 45), journal.tile(1, 0, 2), journal.tile(2, 0)]).toEqual(
      Array(4).fill(undefined),
    )
    expect([journal.tile(0, 1)?.length, journal.tile(0, 1, 10)?.length, journal.tile(1, 0)?.length]).toEqual([
      1408, 320, 32,
    ])
    journal.close()
  })

  test('J2 a reader that began before a batch reads on to its own end', () => {
    const journal = open()
    grow(journal, 400)
    const seen: string[] = []
    for (const entry of journal.read(0)) {
      if (seen.length === 100) grow(journal, 500)
      seen.push(Buffer.from(entry).toString())
    }
    expect(seen).toEqual(entriesFrom(0, 400).map(String))
    journal.close()
  })

  test('J6 a closed journal appends nothing', () => {
    const journal = open()
    journal.close()
    journal.close()
    expect(refusalOf(() => grow(journal, 1))).toBe('JRNL-016')
  })

  test('J11 the files served have the types and caching of tlog-tiles', () => {
    const journal = open()
    grow(journal, 300)
    expect(logFile(journal, 'checkpoint')).toMatchObject({ contentType: 'text/plain; charset=utf-8', immutable: false })
    expect(logFile(journal, 'vkey')?.bytes.toString()).toBe(`${signer.vkey}\n`)
    expect(logFile(journal, 'tile/0/001.p/44')).toMatchObject({
      contentType: 'application/octet-stream',
      immutable: true,
    })
    expect(logFile(journal, 'tile/entries/000')).toMatchObject({
      contentType: 'application/octet-stream',
      immutable: true,
    })
    expect([logFile(journal, 'tile/0/001'), logFile(journal, 'journal.db'), logFile(journal, '')]).toEqual(
      Array(3).fill(undefined),
    )
    journal.close()
  })
})

test('J7 a journal reopens with the same checkpoint, to the byte, at every kind of edge', () => {
  const folder = temporaryFolder()
  for (const count of [0, 1, 254, 1, 1, 255, 512, 3000]) {
    const journal = openJournal({ folder, signer })
    const { note } = grow(journal, count)
    journal.close()
    const again = openJournal({ folder, signer })
    expect(again.checkpoint().note).toBe(note)
    again.close()
  }
  expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: 4024 })
})

test('J10 a journal refuses to open with another key, or another name for the key', () => {
  const folder = temporaryFolder()
  openJournal({ folder, signer }).close()
  for (const other of [keyFromSeed(signer.name, 8), keyFromSeed('other.example.com', 7)]) {
    expect(refusalOf(() => openJournal({ folder, signer: other }))).toBe('JRNL-010')
  }
})
