import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { pasu, temporaryFolder } from './kit.ts'

let folder: string
const here = (...argv: string[]) => pasu([...argv, '--data', folder])

beforeEach(async () => {
  folder = join(temporaryFolder(), 'data')
  expect((await here('init')).code).toBe(0)
})

/** One line that begins with the code, and at most one more that says what to do. */
function expectLine({ code, out, err }: Awaited<ReturnType<typeof pasu>>, exit: number, line: RegExp): void {
  expect([err, code]).toEqual([expect.stringMatching(line), exit])
  expect(out).toBe('')
  const lines = err.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(2)
  expect(lines[0]).toMatch(/^pasu: [A-Z]+-\d{3} /)
  expect(err).not.toMatch(/\bat .*\.ts:\d+/)
}

describe('a command line that is not understood ends with 2', () => {
  const table: readonly [argv: string[], line: RegExp][] = [
    [['nonsense'], /unknown command 'nonsense'/],
    [['state', '--nonsense'], /unknown option '--nonsense'/],
    [['state', 'extra'], /too many arguments/],
    [['halt'], /required option '--reason <text>' not specified/],
    [['halt', '--reason', 'x'], /missing required argument 'scope'/],
    [['halt', 'all'], /'--reason <text>' not specified/],
    [['incident', 'show'], /missing required argument 'incident'/],
    [['trace', 'run'], /--transfers <file>' not specified/],
    [['trace', 'run', '--transfers', 'a', '--sources', 'b', '--method', 'haircut'], /haircut.*fifo/],
    [['recipient', 'set', 'KISA', '--language', 'fr', '--channel', 'mail', '--to', 'a@b'], /fr.*ko, en/],
    [['serve', '--port', '70000'], /--port is "70000"; expected a whole number from 0 to 65535/],
    [['inspect', 'journal', '--last', '-3'], /--last/],
    [['state', '--lang', 'fr'], /--lang is "fr"; expected ko or en/],
    [['repayment', 'pay', 'ETH', '--incident', 'i'], /"ETH" names no wallet; expected <asset>=<wallet>/],
    [['verify', '/nowhere'], /--key is missing/],
  ]
  it.each(table)('pasu %s', async (argv, line) => {
    expectLine(await here(...argv), 2, line)
  })
})

describe('a missing command ends with 2', () => {
  it.each([[[]], [['incident']]] as const)('pasu %s: help on standard error, then what is missing', async (argv) => {
    const { code, out, err } = await here(...argv)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^Usage: pasu [\s\S]*\npasu: CLI-001 a command is missing\n/)
  })
})

describe('malformed input ends with 2, names the place, and changes nothing', () => {
  const file = (text: string): string => {
    const path = join(folder, '..', 'input')
    writeFileSync(path, text)
    return path
  }
  it.each([
    ['no JSON', ['wallet', 'register'], '{"wallet":', /input: not JSON/],
    ['a list of no objects', ['wallet', 'register'], '[1]', /item 0 is no object; expected an object/],
    ['a wallet of no kind', ['wallet', 'register'], '{"wallet":"w","kind":"warmish"}', /INPUT-001 kind/],
    ['a policy without limits', ['policy', 'set'], '{"permit_seconds":60}', /INPUT-001 landing_seconds/],
    ['no UTF-8', ['policy', 'set'], '\udcff', /INPUT|CLI-004/],
    ['a pack that is none', ['pack', 'load'], 'pack: kr\n', /PACK-003 .*input:1/],
    ['a price list without a heading', ['price', 'load'], 'ETH,1\n', /FILE-004 .*line 1|FILE-004 .*input/],
  ] as const)('%s', async (_what, argv, text, line) => {
    const before = await here('inspect', 'journal', '--json')
    expectLine(await here(...argv, file(text)), 2, line)
    expect((await here('inspect', 'journal', '--json')).out).toBe(before.out)
  })

  it('a scope that is none, at the terminal as over HTTP', async () => {
    expectLine(await here('halt', 'everything', '--reason', 'x'), 2, /INPUT-001 scope.*everything/)
  })

  it('and with --json the refusal is one JSON value on standard output', async () => {
    const { code, out } = await here('halt', 'everything', '--reason', 'x', '--json')
    expect([code, JSON.parse(out)]).toEqual([
      2,
      {
        refused: true,
        code: 'INPUT-001',
        kind: 'invalid',
        field: 'scope',
        detail: expect.any(String),
        expected: expect.any(String),
      },
    ])
  })
})

