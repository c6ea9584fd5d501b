import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/cli/catalogue.ts'
import { limits } from '../../src/cli/limits.ts'
import { pasu } from './kit.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** Every code that stands as the name of a catalogue's entry in the sources. */
const written = (): string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...readFileSync(join(SRC, path), 'utf8').matchAll(/^ {2}'([A-Z]+-\d{3})': (?:\{|entry|\w+\()/gm),
    ])
    .map(([, code]) => code ?? '')

describe('pasu explain', () => {
  it('knows every refusal that the sources define, each number once', () => {
    const codes = written()
    expect(codes.length).toBeGreaterThan(150)
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([])
    expect(codes.filter((code) => catalogue()[code] === undefined)).toEqual([])
  })

  it('says each in both languages, with what to do', () => {
    for (const [code, { title, help }] of Object.entries(catalogue())) {
      for (const text of [title.en, help.en]) expect([code, text]).toEqual([code, expect.stringMatching(/^[^\n]{4,}$/)])
      for (const text of [title.ko, help.ko]) expect([code, text]).toEqual([code, expect.stringMatching(/[가-힣]/)])
    }
  })

  it('lists them all without a code, and finds one whatever its case', async () => {
    const { code, out } = await pasu(['explain'])
    expect([code, out.split('\n').length - 2]).toEqual([0, Object.keys(catalogue()).length])
    expect((await pasu(['explain', 'jrnl-006'])).out).toMatch(/^JRNL-006 \(broken\)/)
  })
})

describe('pasu inspect limits', () => {
  it('gives each limit once, with its unit and its reason', async () => {
    const names = limits.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name, value, unit, why } of limits) {
      expect([name, value > 0, unit.length > 0, why.length > 10]).toEqual([name, true, true, true])
    }
    const { out } = await pasu(['inspect', 'limits', '--json'])
    expect(JSON.parse(out)).toEqual(limits)
  })
})
