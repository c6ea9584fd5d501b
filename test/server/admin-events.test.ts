/** Uploads of administrators' acts through the real server, into the real machine, beside what the terminal says of the same bytes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../src/kernel/canonical.ts'
import { toldOf } from '../../src/rooms/access/alerts/index.ts'
import { UPLOAD_BYTES_MAX } from '../../src/world/admin/formats.ts'
import { FeedDoor } from '../../src/world/admin/index.ts'
import { hasLabels, readLabels, readScenario } from '../../src/world/admin/testing/labelled.ts'
import { pasu } from '../cli/kit.ts'
import { type AlertsDesk, NOW, openDesk, ordinary, temporaryFolder, theft } from '../kit/feed-desk.ts'
import { asHost, type EchoServer, problemOf, startEcho } from './echo-server.ts'

if (!hasLabels) console.log('labelled administrator events: ../shared/data/admin-events is absent, skipped')

let desk: AlertsDesk
let door: FeedDoor
let server: EchoServer
beforeAll(async () => {
  desk = openDesk()
  door = new FeedDoor({
    folder: temporaryFolder(),
    now: () => NOW,
    toldOf: (source) => toldOf(desk.room.state, source),
    submit: desk.submit,
  })
  server = await startEcho({ adminFeed: door })
})
afterAll(async () => {
  await server.close()
  await door.close()
})

const NDJSON = { 'content-type': 'application/x-ndjson' }

const post = (query: string, body: Uint8Array | string, headers: Record<string, string> = NDJSON): Promise<Response> =>
  fetch(`${server.url}/v1/admin/events${query}`, { method: 'POST', headers: { ...asHost, ...headers }, body })

/** The detections that the journal was told of, as the terminal prints them. */
const reported = (from: number) =>
  desk.asked.slice(from).flatMap(({ data }) =>
    (data.detections as readonly Json[]).map((one) => {
      const { line, detector, severity, why } = one as { [key: string]: Json } & { why: { en: string } }
      return { line: Number(line) - Number(data.first_line) + 1, detector, severity, why: why.en }
    }),
  )

