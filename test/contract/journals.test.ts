/** Journals that earlier versions wrote, kept for ever: `write-journal.ts` says how one is made and made anew. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { parseVerifierKey, verifyJournal } from '../../src/journal/index.ts'
import { parseBundle, TILE_WIDTH } from '../../src/journal/tiles.ts'
import type { Bytes } from '../../src/kernel/bytes.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import {
  decodeEntry,
  type Entry,
  fold,
  loadSnapshot,
  redecide,
  stateDigests,
  takeSnapshot,
} from '../../src/machine/index.ts'
import type { Data } from '../../src/machine/room.ts'
import { playbook } from '../../src/playbook.ts'
import { ApprovalAudit } from '../../src/rooms/access/index.ts'
import { VERSION } from '../../src/world/version.ts'
import { commandSchemas, eventSchemas } from '../kit/rooms.ts'
import { answerTools } from '../kit/tools.ts'
import { tellStory } from './story.ts'
import { openTeller } from './teller.ts'

const JOURNALS = fileURLToPath(new URL('../golden/journals', import.meta.url))
const versions = readdirSync(JOURNALS).sort()

/** The entries of an exported log, out of its bundles: `tile/entries/000`, `tile/entries/001.p/17`. */
function entriesOf(log: string): Bytes[] {
  const folder = join(log, 'tile/entries')
  const bundles = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return bundles
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .flatMap((path) => {
      const width = path.includes('.p/') ? Number(path.split('/').at(-1)) : TILE_WIDTH
      return parseBundle(readFileSync(path), width).entries.map((entry) => entry ?? new Uint8Array())
    })
}

const decoded = (entries: readonly Bytes[]): Entry[] => entries.map((bytes, index) => decodeEntry(bytes, index))

/** Routes that tell of the record itself, need a key, give text, or say what another says: what is left is what the rooms remember. */
const LEFT_OUT = /events|state|permits|timeline|record$|journal$|packs|clocks|:proposal/

/** What this version answers from that journal. */
async function answersOf({ routes }: App, entries: readonly Entry[]): Promise<object> {
  const named = (type: string, name: string) => entries.find((entry) => entry.type === type)?.data[name]
  const [incident, trace] = [named('loss.recorded', 'incident'), named('trace.started', 'trace')]
  const known: Data = { incident, trace, withdrawal: named('withdrawal.denied', 'withdrawal') }
  const shown: Record<string, unknown> = {}
  for (const { method, path, answer, params } of routes) {
    if (method !== 'GET' || LEFT_OUT.test(path)) continue
    const members = Object.entries(known).filter(([name]) => path.includes(`:${name}`))
    const asked = path === '/v1/repayments' ? { incident } : Object.fromEntries(members)
    shown[path] = await answer(params?.parse(asked) ?? {}, answerTools())
  }
  return shown
}

/** Long texts by their length: those of notices stand in the log beside it. */
const withoutBodies = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > 400 ? `${value.length} characters` : value

describe('the journals of earlier versions', () => {
  it('are there, that of this version among them', () => {
    expect(versions).toContain(VERSION)
  })

  it.each(versions)('%s: every hash and signature still holds', (version) => {
    const log = join(JOURNALS, version, 'log')
    const key = parseVerifierKey(readFileSync(join(log, 'vkey'), 'utf8').trim())
    if (isRefusal(key)) throw new Error(key.detail)
    expect(verifyJournal(log, [key])).toMatchObject({ ok: true, faults: [], size: entriesOf(log).length })
  })

  it.each(versions)('%s: every command and event is still a word of this version', (version) => {
    const entries = decoded(entriesOf(join(JOURNALS, version, 'log')))
    const strange = entries.filter(({ kind, type, data }) => {
      if (type === 'time.tick' || type === 'consequence.refused') return false
      return (kind === 'command' ? commandSchemas : eventSchemas)[type]?.safeParse(data).success !== true
    })
    expect(strange).toEqual([])
  })

  it.each(versions)('%s: folds to the same state as its commands, decided again, lead to', async (version) => {
    const entries = entriesOf(join(JOURNALS, version, 'log'))
    const [folded, decided] = [openApp(), openApp()]
    fold(folded.machine, entries)
    const difference = redecide(decided.machine, entries)
    // A rule that was changed on purpose decides an old journal otherwise: where, stands here for a reviewer.
    const told = difference === undefined ? 'no difference' : `entry ${difference.index}: ${difference.what}`
    await expect(`${told}\n`).toMatchFileSnapshot(`../golden/journals/${version}/redecided.txt`)
    if (difference === undefined) expect(stateDigests(decided.machine)).toEqual(stateDigests(folded.machine))
    const restored = openApp()
    expect(
      loadSnapshot(restored.machine, takeSnapshot(folded.machine, new Uint8Array(32)), () => new Uint8Array(32)),
    ).toBe(true)
    expect(stateDigests(restored.machine)).toEqual(stateDigests(folded.machine))
  })

  it.each(versions)('%s: every approval in it still holds, and nobody did alone what takes others', (version) => {
    const audit = new ApprovalAudit()
    for (const entry of decoded(entriesOf(join(JOURNALS, version, 'log')))) audit.take(entry)
    const { findings, proposals, phase } = audit.end()
    expect(findings).toEqual([])
    expect([phase, proposals > 20]).toEqual(['founded', true])
  })

  it.each(versions)('%s: still says the same', async (version) => {
    const entries = entriesOf(join(JOURNALS, version, 'log'))
    const app = openApp()
    fold(app.machine, entries)
    const text = JSON.stringify(await answersOf(app, decoded(entries)), withoutBodies, 1)
    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/journals/${version}/answers.json`)
  })
})

describe('the story that such a journal tells', () => {
  const told = () => {
    const teller = openTeller()
    tellStory(teller)
    return [...teller.journal.read(0, teller.journal.size)]
  }

  it('is the same bytes each time', () => {
    expect(told()).toEqual(told())
  })

  it('leaves these words unsaid and these consequences without an occasion: the gap, in the open', async () => {
    const entries = decoded(told())
    const types = new Set(entries.map(({ type }) => type))
    const unsaid = Object.keys({ ...commandSchemas, ...eventSchemas }).filter((type) => !types.has(type))
    const causes = new Set<string>()
    for (const { kind, type, data } of entries) {
      if (kind !== 'event') continue
      for (const command of playbook[type]?.commands?.(data) ?? []) causes.add(`${type} -> ${command.type}`)
      for (const effect of playbook[type]?.effects?.(data) ?? []) causes.add(`${type} => ${effect.kind}`)
    }
    const agreed = readFileSync(new URL('../golden/playbook.txt', import.meta.url), 'utf8')
    let event = ''
    const unheard = agreed.split('\n').flatMap((line) => {
      if (!line.startsWith(' ')) event = line
      const [, arrow, what] = /^ {2}(->|=>) \w+: (.*)$/.exec(line) ?? []
      return arrow === undefined || causes.has(`${event} ${arrow} ${what}`) ? [] : [`${event} ${arrow} ${what}`]
    })
    // A command that only other rooms give stands in no entry; what it causes does.
    const given = new Set([...causes].map((cause) => cause.split(' ').at(-1)))
    const gap = [...unsaid.filter((type) => !given.has(type)), ...unheard]
    await expect(`${gap.join('\n')}\n`).toMatchFileSnapshot('../golden/journal-untold.txt')
  })
})
