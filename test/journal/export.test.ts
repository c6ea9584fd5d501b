/** Strangers judge an exported log: the second verifier of this folder, and Go's golang.org/x/mod. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportLog, type Journal, logPaths, openMemoryJournal, verifyJournal } from '../../src/journal/index.ts'
import { judgeExport } from './second-verifier.ts'
import { grow, refusalOf, signer, temporaryFolder } from './support.ts'

/** Sizes at the edges of tiles and of proofs. */
const SIZES = [0, 1, 2, 3, 255, 256, 257, 511, 512, 600]

const journalOf = (size: number): Journal => {
  const journal = openMemoryJournal(signer)
  while (journal.size < size) grow(journal, Math.min(5_000, size - journal.size))
  return journal
}

function exported(journal: Journal): string {
  const folder = temporaryFolder()
  exportLog(journal, folder)
  return folder
}

/** Every file of a folder, as a path below it. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile())

test.each(SIZES)('J11 the second verifier accepts an exported log of %d entries', (size) => {
  const journal = journalOf(size)
  const { root, tiles, ...rest } = judgeExport(exported(journal))
  expect(rest.size).toBe(size)
  expect(Buffer.from(root)).toEqual(Buffer.from(journal.root()))
  expect(tiles).toBe([...logPaths(journal)].filter((path) => /^tile\/\d/.test(path)).length)
})

test('J11 a log of 70,000 entries has the tiles that the specification counts, and the second verifier accepts it', () => {
  const journal = journalOf(70_000)
  const folder = exported(journal)
  expect(judgeExport(folder).size).toBe(70_000)
  const paths = filesOf(folder)
  const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length
  expect([count(/^tile\/0\/\d{3}$/), count(/^tile\/1\/\d{3}$/), count(/^tile\/entries\/\d{3}$/)]).toEqual([273, 1, 273])
  const partial = paths.filter((path) => path.includes('.p/')).sort()
  expect(partial).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1', 'tile/entries/273.p/112'])
  expect(paths).toHaveLength(553)
  expect(new Set(paths)).toEqual(new Set(logPaths(journal)))
  expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, size: 70_000 })
})

test('J11 the second verifier refuses a log with any bit flipped', () => {
  const folder = exported(journalOf(300))
  const files = filesOf(folder)
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(), (path, random) => {
      withFlippedBit(join(folder, path), random, () => {
        expect(() => judgeExport(folder, signer.vkey)).toThrow()
      })
    }),
    // Its own vkey file is not what it trusts here.
    { numRuns: 60, examples: files.filter((path) => path !== 'vkey').map((path) => [path, 4711]) },
  )
})

function withFlippedBit(path: string, random: number, check: () => void): void {
  if (path.endsWith('vkey')) return
  const bytes = readFileSync(path)
  const changed = Buffer.from(bytes)
  const bit = random % (bytes.length * 8)
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  writeFileSync(path, changed)
  check()
  writeFileSync(path, bytes)
}

test('J11 an export never overwrites, and one cut short has no checkpoint', () => {
  const journal = journalOf(300)
  const folder = exported(journal)
  expect(refusalOf(() => exportLog(journal, folder))).toBe('JRNL-018')
  expect(refusalOf(() => exportLog(journal, join(folder, 'vkey', 'below')))).toBe('JRNL-019')
  expect([...logPaths(journal)].at(-1)).toBe('checkpoint')
  const seen: number[] = []
  exportLog(journal, join(folder, 'again'), (done, total) => seen.push(done, total))
  expect(seen).toEqual([256, 300, 300, 300])
})

/** Where Debian puts golang-golang-x-mod-dev. */
const GOPATH = '/usr/share/gocode'
const hasGo = spawnSync('go', ['version']).status === 0 && existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'))
if (!hasGo)
  console.log('skipped: go and golang-golang-x-mod-dev are not installed, so Go does not judge the exported log')

describe.skipIf(!hasGo)('J11 Go judges', () => {
  const build = mkdtempSync(join(tmpdir(), 'pasu-go-'))
  const checklog = join(build, 'checklog')
  afterAll(() => rmSync(build, { recursive: true }))
  beforeAll(() => {
    const source = fileURLToPath(new URL('../go/checklog', import.meta.url))
    const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local' }
    execFileSync('go', ['build', '-o', checklog], { cwd: source, env })
  })

  const judge = (folder: string) => spawnSync(checklog, [folder], { encoding: 'utf8' })

  test.each([...SIZES.filter((size) => size > 0), 70_000])(
    'J11 golang.org/x/mod accepts a log of %d entries',
    (size) => {
      const journal = journalOf(size)
      const { status, stdout, stderr } = judge(exported(journal))
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`ok: ${size} entries`)
      expect(stdout).toContain(Buffer.from(journal.root()).toString('base64'))
    },
  )

  test('J11 golang.org/x/mod refuses a log with a flipped bit in any file but its key', () => {
    const folder = exported(journalOf(300))
    for (const path of filesOf(folder)) {
      for (const random of [0, 4711, 99_991]) {
        withFlippedBit(join(folder, path), random, () => expect([path, judge(folder).status]).toEqual([path, 1]))
      }
    }
  })
})