describe('a data folder that is not sound is refused before anything runs', () => {
  const table: readonly [what: string, spoil: () => void, exit: number, line: RegExp][] = [
    ['no folder', () => rmSync(folder, { recursive: true }), 3, /FOLDER-002 .*config\.json/],
    [
      'no journal key',
      () => rmSync(join(folder, 'keys/journal.key')),
      70,
      /FOLDER-003 .*journal\.key: it does not exist/,
    ],
    ['no permit key', () => rmSync(join(folder, 'keys/permit.key')), 70, /FOLDER-003 .*permit\.key/],
    [
      'a key that others may read',
      () => chmodSync(join(folder, 'keys/permit.key'), 0o640),
      3,
      /FOLDER-004 .*0640; expected mode 0600/,
    ],
    ['a token that others may read', () => chmodSync(join(folder, 'host.token'), 0o604), 3, /FOLDER-004 .*host\.token/],
    [
      'a key of another kind',
      () => writeFileSync(join(folder, 'keys/permit.key'), 'SECRET-TEXT'),
      70,
      /FOLDER-006 .*not a private key/,
    ],
    [
      'a journal key cut short',
      () => writeFileSync(join(folder, 'keys/journal.key'), 'PRIVATE+KEY+a+00'),
      70,
      /FOLDER-006/,
    ],
    ['a token cut short', () => writeFileSync(join(folder, 'host.token'), 'short'), 70, /FOLDER-006 .*43 characters/],
    ['settings that are no JSON', () => writeFileSync(join(folder, 'config.json'), '{'), 2, /FOLDER-005 .*not JSON/],
    [
      'a setting that nobody knows',
      () => writeFileSync(join(folder, 'config.json'), '{"platform":"a","liste":{}}'),
      2,
      /FOLDER-005 .*liste/,
    ],
    [
      'a setting of the wrong kind',
      () => writeFileSync(join(folder, 'config.json'), '{"platform":"a","listen":{"port":"x"}}'),
      2,
      /FOLDER-005 .*listen\.port/,
    ],
    ['a journal that is gone', () => rmSync(join(folder, 'journal/journal.db')), 70, /FOLDER-008/],
    [
      'a key that is a folder',
      () => {
        rmSync(join(folder, 'keys/permit.key'))
        mkdirSync(join(folder, 'keys/permit.key'))
      },
      70,
      /FOLDER-003 .*it is a folder/,
    ],
    [
      'a journal that is no database',
      () => writeFileSync(join(folder, 'journal/journal.db'), 'not a database '.repeat(500)),
      70,
      /JRNL-009/,
    ],
  ]
  it.each(table)('%s', async (_what, spoil, exit, line) => {
    spoil()
    const said = await here('halt', 'all', '--reason', 'x')
    expectLine(said, exit, line)
    expect(said.err).not.toContain('SECRET-TEXT')
  })

  it('a folder that holds something is not made anew', async () => {
    expectLine(await here('init'), 3, /FOLDER-001/)
    const other = temporaryFolder()
    writeFileSync(join(other, 'mine'), 'kept')
    expectLine(await pasu(['init', '--data', other]), 3, /FOLDER-001/)
  })

  it('a folder that cannot be made leaves nothing behind', async () => {
    writeFileSync(join(folder, '..', 'file'), '')
    expectLine(await pasu(['init', '--data', join(folder, '..', 'file', 'data')]), 70, /FOLDER-007/)
  })

  it('a platform that cannot name a journal is refused', async () => {
    expectLine(
      await pasu(['init', '--platform', 'two words', '--data', join(temporaryFolder(), 'x')]),
      2,
      /FOLDER-005 platform/,
    )
  })
})

describe('what is not there ends with 3', () => {
  it.each([
    [['incident', 'show', 'incident-9'], /INCIDENT-\d{3} /],
    [['explain', 'GATE-999'], /CLI-006 there is no refusal GATE-999/],
    [['notice', 'show', 'notice-9'], /CLI-006 there is no notice notice-9/],
    [['wallet', 'evacuate', 'w', '--reason', 'x'], /GATE-\d{3} /],
    [
      ['trace', 'run', '--transfers', '/nowhere.csv', '--sources', '/nowhere.csv'],
      /FILE-001 \/nowhere\.csv: there is no such file/,
    ],
  ] as const)('pasu %s', async (argv, line) => {
    expectLine(await here(...argv), 3, line)
  })
})

describe('the language', () => {
  it('follows --lang, then the environment', async () => {
    const asked = await pasu(['explain', 'FOLDER-002', '--lang', 'ko'])
    expect(asked.out).toContain('데이터 폴더가 없습니다')
    const there = await pasu(['explain', 'FOLDER-002'], { LANG: 'ko_KR.UTF-8' })
    expect(there.out).toBe(asked.out)
    expect((await pasu(['explain', 'FOLDER-002'], { LANG: 'C' })).out).toContain('There is no data folder')
  })

  it('reaches refusals', async () => {
    rmSync(folder, { recursive: true })
    const { err } = await pasu(['state', '--data', folder, '--lang', 'ko'])
    expect(err).toMatch(/^pasu: FOLDER-002 데이터 폴더가 없습니다/)
  })
})
