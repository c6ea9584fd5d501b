/** The feed before the room's alerts, on the real machine and writer, in memory; and a log of ordinary days with a thief in it. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS } from '../../src/kernel/time.ts'
import { type Command, Machine, Writer } from '../../src/machine/index.ts'
import { none } from '../../src/machine/playbook.ts'
import { type OpenRoom, openRoom } from '../../src/machine/room.ts'
import { type AlertsState, alertEvents } from '../../src/rooms/access/alerts/index.ts'
import { alertsRoom, needs } from '../../src/rooms/access/alerts/testing/desk.ts'

/** Monday 5 January 2026, 10:00 in Seoul. */
export const MONDAY = Date.UTC(2026, 0, 5, 1)
export const NOW = Date.UTC(2026, 5, 1)

const github = (time: number, action: string, more: object = {}): string =>
  JSON.stringify({
    ...{ '@timestamp': time, action, actor: 'kim@exchange.example', actor_ip: '203.0.113.7' },
    ...{ actor_location: { country_code: 'KR' }, user_agent: 'Mozilla/5.0 Chrome/99.0', ...more },
  })

const bytes = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`)

/** So many days of work from a day on. */
export const ordinary = (from: number, days: number): Uint8Array =>
  bytes(Array.from({ length: days }, (_, day) => github(MONDAY + (from + day) * DAY_MS, 'git.push')))

const THIEF = { actor_ip: '198.51.100.9', actor_location: { country_code: 'RO' }, user_agent: 'curl/8.1' }

/** Two lines: a factor switched off for everybody, then an administrator made, from elsewhere. */
export const theft = (day: number): Uint8Array => {
  const night = MONDAY + day * DAY_MS
  return bytes([
    github(night, 'org.disable_two_factor_requirement', THIEF),
    github(night + HOUR_MS, 'business.add_admin', { ...THIEF, user: 'lee' }),
  ])
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'pasu-feed-'))

export interface AlertsDesk {
  readonly room: OpenRoom<AlertsState>
  readonly submit: (command: Command) => ReturnType<Writer['submit']>
  /** Commands that were taken or refused, in order. */
  readonly asked: Command[]
  /** Entries that are durable. */
  readonly entries: () => number
}

export function openDesk(): AlertsDesk {
  const room = openRoom(alertsRoom, () => needs)
  const own = ['outbox.delivered', 'outbox.failed', 'outbox.abandoned', 'consequence.refused']
  const rows = Object.fromEntries([...Object.keys(alertEvents), ...own].map((type) => [type, none]))
  let entries = 0
  const append = (some: readonly Uint8Array[]): void => {
    entries += some.length
  }
  const writer = new Writer({ machine: new Machine([room], rows), now: () => NOW, append })
  const asked: Command[] = []
  const submit = (command: Command): ReturnType<Writer['submit']> => {
    asked.push(command)
    return writer.submit(command)
  }
  return { room, submit, asked, entries: () => entries }
}
