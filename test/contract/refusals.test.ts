import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/cli/catalogue.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TESTED = ['src', 'test', 'scenarios', 'console/src']

/** Every test and what tests are made of, without this folder. */
const tests = (): string[] =>
  TESTED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
    .filter((path) => /\.test\.ts$/.test(path) || (/^test\//.test(path) && path.endsWith('.ts')))
    .filter((path) => !path.includes('node_modules') && !path.startsWith('test/contract/'))

/** Codes that stand in a test's code: a comment provokes nothing, nor does the title of a test. */
function codesIn(text: string): string[] {
  const code = text
    .replace(/^\s*\/\*[\s\S]*?\*\/|\/\*[^\n]*?\*\//gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\b(it|test|describe)(\.\w+)?\(\s*(['"`]).*?\3/g, '')
    .replace(/\)\(\s*(['"`]).*?\1/g, '')
  return code.match(/\b[A-Z]+-\d{3}\b/g) ?? []
}

describe('the refusals', () => {
  it('are what a reviewer agreed to: a number is never reused and never changes its meaning', async () => {
    const lines = Object.entries(catalogue())
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { kind, title }]) => `${code.padEnd(12)} ${kind.padEnd(8)} ${title.en} | ${title.ko}`)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/refusals.txt')
  })

  it('that no test names: the gap, in the open', async () => {
    const named = new Set(tests().flatMap((path) => codesIn(readFileSync(join(ROOT, path), 'utf8'))))
    const gap = Object.keys(catalogue()).filter((code) => !named.has(code))
    await expect(`${gap.sort().join('\n')}\n`).toMatchFileSnapshot('../golden/refusals-unnamed.txt')
  })

  it('count as named by what a test does, not by what it says of itself', () => {
    const text = [
      "it('G1 refuses GATE-901', () => {",
      '  // as GATE-902 does',
      "  const [all] = ['/v1/*', 'GATE-908']",
      '  /* GATE-907',
      '     and so on */',
      "  expect(answer).toMatchObject({ code: 'GATE-903' }) /* GATE-904 */",
      '})',
      'it.each([/^GATE-909/])("$code GATE-905", ({ code }) => refusal(/^GATE-906/))',
    ]
    expect(codesIn(text.join('\n'))).toEqual(['GATE-908', 'GATE-903', 'GATE-909', 'GATE-906'])
  })
})