describe('POST /v1/admin/events', () => {
  it('answers what was read, what was rejected and how much was unusual; the same bytes again nothing new', async () => {
    await post('?from=github', ordinary(0, 30))
    const log = Buffer.concat([theft(30), Buffer.from('no json\n{"action":"x"}\n')])
    const answer = await (await post('?from=github', log)).json()
    expect(answer).toEqual({
      ...{ events: 2, detections: expect.any(Number), repeated: false, rejected_count: 2 },
      rejected: [
        { line: 3, field: '(whole line)', why: 'this is no JSON object' },
        { line: 4, field: '@timestamp', why: expect.stringContaining('@timestamp') },
      ],
    })
    const entries = desk.entries()
    expect(await (await post('?from=github', log)).json()).toMatchObject({ events: 2, detections: 0, repeated: true })
    expect(desk.entries()).toBe(entries)
    expect([...desk.room.state.detections.values()].map(({ what }) => what)).toContain('new_country')
  })

  it('takes an array as JSON', async () => {
    const [first = ''] = Buffer.from(ordinary(200, 1)).toString().split('\n')
    const answer = await post('?from=ocsf', `[${first}, {"class_uid":1}]`, { 'content-type': 'application/json' })
    expect(await answer.json()).toMatchObject({ events: 0, rejected_count: 2 })
  })

  it.each([
    ['', 'INPUT-001'],
    ['?from=windows', 'INPUT-001'],
    ['?from=github&to=x', 'INPUT-001'],
    ['?from=github&from=okta', 'HTTP-010'],
  ])('refuses the query "%s"', async (query, code) => {
    const problem = await problemOf(await post(query, '{}'))
    expect([problem.status, problem.code]).toEqual([400, code])
  })

  it('refuses another type, a coded body, no list, a body over its own limit', async () => {
    const refused = async (body: Uint8Array | string, headers: Record<string, string>) => {
      const { status, code, expected } = await problemOf(await post('?from=github', body, headers))
      return { status, code, expected }
    }
    const types = 'application/x-ndjson or application/json'
    expect(await refused('x', { 'content-type': 'text/csv' })).toEqual({
      status: 415,
      code: 'HTTP-007',
      expected: types,
    })
    expect(await refused('x', { ...NDJSON, 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      code: 'HTTP-007',
    })
    expect(await refused('[1', { 'content-type': 'application/json' })).toMatchObject({ status: 400, code: 'FEED-002' })
    const expected = `at most ${UPLOAD_BYTES_MAX} bytes`
    expect(await refused(Buffer.alloc(UPLOAD_BYTES_MAX + 1), NDJSON)).toEqual({
      status: 413,
      code: 'HTTP-008',
      expected,
    })
  })

  it('is no way for others in, nor for these types into other endpoints', async () => {
    const open = await fetch(`${server.url}/v1/admin/events?from=okta`, { method: 'POST', headers: NDJSON, body: '{}' })
    expect(open.status).toBe(401)
    const word = await fetch(`${server.url}/v1/words`, {
      ...{ method: 'POST', headers: { ...asHost, ...NDJSON }, body: '{"word":"x"}' },
    })
    expect(await problemOf(word)).toMatchObject({ code: 'HTTP-007', expected: 'application/json' })
  })

  it('lets the server answer others while it judges', async () => {
    const big = Buffer.concat(Array.from({ length: 300 }, (_, year) => ordinary(-400 - year, 100)))
    let isDone = false
    const judging = post('?from=github', big).then(() => {
      isDone = true
    })
    let answered = 0
    while (!isDone) {
      expect((await fetch(`${server.url}/v1/count`)).status).toBe(200)
      answered += 1
    }
    await judging
    expect(answered).toBeGreaterThan(3)
  })
})

describe.skipIf(!hasLabels)('events that others labelled', () => {
  const logs = (): [string, string[]][] => {
    const byFormat = new Map<string, string[]>()
    for (const { from, event } of readLabels()) {
      byFormat.set(from, [...(byFormat.get(from) ?? []), JSON.stringify(event)])
    }
    return [...byFormat]
  }
  const cases = hasLabels
    ? [...logs(), ['okta', readScenario().map(({ event }) => JSON.stringify(event))] satisfies [string, string[]]]
    : []

  it.each(cases)('D1 to D21 M6 say the same of %s through the server as at the terminal', async (from, lines) => {
    const text = `${lines.join('\n')}\n`
    const path = join(temporaryFolder(), 'log.ndjson')
    writeFileSync(path, text)
    const { out } = await pasu(['admin', 'detect', path, '--from', from, '--json'])
    const terminal = JSON.parse(out) as { events: number; rejected: unknown[]; detections: unknown[] }
    const fresh = new FeedDoor({
      folder: temporaryFolder(),
      now: () => NOW,
      toldOf: () => ({ last: undefined, isTold: () => false }),
      submit: desk.submit,
    })
    const alone = await startEcho({ adminFeed: fresh })
    const before = desk.asked.length
    const answer = await fetch(`${alone.url}/v1/admin/events?from=${from}`, {
      ...{ method: 'POST', headers: { ...asHost, ...NDJSON }, body: text },
    })
    const told = (await answer.json()) as { events: number; rejected: unknown[]; detections: number }
    await alone.close()
    await fresh.close()
    expect([told.events, told.rejected]).toEqual([terminal.events, terminal.rejected])
    expect(told.detections).toBe(terminal.detections.length)
    expect(reported(before)).toEqual(terminal.detections)
    expect(told.events).toBeGreaterThan(0)
  })

  it('has logs of each product with labels', () => {
    expect(cases.map(([from]) => from).sort()).toEqual(['cloudtrail', 'github', 'okta', 'okta', 'teleport'])
  })
})
