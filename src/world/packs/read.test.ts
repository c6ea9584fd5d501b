import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256, toHex, utf8 } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { PACK_FILE_BYTES_MAX, readPack, readPackFile } from './read.ts'

const GOOD = `# a comment
pack: zz
jurisdiction: ZZ
as_of: 2026-01-01
time_zone: Asia/Seoul
authorities:
  - { authority: KISA, en: Agency, ko: 기관 }
holidays: { to: 2026-12-31, source: invented, days: [2026-01-07] }
obligations:
  - obligation: ZZ-REPORT
    state: in_force
    verified: true
    trigger: theft
    deadline: { kind: within, seconds: 86400 }
    authority: KISA
    audience: authority
    title: { en: Report, ko: 보고 }
    act: { en: report, ko: 보고 }
    basis: { en: Test Act, ko: 시험법 }
    content: [{ about: time, en: When, ko: 일시 }]
    source: invented
`
const read = (text: string) => readPack(utf8(text), 'zz.yaml')
const swap = (from: string, to: string) => read(GOOD.replace(from, to))

describe('reading a rule pack', () => {
  it('gives the data of pack.load with the digest of the file’s bytes', () => {
    const pack = read(GOOD)
    if (isRefusal(pack)) throw new Error(pack.detail)
    expect(pack).toMatchObject({ pack: 'zz', as_of: '2026-01-01', holidays: { days: ['2026-01-07'] } })
    expect(pack.digest).toBe(`sha256:${toHex(sha256(utf8(GOOD)))}`)
  })

  it('a changed comment is another file', () => {
    const [a, b] = [read(GOOD), swap('a comment', 'another comment')]
    if (isRefusal(a) || isRefusal(b)) throw new Error('refused')
    expect(a.digest).not.toBe(b.digest)
  })

  it.each([
    ['a wrong kind of deadline', 'kind: within, seconds: 86400', 'kind: soon', 14, 'obligations.0.deadline.kind'],
    ['a word for a number', 'seconds: 86400', 'seconds: a day', 14, 'obligations.0.deadline.seconds'],
    ['a fraction', 'seconds: 86400', 'seconds: 1.5', 14, 'obligations.0.deadline.seconds'],
    ['a missing source', '    source: invented\n', '', 10, 'obligations.0.source'],
    ['a misspelt member', 'verified: true', 'verifed: true', 10, 'obligations.0.verified'],
    ['a missing language', 'title: { en: Report, ko: 보고 }', 'title: { en: Report }', 17, 'obligations.0.title.ko'],
    ['a digest in the file', 'pack: zz', 'digest: x\npack: zz', 2, 'digest'],
    ['a wrong date', 'as_of: 2026-01-01', 'as_of: 1 January', 4, 'as_of'],
  ])('PACK-003 names line and field of %s', (_what, from, to, line, field) => {
    const refusal = swap(from, to)
    expect(refusal).toMatchObject({ code: 'PACK-003', kind: 'invalid', field, context: { line } })
    expect(isRefusal(refusal) && refusal.detail).toMatch(new RegExp(`^zz\\.yaml:${line}: `))
  })

  it.each([
    ['broken syntax', 'authorities:\n', 'authorities: [\n'],
    ['a key that stands twice', 'pack: zz', 'pack: zz\npack: yy'],
    ['an alias', 'source: invented\n', 'source: &a invented\n    since: *a\n'],
    ['a tag of its own', 'state: in_force', 'state: !!js/function in_force'],
    ['a second document', GOOD, `${GOOD}---\npack: yy\n`],
  ])('PACK-002 refuses %s', (_what, from, to) => {
    expect(swap(from, to)).toMatchObject({ code: 'PACK-002' })
  })

  it('PACK-002 refuses aliases that multiply', () => {
    let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n'
    for (let n = 1; n < 12; n++) bomb += `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]\n`
    expect(read(bomb)).toMatchObject({ code: 'PACK-002' })
  })

  it('PACK-002 refuses nesting without end', () => {
    expect(read('['.repeat(100_000))).toMatchObject({ code: 'PACK-002' })
  })

  it.each(['', '42', '[]', 'null', '--- {}'])('PACK-003 refuses %j, which is no pack', (text) => {
    expect(read(text)).toMatchObject({ code: 'PACK-003' })
  })

  it('a member named __proto__ is a stray member', () => {
    expect(swap('pack: zz', '__proto__: { pack: zz }\npack: zz')).toMatchObject({ code: 'PACK-003' })
    expect(Reflect.get({}, 'pack')).toBeUndefined()
  })

  it('PACK-001 refuses what is too large, PACK-005 what is no UTF-8', () => {
    expect(readPack(new Uint8Array(PACK_FILE_BYTES_MAX + 1), 'big')).toMatchObject({ code: 'PACK-001' })
    expect(readPack(new Uint8Array([0x70, 0xff]), 'latin')).toMatchObject({ code: 'PACK-005' })
  })

  it('PACK-004 says why a file cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pasu-pack-'))
    try {
      writeFileSync(join(folder, 'zz.yaml'), GOOD)
      writeFileSync(join(folder, 'big.yaml'), 'x'.repeat(PACK_FILE_BYTES_MAX + 1))
      expect(readPackFile(join(folder, 'zz.yaml'))).toMatchObject({ pack: 'zz' })
      expect(readPackFile(join(folder, 'big.yaml'))).toMatchObject({ code: 'PACK-001' })
      expect(readPackFile(folder)).toMatchObject({
        code: 'PACK-004',
        detail: expect.stringContaining('not an ordinary file'),
      })
      expect(readPackFile(join(folder, 'none.yaml'))).toMatchObject({
        code: 'PACK-004',
        detail: expect.stringContaining('ENOENT'),
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
