/**
 * How well and how fast administrators' behaviour is judged: 1,000 people over 90 days, seeded, with attacks among them.
 * Run: `npx node bench/admin.ts [seed]`.
 *
 * - precision: of a detector's detections, the share on a line of some attack. Alarms (medium and above) stand apart from all.
 * - recall: of the attacks that aim at what the detector watches, the share on whose lines it spoke.
 * - false alarms a day: alarms on lines of ordinary work, beside the budget.
 * - SQL: the peer of `admin-sql.ts`, in the same run. Its rows have no severity; all are alarms.
 */

import { DAY_MS } from '../src/kernel/time.ts'
import {
  BUDGET_PER_DAY,
  DEFAULTS,
  DETECTORS,
  type Detection,
  detect,
  inTimeOrder,
  isAlarm,
  noBehaviour,
} from '../src/rooms/access/engine/index.ts'
import { readAdminLine } from '../src/world/admin/index.ts'
import { type Attack, attacks } from './admin-attacks.ts'
import { benchFeed } from './admin-feed.ts'
import { DAYS, type Log, type Made, ordinary, people } from './admin-people.ts'
import { askSql } from './admin-sql.ts'
import { random } from './random.ts'

const SEED = Number(process.argv[2] ?? 20_260_206)
/** Best of so many runs: the first also pays for compilation. */
const RUNS = 3
const READ_LINES = 50_000

function workload(): { events: Made[]; done: Attack[] } {
  const log: Log = { events: [], next: random(SEED) }
  const staff = people(log.next)
  ordinary(log, staff)
  const done = attacks(log, staff)
  const numbered = inTimeOrder(log.events).map((event, place): Made => ({ ...event, line: place + 1 }))
  return { events: numbered, done }
}

interface Spoken {
  readonly detector: string
  readonly line: number
}

const percent = (part: number, all: number): string => (all === 0 ? '-' : `${((100 * part) / all).toFixed(0)}%`)

function precision(events: readonly Made[], spoken: readonly Spoken[]): string {
  const right = spoken.filter(({ line }) => events[line - 1]?.attack !== undefined).length
  return `${percent(right, spoken.length)} of ${spoken.length}`
}

/** Attacks that aim at the detector, and of them those on whose lines it spoke. */
function recall(events: readonly Made[], done: readonly Attack[], spoken: readonly Spoken[], detector: string): string {
  const aimed = done.filter(({ aims }) => aims.some((aim) => aim === detector))
  const seen = new Set(spoken.map(({ line }) => events[line - 1]?.attack))
  return aimed.length === 0 ? '-' : `${percent(aimed.filter(({ id }) => seen.has(id)).length, aimed.length)}`
}

function falseAlarms(name: string, events: readonly Made[], spoken: readonly Spoken[]): void {
  const wrong = spoken.filter(({ line }) => events[line - 1]?.attack === undefined)
  const days = new Map<number, number>()
  for (const { line } of wrong) {
    const day = Math.floor(((events[line - 1]?.time ?? 0) + DEFAULTS.offset_ms) / DAY_MS)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  const over = [...days.values()].filter((count) => count > BUDGET_PER_DAY).length
  console.log(
    `${name}: ${(wrong.length / DAYS).toFixed(1)} false alarms a day of a budget of ${BUDGET_PER_DAY}; over it on ${over} of ${DAYS} days`,
  )
}

function engine(events: readonly Made[]): { found: Detection[]; seconds: number } {
  const from = performance.now()
  const state = noBehaviour()
  const found: Detection[] = []
  for (const event of events) for (const one of detect(state, event)) found.push(one)
  return { found, seconds: (performance.now() - from) / 1_000 }
}

/** One ordinary Okta sign-in as text: parsing, checking and mapping. */
function readingSpeed(): number {
  const line = JSON.stringify({
    ...{ published: '2026-02-06T01:00:00.123Z', eventType: 'user.session.start', outcome: { result: 'SUCCESS' } },
    actor: { id: '00u1', alternateId: 'kim@exchange.example', displayName: 'Kim', type: 'User' },
    client: {
      ipAddress: '203.0.113.7',
      userAgent: { rawUserAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/99.1', os: 'Mac OS X' },
      geographicalContext: { country: 'South Korea', geolocation: { lat: 37.57, lon: 126.98 } },
    },
    securityContext: { asNumber: 4766, isProxy: false },
    authenticationContext: { externalSessionId: 'idx1' },
  })
  const from = performance.now()
  for (let place = 1; place <= READ_LINES; place += 1) readAdminLine('okta', line, place)
  return READ_LINES / ((performance.now() - from) / 1_000)
}

const { events, done } = workload()
const runs = Array.from({ length: RUNS }, () => engine(events)).sort((a, b) => a.seconds - b.seconds)
const { found, seconds } = runs[0] ?? engine(events)
const sql = askSql(events)

console.log(`seed ${SEED}: ${events.length} events of 1,000 people over ${DAYS} days, ${done.length} attacks\n`)
console.log(
  [
    'detector',
    'precision of alarms',
    'precision of all',
    'recall by alarms',
    'recall by all',
    'SQL precision',
    'SQL recall',
  ].join(' | '),
)
for (const detector of DETECTORS) {
  const mine = found.filter((one) => one.detector === detector)
  const alarms = mine.filter(isAlarm)
  const theirs = sql.alarms.filter((one) => one.detector === detector)
  if (mine.length === 0 && theirs.length === 0) continue
  const peer = theirs.length === 0 ? ['-', '-'] : [precision(events, theirs), recall(events, done, theirs, detector)]
  const ours = [alarms, mine].map((some) => precision(events, some))
  const seen = [alarms, mine].map((some) => recall(events, done, some, detector))
  console.log([detector, ...ours, ...seen, ...peer].join(' | '))
}
const caught = new Set(found.filter(isAlarm).map(({ line }) => events[line - 1]?.attack))
const caughtSql = new Set(sql.alarms.map(({ line }) => events[line - 1]?.attack))
console.log(
  `\nattacks with an alarm of any detector: engine ${percent(done.filter(({ id }) => caught.has(id)).length, done.length)}, SQL ${percent(done.filter(({ id }) => caughtSql.has(id)).length, done.length)}`,
)
falseAlarms('engine', events, found.filter(isAlarm))
falseAlarms('SQL', events, sql.alarms)
console.log(`\nengine: ${Math.round(events.length / seconds).toLocaleString('en')} events/s (best of ${RUNS})`)
console.log(`SQL, inserts and queries: ${Math.round(events.length / sql.seconds).toLocaleString('en')} events/s`)
console.log(`reading Okta lines before that: ${Math.round(readingSpeed()).toLocaleString('en')} lines/s`)
benchFeed(events)
