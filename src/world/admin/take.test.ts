import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AlertsDesk, NOW, openDesk, ordinary, temporaryFolder, theft } from '../../../test/kit/feed-desk.ts'
import { isRefusal, refuser } from '../../kernel/refusal.ts'
import { machineRefusals } from '../../machine/index.ts'
import { toldOf } from '../../rooms/access/alerts/index.ts'
import { FeedDoor, UPLOADS_AT_ONCE_MAX } from './take.ts'

let desk: AlertsDesk
let folder: string
let door: FeedDoor
let isFull = false

const doorOn = (at: string): FeedDoor =>
  new FeedDoor({
    folder: at,
    now: () => NOW,
    toldOf: (source) => toldOf(desk.room.state, source),
    submit: async (command) => (isFull ? refuser(machineRefusals)('MACHINE-003', 'full') : desk.submit(command)),
  })

beforeEach(() => {
  desk = openDesk()
  folder = join(temporaryFolder(), 'behaviour')
  isFull = false
  door = doorOn(folder)
})
afterEach(() => door.close())

const send = (bytes: Uint8Array) => door.take('github', bytes, 'service:feed')

describe('uploads at the door', () => {
  it('M11 are judged one after the other in a thread, in the order in which they came', async () => {
    const days = [ordinary(0, 30), theft(30), ordinary(31, 1)]
    const taken = await Promise.all(days.map(send))
    expect(taken.map((one) => (isRefusal(one) ? one.code : one.events))).toEqual([30, 2, 1])
    expect(desk.asked.map(({ data, by }) => [data.first_line, data.memory, by])).toEqual([
      [1, 'first', 'service:feed'],
      [31, 'kept', 'service:feed'],
      [33, 'kept', 'service:feed'],
    ])
    expect([...desk.room.state.detections.values()].map(({ what }) => what)).toContain('new_country')
  })

  it('M11 beyond so many are refused as busy, and can come again', async () => {
    const taken = await Promise.all(Array.from({ length: UPLOADS_AT_ONCE_MAX + 1 }, (_, day) => send(ordinary(day, 1))))
    expect(taken.map((one) => isRefusal(one) && one.code)).toEqual([
      ...Array.from({ length: UPLOADS_AT_ONCE_MAX }, () => false),
      'FEED-003',
    ])
    expect(await send(ordinary(UPLOADS_AT_ONCE_MAX, 1))).toMatchObject({ events: 1 })
  })

  it('M8 that the machine does not take are told whole when they come again, once', async () => {
    await send(ordinary(0, 30))
    isFull = true
    expect(await send(theft(30))).toMatchObject({ code: 'MACHINE-003' })
    isFull = false
    const again = await send(theft(30))
    expect(again).toMatchObject({ events: 2, repeated: false })
    expect(desk.asked.at(-1)?.data.memory).toBe('kept')
    expect(await send(theft(30))).toEqual({ ...again, detections: 0, repeated: true })
  })

  it('M11 that cannot be judged are refused, nothing is told of them, and the next one finds another thread', async () => {
    // A file stands where the folder would be made.
    writeFileSync(folder, '')
    expect(await send(ordinary(0, 1))).toMatchObject({ code: 'FEED-004', kind: 'broken' })
    expect(desk.entries()).toBe(0)
    rmSync(folder)
    expect(await send(ordinary(0, 1))).toMatchObject({ events: 1, repeated: false })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('M6 go on after a restart from what was kept', async () => {
    await send(ordinary(0, 30))
    await door.close()
    door = doorOn(folder)
    await send(theft(30))
    expect(desk.asked.at(-1)?.data).toMatchObject({ memory: 'kept', first_line: 31 })
  })
})
