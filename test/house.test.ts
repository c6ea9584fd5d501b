/** The house checks itself: layers, what a room must contain, banned calls, sizes, and that every event has its row. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { playbook } from '../src/playbook.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

function files(folder: string, ending: RegExp): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules') && !path.includes('/dist/'))
    .sort()
}

const isTest = (path: string): boolean => /\.test\.ts$|\/fixtures?\//.test(path)
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const SOURCES = files('src', /\.ts$/).filter((path) => !isTest(path))
const ROOMS = ['access', 'gate', 'incident', 'liability', 'trace', 'watch']
/** Rooms of which only the pure engine is built: nothing else may stand there, and the name moves to `ROOMS` with the room. */
const ENGINES_AHEAD: string[] = []

/** Files that a file imports, as paths from the root; packages and builtins are left out. */
function imports(path: string): string[] {
  const found = read(path).matchAll(
    /(?:^|\n)\s*(?:import|export)[^'"\n]*?(?:\{[^}]*\})?[^'"\n]*?from\s+['"](\.[^'"]+)['"]/g,
  )
  const lazy = read(path).matchAll(/import\(\s*['"](\.[^'"]+)['"]\s*\)/g)
  const workers = read(path).matchAll(/new URL\(\s*['"](\.[^'"]+\.ts)['"]/g)
  return [...found, ...lazy, ...workers].map((match) => relative(ROOT, resolve(ROOT, dirname(path), match[1] ?? '')))
}

/** The layer of a file, and the layers it may import beside its own. Each may also import all that those may. */
const LAYERS: readonly { readonly name: string; readonly of: RegExp }[] = [
  { name: 'kernel', of: /^src\/kernel\// },
  { name: 'journal', of: /^src\/journal\// },
  { name: 'machine', of: /^src\/machine\// },
  { name: 'rooms', of: /^src\/rooms\// },
  { name: 'playbook', of: /^src\/playbook(-people|-rows)?\.ts$/ },
  { name: 'app', of: /^src\/(app\.ts|effects\/[a-z]+\.ts|overview\.ts)$/ },
  { name: 'world', of: /^src\/world\// },
  { name: 'drill', of: /^src\/drill\// },
  { name: 'server', of: /^src\/server\// },
  { name: 'cli', of: /^src\/cli\// },
]
const layerOf = (path: string): number => LAYERS.findIndex((layer) => layer.of.test(path))

describe('the layers', () => {
  it('every source file lives in one', () => {
    expect(SOURCES.filter((path) => layerOf(path) < 0)).toEqual([])
  })

  it('imports go one way', () => {
    const wrong = SOURCES.flatMap((path) =>
      imports(path)
        .filter((target) => target.startsWith('src/') && layerOf(target) > layerOf(path))
        .map((target) => `${path} -> ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('a room never imports another room', () => {
    const roomOf = (path: string): string | undefined => /^src\/rooms\/([^/]+)\//.exec(path)?.[1]
    const wrong = SOURCES.filter((path) => roomOf(path) !== undefined).flatMap((path) =>
      imports(path)
        .filter((target) => roomOf(target) !== undefined && roomOf(target) !== roomOf(path))
        .map((target) => `${path} -> ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('the kernel, the journal and the machine name no room', () => {
    const words = /\b(withdrawal|permit|incident|evacuat\w*|customer|custody|theft|taint|ledger)\b/i
    const wrong = SOURCES.filter((path) => /^src\/(kernel|journal|machine)\//.test(path)).flatMap((path) =>
      read(path)
        .split('\n')
        .map((line, place) => ({ line, place: place + 1 }))
        .filter(
          ({ line }) => words.test(line) && !/^\s*(\*|\/\/|\/\*\*)/.test(line) && !/title|help|en:|ko:/.test(line),
        )
        .map(({ place, line }) => `${path}:${place} ${line.trim()}`),
    )
    expect(wrong).toEqual([])
  })

  it('only app.ts, effects, overview.ts and the playbook know more than one room; what reads a room goes through its public face', () => {
    const wrong = SOURCES.filter((path) => /^src\/(world|drill|server|cli)\//.test(path)).flatMap((path) =>
      imports(path)
        .filter(
          (target) =>
            /^src\/rooms\//.test(target) && !/\/(index|messages)\.ts$|\/(engine|picture|permit)\//.test(target),
        )
        .map((target) => `${path} -> ${target}`),
    )
    expect(wrong).toEqual([])
  })
})

/** In the deterministic part time and chance come in as arguments. */
const BANNED: readonly { readonly what: RegExp; readonly instead: string }[] = [
  { what: /\bDate\.now\s*\(/, instead: "the turn's time" },
  { what: /\bnew Date\(\s*\)/, instead: "the turn's time" },
  { what: /\bMath\.random\s*\(/, instead: 'turn.newId or a seeded source that is passed in' },
  { what: /\brandom(UUID|Bytes|Int)\s*\(/, instead: 'turn.newId' },
  { what: /\bperformance\.now\s*\(/, instead: 'a bench' },
  { what: /\bTemporal\.Now\b/, instead: "the turn's time" },
  { what: /\bprocess\.(env|hrtime|argv)\b/, instead: 'an argument' },
  { what: /\bset(Timeout|Interval)\s*\(/, instead: "a room's due and tick" },
  { what: /from 'node:(fs|net|http|https|child_process|worker_threads|dns|os)(\/promises)?'/, instead: 'world/' },
  { what: /\bfetch\s*\(/, instead: 'world/' },
  { what: /\bconsole\.\w+\(/, instead: 'an event' },
  { what: /\blocaleCompare\s*\(/, instead: 'comparison by code unit: locales differ between machines' },
]

describe('the deterministic part', () => {
  it('reads no clock, draws no chance and touches nothing outside', () => {
    const wrong = SOURCES.filter((path) => /^src\/(kernel|machine|rooms|playbook|app|effects|overview)/.test(path))
      .filter((path) => !/\/permit\/spent-folder/.test(path))
      .flatMap((path) =>
        BANNED.filter(({ what }) => what.test(read(path))).map(({ what, instead }) => `${path}: ${what} -> ${instead}`),
      )
    expect(wrong).toEqual([])
  })
})

describe('the rooms', () => {
  const NEEDED = [
    'index.ts',
    'messages.ts',
    'state.ts',
    'decide.ts',
    'refusals.ts',
    'views.ts',
    'routes.ts',
    'README.md',
  ]

  it.each(ROOMS)('%s has all that a room must have', (room) => {
    const missing = NEEDED.filter((name) => !existsSync(join(ROOT, 'src/rooms', room, name)))
    expect(missing).toEqual([])
    expect(files(`src/rooms/${room}`, /\.test\.ts$/)).not.toEqual([])
    expect(read(`src/rooms/${room}/index.ts`)).not.toMatch(/export \*/)
  })

  it('there are no rooms but these', () => {
    expect(readdirSync(join(ROOT, 'src/rooms')).sort()).toEqual([...ROOMS, ...ENGINES_AHEAD].sort())
  })

  it.each(ENGINES_AHEAD)('%s has its engine alone, with its rules', (room) => {
    expect(readdirSync(join(ROOT, 'src/rooms', room))).toEqual(['engine'])
    expect(existsSync(join(ROOT, 'src/rooms', room, 'engine/README.md'))).toBe(true)
  })

  it('every event has its row in the playbook, and every row its event', async () => {
    const events = new Set(['outbox.delivered', 'outbox.failed', 'outbox.abandoned', 'consequence.refused'])
    for (const room of ROOMS) {
      const messages = (await import(`../src/rooms/${room}/messages.ts`)) as { events: object }
      for (const type of Object.keys(messages.events)) events.add(type)
    }
    expect(Object.keys(playbook).sort()).toEqual([...events].sort())
  })
})

/** The titles of tests, one a line: `it('…'`, `test.skipIf(…)('…'`, `describe.each(…)(\n '…'`, and what begins the rows of a `'%s …'`. */
function titlesOf(text: string): string {
  const plain = text.matchAll(/\b(?:it|test|describe)(?:\.(?:only|skip|todo|concurrent))?\(\s*(['"`])(.*?)\1/g)
  const several = text.matchAll(/\)\(\s*(['"`])(.*?)\1/g)
  const titles = [...plain, ...several].map((match) => match[2] ?? '')
  const rows = titles.some((title) => title.startsWith('%s')) ? text.matchAll(/^\s*\[\s*'([^']*)'/gm) : []
  return [...titles, ...[...rows].map((match) => match[1])].join('\n')
}

describe('the rules', () => {
  const readmes = [...files('src', /^README\.md$/), ...files('console', /^README\.md$/)]
  const rulesOf = (path: string): readonly string[] => [
    ...new Set([...read(path).matchAll(/^[-*|\s]*\*{0,2}([A-Z][0-9]{1,2})\b/gm)].map((match) => match[1] ?? '')),
  ]
  const numbered = readmes.filter((path) => rulesOf(path).length > 0)

  it('stand in the README of every room, engine and part of the world that has some, of the journal and the console', () => {
    const engines = ['rooms/trace/engine', 'rooms/trace/picture', 'rooms/access/engine']
    const approvals = ['approval', 'webauthn'].map((name) => `rooms/access/engine/${name}`)
    const doors = ['rooms/access/audit', 'rooms/access/authority', 'server/door']
    const parts = [...engines, ...approvals, ...doors, 'journal', 'world/admin', 'world/chains', 'world/files']
    const folders = [...ROOMS.map((room) => `rooms/${room}`), ...parts].map((folder) => `src/${folder}/README.md`)
    expect([...numbered].sort()).toEqual([...folders, 'console/README.md'].sort())
  })

  it('begin with a letter of their own and leave no number out', () => {
    const letters = numbered.map((path) => [...new Set(rulesOf(path).map((rule) => rule[0]))].join())
    expect(new Set(letters).size).toBe(numbered.length)
    const gaps = numbered.flatMap((path) => {
      const numbers = rulesOf(path).map((rule) => Number(rule.slice(1)))
      const missing = numbers.map((_, place) => place + 1).filter((number) => !numbers.includes(number))
      return missing.map((number) => `${path} ${number}`)
    })
    expect(gaps).toEqual([])
  })

  it('are each cited by the title of a test', () => {
    const across = files('test', /\.test\.ts$/)
    const gaps = numbered.flatMap((path) => {
      const tests = [...files(dirname(path), /\.test\.tsx?$/), ...across]
      const titles = tests.map((test) => titlesOf(read(test))).join('\n')
      return rulesOf(path)
        .filter((rule) => !new RegExp(`\\b${rule}\\b`).test(titles))
        .map((rule) => `${path} ${rule}`)
    })
    expect(gaps).toEqual([])
  })

  it('are read from titles alone', () => {
    const text =
      "it('A1 is', () => { expect('A2') })\ntest.each(['A3'])(\n  'A4 $x',\n)\ndescribe.skipIf(!a())(\"A5\", f) // A6"
    expect(titlesOf(text).match(/A\d/g)).toEqual(['A1', 'A4', 'A5'])
  })
})

describe('sizes', () => {
  const LINES_MAX = 400
  it(`no file has more than ${LINES_MAX} lines`, () => {
    const all = ['src', 'test', 'bench', 'scenarios', 'examples', 'console'].flatMap((folder) =>
      files(folder, /\.tsx?$/),
    )
    const long = all.filter((path) => read(path).split('\n').length - 1 > LINES_MAX)
    expect(long).toEqual([])
  })

  it('no committed file is large', () => {
    const large = ['docs', 'packs', 'scenarios', 'src', 'test'].flatMap((folder) =>
      files(folder, /./).filter((path) => statSync(join(ROOT, path)).size > 600_000),
    )
    expect(large).toEqual([])
  })
})

describe('words', () => {
  it('no file leans on an escape from the type checker', () => {
    const escapes = /as unknown as|@ts-(ignore|expect-error|nocheck)|: any\b|as any\b/
    const code = (path: string): string => read(path).replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')
    expect(SOURCES.filter((path) => escapes.test(code(path)))).toEqual([])
  })
})
