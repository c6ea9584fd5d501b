/** Real processes on one folder: killed with SIGKILL while they write, and kept out while another one writes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openJournal, verifyJournal } from '../../src/journal/index.ts'
import { entriesFrom, refusalOf, signer, temporaryFolder, textOf } from './support.ts'

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))

/** Runs the writer until it dies or `stop` says so, and returns every size it acknowledged. */
async function write(folder: string, args: readonly string[], stop: (sizes: number[]) => boolean): Promise<number[]> {
  const writer = spawn(process.execPath, [child, folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const sizes = (): number[] =>
    text
      .slice(0, text.lastIndexOf('\n') + 1)
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(Number)
  writer.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    if (stop(sizes())) writer.kill('SIGKILL')
  })
  const [, signal] = await once(writer, 'close')
  expect(signal).toBe('SIGKILL')
  return sizes()
}

function expectNothingLost(folder: string, acknowledged: number): void {
  const journal = openJournal({ folder, signer })
  expect(journal.size).toBeGreaterThanOrEqual(acknowledged)
  expect(textOf(journal.read(0)) === textOf(entriesFrom(0, journal.size))).toBe(true)
  journal.close()
  expect(verifyJournal(folder, [signer.verifier])).toMatchObject({ ok: true, faults: [] })
}

test('J3 killed five times at arbitrary moments, the journal keeps all that was acknowledged and goes on', async () => {
  const folder = temporaryFolder()
  let last = 0
  for (const batches of [1, 7, 20, 3, 40]) {
    const sizes = await write(folder, [], (seen) => seen.length >= batches)
    expect(sizes[0]).toBeGreaterThan(last)
    last = sizes.at(-1) ?? 0
    expectNothingLost(folder, last)
  }
})

describe.each([
  ['after', 'entries'],
  ['before', 'commit'],
  ['after', 'commit'],
  ['before', 'anchor'],
])('J3 killed %s %s', (when, step) => {
  test('J3 the journal keeps all that was acknowledged', async () => {
    const folder = temporaryFolder()
    const sizes = await write(folder, [when, step, '5'], () => false)
    expect(sizes).toHaveLength(5)
    expectNothingLost(folder, sizes.at(-1) ?? 0)
  })
})

test('J4 while a process writes, a second one is refused and a verifier is welcome', async () => {
  const folder = temporaryFolder()
  const seen: unknown[] = []
  await write(folder, [], (sizes) => {
    if (sizes.length > 0 && seen.length === 0) {
      seen.push(
        refusalOf(() => openJournal({ folder, signer })),
        verifyJournal(folder, [signer.verifier]).faults,
      )
    }
    return seen.length > 0
  })
  expect(seen).toEqual(['JRNL-001', []])
  // The dead writer left no lock.
  expectNothingLost(folder, 1)
})

test('J4 within one process, too, a folder has one writer', () => {
  const folder = temporaryFolder()
  const journal = openJournal({ folder, signer })
  expect(refusalOf(() => openJournal({ folder, signer }))).toBe('JRNL-001')
  journal.append(entriesFrom(0, 1))
  journal.close()
  expectNothingLost(folder, 1)
})
