import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { T0 } from '../../../../test/kit/given.ts'
import { folderSpentStore, memorySpentStore } from './index.ts'
import { KEPT_MS } from './spent.ts'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pasu-spent-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const UNTIL = T0 + 60_000
const stores = [
  ['memory', () => Promise.resolve(memorySpentStore())],
  ['folder', () => folderSpentStore(newFolder())],
] as const

describe.each(stores)('spent permits in a %s', (_name, open) => {
  it('G12: of many who ask at once exactly one may sign', async () => {
    const store = await open()
    const answers = await Promise.all(Array.from({ length: 100 }, async () => store.spend('x/permit-1', UNTIL, T0)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await store.spend('x/permit-2', UNTIL, T0)).toBe(true)
    expect(await store.spend('y/permit-1', UNTIL, T0)).toBe(true)
  })

  it('G12: what was forgotten long after its end stays spent, even where the clock is set back', async () => {
    const store = await open()
    const later = UNTIL + KEPT_MS
    // More than a store keeps before it clears.
    for (let n = 0; n < 1_001; n++) expect(await store.spend(`x/permit-${n}`, UNTIL, T0)).toBe(true)
    expect(await store.spend('x/other', later + 60_000, later)).toBe(true)
    expect(await store.spend('x/permit-1', UNTIL, T0)).toBe(false)
    expect(await store.spend('x/other', later + 60_000, T0)).toBe(false)
  })
})

describe('spent permits in a folder', () => {
  it('G12: are cleared away, with a mark of how far', async () => {
    const folder = newFolder()
    const first = await folderSpentStore(folder)
    for (let n = 0; n < 50; n++) await first.spend(`x/permit-${n}`, UNTIL, T0)
    const second = await folderSpentStore(folder)
    await second.spend('x/new', UNTIL + 2 * KEPT_MS, UNTIL + KEPT_MS)
    expect(readdirSync(folder)).toHaveLength(2)
    const third = await folderSpentStore(folder)
    expect(await third.spend('x/permit-1', UNTIL, T0)).toBe(false)
  })

  it('G12: files of others in it are left alone', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'README'), 'mine')
    const store = await folderSpentStore(folder)
    expect(await store.spend('x/new', UNTIL, UNTIL + 9 * KEPT_MS)).toBe(true)
    expect(readdirSync(folder)).toContain('README')
  })

  it('G12: two processes never both get a yes, and one that is killed has not forgotten', async () => {
    const folder = newFolder()
    const module = fileURLToPath(new URL('./spent-folder.ts', import.meta.url))
    const program = `
      const { folderSpentStore } = await import(${JSON.stringify(module)})
      const store = await folderSpentStore(${JSON.stringify(folder)})
      for (let n = 0; n < 40; n++) if (await store.spend('x/permit-' + n, ${UNTIL}, ${T0})) console.log(n)
      process.kill(process.pid, 'SIGKILL')`
    const run = (): Promise<string> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        let out = ''
        child.stdout.on('data', (part) => {
          out += String(part)
        })
        child.on('close', () => resolve(out))
      })
    const yes = (await Promise.all([run(), run()])).flatMap((out) => out.trim().split('\n').filter(Boolean).map(Number))
    expect(yes.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n))
    const store = await folderSpentStore(folder)
    expect(await store.spend('x/permit-7', UNTIL, T0)).toBe(false)
  })

  it('G12: that cannot be written to is no yes', async () => {
    const folder = newFolder()
    const store = await folderSpentStore(join(folder, 'gone'))
    rmSync(join(folder, 'gone'), { recursive: true })
    await expect(Promise.resolve(store.spend('x/permit-1', UNTIL, T0))).rejects.toThrow()
  })
})
