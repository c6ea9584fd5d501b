import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { utf8 } from '../kernel/bytes.ts'
import { Refused } from '../kernel/refusal.ts'
import { folderBlobs } from './blobs.ts'

/** FIPS 180-2, appendix B.1: the SHA-256 of "abc". */
const ABC = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

const folder = mkdtempSync(join(tmpdir(), 'pasu-blobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (fault) {
    if (fault instanceof Refused) return fault.refusal.code
    throw fault
  }
  return 'none'
}

test('a file is named by its content, kept once, and given back', () => {
  const blobs = folderBlobs(folder)
  expect([blobs.has(ABC), codeOf(() => blobs.get(ABC))]).toEqual([false, 'BLOB-001'])
  expect([blobs.put(utf8('abc')), blobs.put(utf8('abc')), blobs.has(ABC)]).toEqual([ABC, ABC, true])
  expect(Buffer.from(folderBlobs(folder).get(ABC)).toString()).toBe('abc')
  expect(files()).toEqual([join(folder, 'ba', ABC.slice('sha256:ba'.length))])
})

test('what is no name of a file leads to none, in this folder or above it', () => {
  const blobs = folderBlobs(folder)
  for (const name of ['', 'sha256:', `sha256:${'A'.repeat(64)}`, 'sha256:../../etc/passwd', `${ABC}/..`]) {
    expect([name, codeOf(() => blobs.get(name)), codeOf(() => blobs.has(name))]).toEqual([name, 'BLOB-001', 'BLOB-001'])
  }
})

test('a file whose content is not what its name says is not given out', () => {
  const blobs = folderBlobs(folder)
  blobs.put(utf8('abc'))
  const [path = ''] = files()
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, 2))
  expect(codeOf(() => blobs.get(ABC))).toBe('BLOB-002')
  writeFileSync(path, bytes)
  expect(codeOf(() => blobs.get(ABC))).toBe('none')
})
