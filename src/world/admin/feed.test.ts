import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type AlertsDesk,
  MONDAY,
  NOW,
  openDesk,
  ordinary,
  temporaryFolder,
  theft,
} from '../../../test/kit/feed-desk.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { DAY_MS } from '../../kernel/time.ts'
import { ENTRY_BYTES_MAX, encodeEntry } from '../../machine/index.ts'
import { DETECTIONS_MAX, PARTS_MAX, toldOf } from '../../rooms/access/alerts/index.ts'
import type { Detection } from '../../rooms/access/engine/index.ts'
import { AdminFeed, type Judged, REJECTED_TOLD_MAX } from './feed.ts'
import { UPLOAD_BYTES_MAX } from './formats.ts'
import { readUpload, UPLOAD_LINES_MAX } from './lines.ts'
import { bytesOf, digestOfBytes, MemoryFolder } from './memory.ts'
import { type AdminReport, reportsOf, TOLD_MAX } from './reports.ts'

let desk: AlertsDesk
let folder: string
let feed: AdminFeed
beforeEach(() => {
  desk = openDesk()
  folder = temporaryFolder()
  feed = new AdminFeed(folder)
})

function judge(bytes: Uint8Array, by = feed): Judged {
  const { last, isTold } = toldOf(desk.room.state, 'github')
  const judged = by.judge({ from: 'github', bytes, now: NOW, last, isTold: isTold(digestOfBytes(bytes)) })
  if (isRefusal(judged)) throw new Error(judged.detail)
  return judged
}

