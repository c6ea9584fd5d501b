import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashesIn, withIntegrity } from './integrity.ts'

const sha384 = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`

const PAGE = `<head>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <script src="/before-paint.js"></script>
    <script type="module" crossorigin src="/assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/index.css">
  </head>`

describe('the built page', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pasu-integrity-'))
    mkdirSync(join(folder, 'assets'))
    const files = { 'before-paint.js': 'a', 'assets/index.js': 'b', 'assets/index.css': 'd' }
    for (const [name, text] of Object.entries({ ...files, 'assets/font.woff2': 'e' }))
      writeFileSync(join(folder, name), text)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('C14 hashes all code and nothing else', () => {
    expect([...hashesIn(folder)]).toEqual([
      ['assets/index.css', sha384('d')],
      ['assets/index.js', sha384('b')],
      ['before-paint.js', sha384('a')],
    ])
  })

  it('C14 every tag that loads code carries its hash', () => {
    const page = withIntegrity(PAGE, hashesIn(folder))
    const tags = [...page.matchAll(/<[^>]*(?:src|href)="\/([^"]+)"[^>]*>/g)]
    const hashed = tags.map(([tag, file]) => [file, /integrity="([^"]+)"/.exec(tag)?.[1], /crossorigin/.test(tag)])
    expect(hashed).toEqual([
      ['favicon.svg', undefined, false],
      ['before-paint.js', sha384('a'), true],
      ['assets/index.js', sha384('b'), true],
      ['assets/index.css', sha384('d'), true],
    ])
  })

  it('C14 code that no tag names would run unchecked, so the page is not made', () => {
    writeFileSync(join(folder, 'assets/later.js'), 'c')
    expect(() => withIntegrity(PAGE, hashesIn(folder))).toThrow('no tag of index.html names assets/later.js')
  })

  it('C14 a page that names a file nobody built is not made', () => {
    expect(() => withIntegrity('<script src="/assets/other.js"></script>', hashesIn(folder))).toThrow('other.js')
  })
})
