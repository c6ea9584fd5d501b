/** Verification of a whole log: a sound one has no fault, and a flipped bit is found and laid at the right place. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportLog, type LogFault, openJournal, verifyJournal } from '../../src/journal/index.ts'
import { grow, keyFromSeed, refusalOf, signer, temporaryFolder } from './support.ts'

/** Two full tiles, one unfinished, and one of level 1. */
const SIZE = 700

function folderOf(size: number): string {
  const folder = temporaryFolder()
  const journal = openJournal({ folder, signer })
  while (journal.size < size) grow(journal, Math.min(5_000, size - journal.size))
  journal.close()
  return folder
}

const faultsOf = (folder: string): readonly LogFault[] => verifyJournal(folder, [signer.verifier]).faults

const flipped = (bytes: Uint8Array, bit: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** Runs `check` while one blob of the database has one bit flipped. */
function withFlippedBlob(
  db: DatabaseSync,
  table: 'entry' | 'tile' | 'head',
  key: number,
  random: number,
  check: (bit: number) => void,
) {
  const [id, column] = { entry: ['position', 'body'], tile: ['place', 'hashes'], head: ['one', 'note'] }[table] ?? []
  const bytes = db.prepare(`SELECT ${column} AS bytes FROM ${table} WHERE ${id} = ?`).get(key)?.bytes
  if (!(bytes instanceof Uint8Array)) throw new Error(`no blob ${key} in ${table}`)
  const update = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`)
  const bit = random % (bytes.length * 8)
  update.run(flipped(bytes, bit), key)
  try {
    check(bit)
  } finally {
    update.run(bytes, key)
  }
}

/** The line of a checkpoint in which that bit stands. */
const lineAt = (note: Uint8Array, bit: number): number =>
  Buffer.from(note)
    .subarray(0, bit >> 3)
    .filter((byte) => byte === 10).length + 1

describe('J12 a data folder', () => {
  const folder = once(() => folderOf(SIZE))

  test('J12 a sound one has no fault, and progress reaches its size', () => {
    const seen: number[] = []
    const result = verifyJournal(folder(), [signer.verifier], { onProgress: (done) => seen.push(done) })
    expect(result).toMatchObject({ ok: true, size: SIZE, faults: [], more: 0 })
    expect(seen).toEqual([256, 512, 700])
  })

  test('J12 a flipped bit in an entry is laid at that entry', () => {
    const db = new DatabaseSync(join(folder(), 'journal.db'))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SIZE - 1 }), fc.nat(), (index, random) => {
        withFlippedBlob(db, 'entry', index, random, () => {
          expect(faultsOf(folder())).toMatchObject([{ where: 'entry', index }])
        })
      }),
      {
        numRuns: 40,
        examples: [
          [0, 0],
          [511, 1],
          [512, 2],
          [699, 3],
        ],
      },
    )
    db.close()
  })

  test('J12 a flipped bit in a tile is laid at that hash of that tile', () => {
    const db = new DatabaseSync(join(folder(), 'journal.db'))
    const names = new Map([
      [0, 'tile/0/000'],
      [1, 'tile/0/001'],
      [2, 'tile/0/002.p/188'],
      [2 ** 44, 'tile/1/000.p/2'],
    ])
    fc.assert(
      fc.property(fc.constantFrom(...names.keys()), fc.nat(), (place, random) => {
        withFlippedBlob(db, 'tile', place, random, (bit) => {
          expect(faultsOf(folder())).toMatchObject([{ where: names.get(place), index: Math.floor(bit / 256) }])
        })
      }),
      { numRuns: 40 },
    )
    db.close()
  })

  test('J12 a flipped bit in the checkpoint is laid at its line', () => {
    const db = new DatabaseSync(join(folder(), 'journal.db'))
    const note = db.prepare('SELECT note FROM head').get()?.note
    if (!(note instanceof Uint8Array)) throw new Error('no checkpoint')
    fc.assert(
      fc.property(fc.nat(), (random) => {
        withFlippedBlob(db, 'head', 1, random, (bit) => {
          expect(faultsOf(folder())).toMatchObject([{ where: 'checkpoint', index: lineAt(note, bit) }])
        })
      }),
      { numRuns: 60 },
    )
    db.close()
  })

  test('J12 a flipped bit anywhere in the anchor is laid at the anchor', () => {
    const path = join(folder(), 'anchor')
    const bytes = readFileSync(path)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        writeFileSync(path, flipped(bytes, bit))
        expect(faultsOf(folder())).toMatchObject([{ where: 'anchor', index: bit >> 3 < 4096 ? 0 : 1 }])
      }),
      { numRuns: 40, examples: [[0], [100], [4096 * 8], [65_535]] },
    )
    writeFileSync(path, bytes)
  })

  test('J12 a flipped bit in the raw database file is found, or stands where nothing is stored', () => {
    const path = join(folder(), 'journal.db')
    const bytes = readFileSync(path)
    const { root } = verifyJournal(folder(), [signer.verifier])
    let found = 0
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        writeFileSync(path, flipped(bytes, bit))
        const result = verifyJournal(folder(), [signer.verifier])
        if (result.ok) expect([result.size, result.root]).toEqual([SIZE, root])
        else found += 1
      }),
      { numRuns: 80, seed: 8 },
    )
    writeFileSync(path, bytes)
    expect(found).toBeGreaterThan(20)
    expect(faultsOf(folder())).toEqual([])
  })

  test.each([
    ['DELETE FROM entry WHERE position = 300', { where: 'entry', index: 300 }],
    ['DELETE FROM entry WHERE position = 699', { where: 'entry', index: 699 }],
    ['DELETE FROM tile WHERE place = 1', { where: 'tile/0/001' }],
    ['UPDATE tile SET hashes = substr(hashes, 1, 100) WHERE place = 2', { where: 'tile/0/002.p/188' }],
    ["INSERT INTO entry VALUES (700, x'7b7d')", { where: 'database' }],
    ['DELETE FROM head', { where: 'checkpoint' }],
  ])('J12 after "%s" the fault is named', (sql, fault) => {
    const damaged = folderOf(SIZE)
    const db = new DatabaseSync(join(damaged, 'journal.db'))
    db.exec(sql)
    db.close()
    expect(faultsOf(damaged)).toMatchObject([fault])
  })

  test('J12 two damaged entries are two faults, and entries exchanged for each other are both found', () => {
    const damaged = folderOf(SIZE)
    const db = new DatabaseSync(join(damaged, 'journal.db'))
    db.exec('UPDATE entry SET position = -1 WHERE position = 10; UPDATE entry SET position = 10 WHERE position = 600')
    db.exec('UPDATE entry SET position = 600 WHERE position = -1')
    db.close()
    expect(faultsOf(damaged)).toMatchObject([
      { where: 'entry', index: 10 },
      { where: 'entry', index: 600 },
    ])
  })

  test('J12 a log rewritten whole, tiles and all, still does not have the signed root', () => {
    const [damaged, other] = [folderOf(SIZE), temporaryFolder()]
    const journal = openJournal({ folder: other, signer: keyFromSeed(signer.name, 9) })
    grow(journal, SIZE - 1)
    journal.append([Buffer.from('{"forged":true}')])
    journal.close()
    const db = new DatabaseSync(join(damaged, 'journal.db'))
    db.exec(`ATTACH '${join(other, 'journal.db')}' AS forged`)
    db.exec('REPLACE INTO entry SELECT * FROM forged.entry; REPLACE INTO tile SELECT * FROM forged.tile')
    db.close()
    expect(faultsOf(damaged)).toMatchObject([{ where: 'checkpoint', index: 3 }, { where: 'anchor' }])
  })

  test('J12 verifying with another key blames the signature line', () => {
    const { ok, faults } = verifyJournal(folder(), [keyFromSeed(signer.name, 9).verifier])
    expect([ok, faults]).toMatchObject([false, [{ where: 'checkpoint', index: 5 }]])
  })

  test('J12 a folder without a log is refused', () => {
    expect(refusalOf(() => verifyJournal(temporaryFolder(), [signer.verifier]))).toBe('JRNL-009')
  })
})

test('J12 at 66,000 entries a bit in a full tile of level 1, an entry and a tile below it are each told apart', () => {
  const folder = folderOf(66_000)
  const db = new DatabaseSync(join(folder, 'journal.db'))
  withFlippedBlob(db, 'tile', 2 ** 44, 7 * 256 + 3, () => {
    expect(faultsOf(folder)).toMatchObject([{ where: 'tile/1/000', index: 7 }])
  })
  withFlippedBlob(db, 'entry', 12_345, 5, () => {
    expect(faultsOf(folder)).toMatchObject([{ where: 'entry', index: 12_345 }])
  })
  withFlippedBlob(db, 'tile', 48, 9 * 256, () => {
    expect(faultsOf(folder)).toMatchObject([{ where: 'tile/0/048', index: 9 }])
  })
  db.close()
})

describe('J12 an exported folder', () => {
  const folder = once(() => {
    const journal = openJournal({ folder: folderOf(SIZE), signer })
    const target = temporaryFolder()
    exportLog(journal, target)
    journal.close()
    return target
  })

  test('J12 a flipped bit in any file is laid at that file, or at the entry in it', () => {
    const files = readdirSync(folder(), { recursive: true, encoding: 'utf8' }).filter((path) => {
      return statSync(join(folder(), path)).isFile()
    })
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), (path, random) => {
        const bytes = readFileSync(join(folder(), path))
        const bit = random % (bytes.length * 8)
        writeFileSync(join(folder(), path), flipped(bytes, bit))
        const faults = faultsOf(folder())
        writeFileSync(join(folder(), path), bytes)
        expect(faults).toMatchObject([expectedFault(path, bytes, bit)])
      }),
      { numRuns: 150 },
    )
  })

  /** Where verification must say that the bit stands. */
  function expectedFault(path: string, bytes: Buffer, bit: number): object {
    if (path === 'vkey') return { where: 'vkey' }
    if (path === 'checkpoint') return { where: 'checkpoint', index: lineAt(bytes, bit) }
    if (!path.startsWith('tile/entries/')) return { where: path, index: Math.floor(bit / 256) }
    const first = Number(/\d{3}/.exec(path)?.[0]) * 256
    for (let at = 0, index = first; at < bytes.length; index++) {
      const end = at + 2 + bytes.readUInt16BE(at)
      // A damaged length hides what follows, so the bundle is named; a damaged body is the entry's own fault.
      if (bit >> 3 < end) return { where: bit >> 3 < at + 2 ? path : 'entry', index }
      at = end
    }
    throw new Error('the bit stands behind the bundle')
  }

  test.each(['tile/entries/001', 'tile/0/002.p/188', 'tile/1/000.p/2', 'checkpoint'])(
    'J12 a missing %s is named',
    (path) => {
      const bytes = readFileSync(join(folder(), path))
      rmSync(join(folder(), path))
      const faults = faultsOf(folder())
      writeFileSync(join(folder(), path), bytes)
      expect(faults).toMatchObject([{ where: path }])
    },
  )

  test('J12 with a broken checkpoint the entries are still counted and checked', () => {
    const path = join(folder(), 'checkpoint')
    const bytes = readFileSync(path)
    writeFileSync(path, 'nothing\n')
    const result = verifyJournal(folder(), [signer.verifier])
    writeFileSync(path, bytes)
    expect(result).toMatchObject({ ok: false, size: SIZE, faults: [{ where: 'checkpoint', index: 1 }] })
  })
})

/** A folder shared by the tests of one group, made anew where a test's end has removed it. */
function once(make: () => string): () => string {
  let folder: string | undefined
  return () => {
    if (folder === undefined || !readdirOrNothing(folder)) folder = make()
    return folder
  }
}

function readdirOrNothing(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}