/** Judges and tells, as the door does; `parts`: how many reports get through before the machine stops. */
async function take(bytes: Uint8Array, by = feed, parts = Number.POSITIVE_INFINITY): Promise<Judged> {
  const judged = judge(bytes, by)
  for (const data of judged.reports.slice(0, parts)) {
    const answer = await desk.submit({ type: 'admin.report', data: { ...data }, by: 'service:feed' })
    if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`)
  }
  if (judged.reports.length <= parts) by.told('github')
  return judged
}

/** The bytes of a state depend on how it came to be, not only on what it says. */
const withoutState = ({ reports, ...rest }: Judged) => ({
  ...rest,
  reports: reports.map(({ state: _, ...report }) => report),
})
const memories = (): unknown[] => desk.asked.map(({ data }) => data.memory)
const whats = (): string[] => [...desk.room.state.detections.values()].map(({ what }) => what)
const said = ({ detections }: Judged): string[] =>
  detections.map(({ detector, severity, line }) => `${line} ${detector} ${severity}`)

describe('what is usual', () => {
  it('M6 is kept across uploads and restarts: the same log in one piece or in many gives the same detections', async () => {
    const all = Buffer.concat([ordinary(0, 30), theft(30)])
    const whole = new AdminFeed(temporaryFolder()).judge({
      ...{ from: 'github', bytes: all, now: NOW, last: undefined, isTold: false },
    })
    if (isRefusal(whole)) throw new Error(whole.detail)
    await take(ordinary(0, 10))
    await take(ordinary(10, 20), new AdminFeed(folder))
    const last = await take(theft(30), new AdminFeed(folder))
    expect(said(last)).toContain('31 new_country high')
    expect(said(last)).toEqual(said(whole))
    expect(memories()).toEqual(['first', 'kept', 'kept'])
  })

  it('M6 has one file a source, named by what was read, open to nobody else, its hash in the journal', async () => {
    await take(ordinary(0, 3))
    await take(ordinary(3, 3))
    const { last } = toldOf(desk.room.state, 'github')
    expect(readdirSync(folder)).toEqual([`github.${last?.read.slice(7)}`])
    const [name = ''] = readdirSync(folder)
    expect(digestOfBytes(readFileSync(join(folder, name)))).toBe(last?.state)
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  })

  it('M6 counts lines over all that was read, and late events, which move no clock back', async () => {
    await take(ordinary(20, 5))
    const late = await take(ordinary(0, 2))
    expect(late.reports[0]).toMatchObject({ first_line: 6, lines: 2, late: 2, memory: 'kept' })
    expect(said(await take(ordinary(25, 1)))).toEqual([])
  })

  it.each([
    ['lost', (path: string) => rmSync(path)],
    ['damaged', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 100))],
    [
      'damaged',
      (path: string) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, at) => (at === 500 ? byte ^ 1 : byte)),
        ),
    ],
  ] as const)('M7 that is %s is told as an alert, and learned anew', async (memory, harm) => {
    await take(ordinary(0, 30))
    const [name = ''] = readdirSync(folder)
    harm(join(folder, name))
    const judged = await take(theft(30), new AdminFeed(folder))
    expect(judged.reports[0]?.memory).toBe(memory)
    expect(said(judged)).not.toContain('31 new_country high')
    expect(whats()).toContain('behaviour_lost')
    expect((await take(ordinary(31, 1))).reports[0]?.memory).toBe('kept')
  })

  it('M7 that was put back from a copy is told as older than the journal', async () => {
    await take(ordinary(0, 30))
    const copy = join(temporaryFolder(), 'copy')
    cpSync(folder, copy, { recursive: true })
    await take(ordinary(30, 2))
    const judged = await take(theft(32), new AdminFeed(copy))
    expect(judged.reports[0]?.memory).toBe('behind')
    expect(said(judged).join()).toContain('new_country high')
    expect(whats()).toContain('behaviour_lost')
  })

  it('M7 of another journal is no memory of this one', async () => {
    await take(ordinary(0, 30))
    desk = openDesk()
    expect(judge(theft(30), new AdminFeed(folder)).reports[0]?.memory).toBe('first')
  })
})

describe('the same upload', () => {
  it('M8 tells nothing new when it comes again, at once or after a restart', async () => {
    await take(ordinary(0, 30))
    const first = await take(theft(30))
    const entries = desk.entries()
    for (const by of [feed, new AdminFeed(folder)]) {
      expect(await take(theft(30), by)).toEqual({ ...first, detections: [], reports: [], repeated: true })
    }
    expect(desk.entries()).toBe(entries)
    expect((await take(ordinary(31, 1))).reports[0]?.memory).toBe('kept')
  })

  it('M8 after a crash before anything was told is judged as if it had never come', async () => {
    await take(ordinary(0, 30))
    const before = judge(theft(30))
    const after = await take(theft(30), new AdminFeed(folder))
    expect(withoutState(after)).toEqual(withoutState(before))
    expect(after.reports[0]?.memory).toBe('kept')
  })

  it('M8 after a crash between two reports tells the rest, each part once', async () => {
    const many = Buffer.concat(Array.from({ length: 40 }, (_, day) => theft(day)))
    const before = await take(many, feed, 1)
    expect(before.reports.length).toBeGreaterThan(1)
    const after = await take(many, new AdminFeed(folder))
    expect(after.reports).toEqual(before.reports)
    expect(desk.room.state.detections.size).toBe(before.detections.filter(({ severity }) => severity !== 'low').length)
    expect((await take(ordinary(41, 1), new AdminFeed(folder))).reports[0]?.memory).toBe('kept')
  })

  it('M8 that was not taken leaves nothing learned', async () => {
    await take(ordinary(0, 30))
    const first = judge(theft(30))
    feed.drop('github')
    expect(withoutState(judge(theft(30)))).toEqual(withoutState(first))
  })
})

describe('what comes in', () => {
  const read = (bytes: Uint8Array | string) => readUpload('github', Buffer.from(bytes), NOW)

  it('M9 is one object a line or one array; what does not validate is told with line and field, the rest is kept', () => {
    const good = ordinary(0, 1).subarray(0, -1)
    const text = Buffer.concat([good, Buffer.from('\r\n\nno json\n{"action":"x"}\n'), Buffer.from([0xff, 0x0a]), good])
    expect(read(text)).toMatchObject({
      events: [{ line: 1 }, { line: 6 }],
      rejected: [
        { line: 3, field: '(whole line)' },
        { line: 4, field: '@timestamp' },
        { line: 5, field: '(whole line)', why: 'this is not UTF-8' },
      ],
      lines: 6,
    })
    const list = `\n [${Buffer.from(good)}, 7, ${Buffer.from(good)}]`
    expect(read(list)).toMatchObject({ events: [{ line: 1 }, { line: 3 }], rejected: [{ line: 2 }], lines: 3 })
    expect(read('')).toMatchObject({ events: [], rejected: [], lines: 0 })
  })

  it('M9 is refused whole where it is no list or too large', () => {
    expect(read('[{"a":1}')).toMatchObject({ code: 'FEED-002' })
    expect(read('[] x')).toMatchObject({ code: 'FEED-002' })
    expect(read(Buffer.alloc(UPLOAD_BYTES_MAX + 1, 0x20))).toMatchObject({ code: 'FEED-001' })
    expect(read(Buffer.alloc(UPLOAD_LINES_MAX + 1, 0x0a))).toMatchObject({ code: 'FEED-001' })
    expect(read(Buffer.alloc(UPLOAD_LINES_MAX, 0x0a))).toMatchObject({ events: [], lines: UPLOAD_LINES_MAX })
  })

  it('M9 from the future is rejected: it would make all that follows look late', () => {
    const ahead = JSON.stringify({ '@timestamp': NOW + 2 * DAY_MS, action: 'x', actor: 'kim' })
    const never = JSON.stringify({ '@timestamp': Number.MAX_SAFE_INTEGER, action: 'x', actor: 'kim' })
    expect(read(`${ahead}\n${never}\n`)).toMatchObject({
      events: [],
      rejected: [{ field: 'time' }, { field: '@timestamp' }],
    })
  })

  it('M9 tells so many rejected lines one by one and counts the others', async () => {
    const judged = await take(Buffer.from('x\n'.repeat(REJECTED_TOLD_MAX + 5)))
    expect([judged.rejected.length, judged.rejected_count]).toEqual([REJECTED_TOLD_MAX, REJECTED_TOLD_MAX + 5])
    expect(judged.reports[0]?.rejected).toBe(REJECTED_TOLD_MAX + 5)
  })
})

describe('the reports', () => {
  const upload = (): Omit<AdminReport, 'part' | 'parts' | 'untold' | 'detections'> => {
    const { part: _p, parts: _q, untold: _u, detections: _d, ...rest } = judge(ordinary(0, 1)).reports[0] ?? never()
    return rest
  }
  const never = (): never => {
    throw new Error('every upload has a report')
  }
  const longest = (place: number, severity: Detection['severity']): Detection => ({
    ...{ detector: 'new_device', severity, time: MONDAY + place, line: place + 1, person: '감'.repeat(5_000) },
    why: { en: '"'.repeat(500), ko: '한'.repeat(500) },
    lines: Array.from({ length: 50 }, (_, line) => 1_000_000_000 + line),
  })

  it('M10 fit an entry each, however long the words of a log are, and stay within their number', async () => {
    const reports = reportsOf(
      upload(),
      Array.from({ length: TOLD_MAX }, (_, place) => longest(place, 'high')),
    )
    expect(reports.length).toBeLessThanOrEqual(PARTS_MAX)
    for (const data of reports) {
      expect(data.detections.length).toBeLessThanOrEqual(DETECTIONS_MAX)
      const bytes = encodeEntry({
        kind: 'command',
        turn: 1,
        at: NOW,
        by: 'x'.repeat(100),
        type: 'admin.report',
        data: { ...data },
      })
      expect(bytes.length).toBeLessThanOrEqual(ENTRY_BYTES_MAX)
      expect(isRefusal(await desk.submit({ type: 'admin.report', data: { ...data }, by: 'x' }))).toBe(false)
    }
    expect(reports.flatMap(({ detections }) => detections)).toHaveLength(TOLD_MAX)
    expect(reports[0]?.detections[0]?.account).toMatch(/^감{255}…$/)
  })

  it('M10 of a flood tell the gravest and count the rest', () => {
    const flood = Array.from({ length: TOLD_MAX + 50 }, (_, place) =>
      longest(place, place === TOLD_MAX + 49 ? 'critical' : 'low'),
    )
    const reports = reportsOf(upload(), flood)
    expect(reports[0]?.untold).toBe(50)
    expect(reports.at(-1)?.detections.at(-1)?.severity).toBe('critical')
  })
})

describe('the memory', () => {
  it('M6 stays within its bound by forgetting who was unseen for longest', () => {
    judge(ordinary(0, 1))
    const { kept } = new MemoryFolder(folder).open('x', undefined)
    const accounts = Buffer.from(
      Array.from({ length: 200 }, (_, who) =>
        JSON.stringify({ '@timestamp': MONDAY + who, action: 'git.push', actor: `p${who}` }),
      ).join('\n'),
    )
    const { last } = toldOf(desk.room.state, 'github')
    feed.judge({ from: 'github', bytes: accounts, now: NOW, last, isTold: false })
    const [name = ''] = readdirSync(folder).filter((one) => statSync(join(folder, one)).size > 20_000)
    expect(name).not.toBe('')
    expect(bytesOf(kept, 1).length).toBeLessThan(200)
  })
})
