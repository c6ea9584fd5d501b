/** A staff of a thousand and its ordinary days, seeded: what detectors must not be alarmed by. */

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/kernel/time.ts'
import type { Act, AdminEvent, Source } from '../src/rooms/access/engine/index.ts'

/** Monday 5 January 2026, midnight in Seoul. */
export const START = Date.UTC(2026, 0, 4, 15)
export const DAYS = 90

export type Role = 'staff' | 'admin' | 'service'

export interface Made extends AdminEvent {
  /** The attack it belongs to; none for ordinary work. */
  readonly attack?: number
}

export interface Someone {
  readonly user: string
  readonly role: Role
  /** Hours of Seoul between which the person works. */
  readonly from: number
  readonly to: number
  readonly home: Source
  readonly office: Source
  readonly roams: boolean
  /** Kinds of privileged acts the person does, commonest first. */
  readonly operations: readonly string[]
  device: string
  /** The account falls silent from this day. */
  readonly until: number
}

const SEOUL = { country: 'KR', lat: 37.57, long: 126.98 }
export const ABROAD: readonly Source[] = [
  { country: 'VN', lat: 21.03, long: 105.85, network: 'AS45899', ip: '198.51.100.1' },
  { country: 'US', lat: 37.77, long: -122.42, network: 'AS7018', ip: '198.51.100.2' },
  { country: 'RO', lat: 44.43, long: 26.1, network: 'AS9009', ip: '198.51.100.3' },
  { country: 'SG', lat: 1.35, long: 103.82, network: 'AS4657', ip: '198.51.100.4' },
  { country: 'JP', lat: 35.68, long: 139.69, network: 'AS2516', ip: '198.51.100.5' },
]
const HOMES = ['AS4766', 'AS9318', 'AS3786', 'AS17858', 'AS9644']
const OPERATIONS = [
  'UpdateUser',
  'CreateUser',
  'PutPolicy',
  'AddToGroup',
  'UpdateRule',
  'RotateKey',
  'DeleteUser',
  'UpdateApp',
]

export const STAFF = 880
export const ADMINS = 100
export const SERVICES = 20
/** Accounts of people who left; nobody closed them. */
const LEFT = 30

export function people(next: () => number): Someone[] {
  const whole = (below: number): number => Math.floor(next() * below)
  return Array.from({ length: STAFF + ADMINS + SERVICES }, (_, place) => {
    const role: Role = place < STAFF ? 'staff' : place < STAFF + ADMINS ? 'admin' : 'service'
    const isNight = role === 'admin' && place % 12 === 0
    const from = role === 'service' ? 0 : isNight ? 21 : 8 + whole(3)
    const network = HOMES[whole(HOMES.length)] ?? 'AS4766'
    const office = { ...SEOUL, network: role === 'service' ? 'AS16509' : 'AS38091', ip: '203.0.113.10' }
    return {
      user: `${role}${place}@exchange.example`,
      role,
      from,
      to: role === 'service' ? 24 : from + 9,
      home: { ...SEOUL, network, ip: `203.0.${whole(250)}.${whole(250)}` },
      office,
      roams: role !== 'service' && next() < 0.05,
      operations: role === 'admin' ? OPERATIONS.slice(0, 2 + whole(OPERATIONS.length - 1)) : [],
      device: `client ${place}`,
      until: role === 'staff' && place < LEFT ? 15 + whole(10) : DAYS,
    }
  })
}

export interface Log {
  readonly events: Made[]
  readonly next: () => number
}

export const whole = ({ next }: Log, below: number): number => Math.floor(next() * below)

export function put(
  { events }: Log,
  who: Someone,
  time: number,
  acts: readonly Act[],
  operation: string,
  more: Partial<Made> & { readonly session?: string } = {},
): void {
  const { session, ...rest } = more
  events.push({
    line: 0,
    time,
    class_uid: acts.includes('sign_in') ? 3002 : 6003,
    activity_id: 1,
    status_id: 1,
    actor: { user: who.user, ...(session === undefined ? {} : { session }) },
    api: { operation },
    src_endpoint: who.office,
    device: who.device,
    acts,
    ...rest,
  })
}

/** Chances of what happens to honest people, a working day. */
const NEW_DEVICE = 1 / 150
const NEW_HOME = 1 / 120
const TRIP = 1 / 250
const NIGHT_CALL = 1 / 40
const WEEKEND_WORK = 1 / 60
const LEAVE = 1 / 90
const MISTYPED = 1 / 15
const FORGOTTEN = 1 / 400
const RESET = 1 / 400
const PROMOTED = 1 / 3_000
const ROTATION = 1 / 30

interface Life {
  home: Source
  away: { readonly source: Source; readonly until: number } | undefined
  leaveUntil: number
  isPromoted: boolean
}

function place(log: Log, who: Someone, life: Life, day: number): Source {
  if (life.away !== undefined && day < life.away.until) return life.away.source
  if (who.roams && log.next() < 0.3) return { ...SEOUL, network: `AS${20_000 + whole(log, 3_000)}`, ip: '203.0.113.99' }
  return log.next() < 0.3 ? life.home : who.office
}

function change(log: Log, who: Someone, life: Life, day: number, desk: Someone): void {
  const at = START + day * DAY_MS + who.from * HOUR_MS
  if (log.next() < NEW_DEVICE) who.device = `client ${whole(log, 1e6)}`
  if (log.next() < NEW_HOME)
    life.home = { ...SEOUL, network: HOMES[whole(log, HOMES.length)] ?? 'AS4766', ip: '203.0.113.77' }
  if (log.next() < TRIP) {
    const source = ABROAD[whole(log, ABROAD.length)] ?? who.office
    life.away = { source, until: day + 2 + whole(log, 5) }
  }
  if (log.next() < LEAVE) life.leaveUntil = day + 4 + whole(log, 15)
  if (who.role === 'staff' && log.next() < PROMOTED) life.isPromoted = true
  if (log.next() < RESET) {
    put(log, desk, at - HOUR_MS / 2, ['mfa_reset', 'privileged'], 'reset_all', { user: who.user })
    if (log.next() < 0.5) who.device = `client ${whole(log, 1e6)}`
  }
}

function work(log: Log, who: Someone, life: Life, day: number): void {
  const source = place(log, who, life, day)
  const session = `${who.user} ${day}`
  const opens = START + day * DAY_MS + who.from * HOUR_MS + whole(log, 90) * MINUTE_MS
  const misses = log.next() < FORGOTTEN ? 5 + whole(log, 4) : log.next() < MISTYPED ? 1 + whole(log, 3) : 0
  const more = { session, src_endpoint: source }
  for (let miss = 0; miss < misses; miss += 1) {
    put(log, who, opens - (misses - miss) * 20_000, ['sign_in'], 'sign_in', { status_id: 2, src_endpoint: source })
  }
  put(log, who, opens, ['sign_in'], 'sign_in', more)
  const acts = 3 + whole(log, 8)
  for (let act = 0; act < acts; act += 1) {
    const time = opens + whole(log, 8 * 60) * MINUTE_MS
    const isPower = who.role === 'admin' ? log.next() < 0.5 : life.isPromoted && log.next() < 0.2
    const kinds = who.operations.length === 0 ? 1 : who.operations.length
    const operation = who.operations[Math.floor(log.next() ** 2 * kinds)] ?? 'UpdateUser'
    // A telephone moves between networks within a session.
    const moved = log.next() < 0.03 ? { ...more, src_endpoint: life.home } : more
    if (isPower) put(log, who, time, ['privileged'], operation, more)
    else if (who.role === 'admin' && log.next() < 0.1) put(log, who, time, ['secret_read'], 'GetSecretValue', more)
    else put(log, who, time, [], 'read', life.away === undefined ? moved : more)
  }
  if (who.role !== 'admin') return
  const reads = log.next() < ROTATION ? 6 + whole(log, 10) : 0
  for (let read = 0; read < reads; read += 1) {
    put(log, who, opens + HOUR_MS + read * 2 * MINUTE_MS, ['secret_read'], 'GetSecretValue', more)
  }
  if (log.next() < NIGHT_CALL) {
    put(log, who, opens + 13 * HOUR_MS, ['privileged'], who.operations[0] ?? 'UpdateUser', { src_endpoint: life.home })
  }
}

/** A machine that reads its secrets every hour, day and night. */
function serve(log: Log, who: Someone, day: number): void {
  for (let hour = 0; hour < 24; hour += 1) {
    const reads = 2 + whole(log, 12)
    for (let read = 0; read < reads; read += 1) {
      put(log, who, START + day * DAY_MS + hour * HOUR_MS + read * MINUTE_MS, ['secret_read'], 'GetSecretValue')
    }
  }
}

/** What three administrators do as their job: rights weekly, a log that is retired, the identity provider's key twice. */
function duties(log: Log, staff: readonly Someone[]): void {
  const keepers = staff.filter(({ role }) => role === 'admin').slice(1, 4)
  keepers.forEach((who, place) => {
    for (let day = 1 + place; day < DAYS; day += 7) {
      if (day % 7 > 4) continue
      const at = START + day * DAY_MS + (who.from + 3) * HOUR_MS
      put(log, who, at, ['admin_granted', 'privileged'], 'GrantAdmin', { user: `staff${day}@exchange.example` })
      if (place === 1) put(log, who, at + HOUR_MS, ['logging_off', 'privileged'], 'DeleteLogGroup')
      if (place === 2 && day % 28 < 7) put(log, who, at + HOUR_MS, ['trust_changed', 'privileged'], 'RotateIdpKey')
    }
  })
}

export function ordinary(log: Log, staff: readonly Someone[]): void {
  const desk = staff.find(({ role }) => role === 'admin')
  if (desk === undefined) return
  for (const who of staff) {
    const life: Life = { home: who.home, away: undefined, leaveUntil: 0, isPromoted: false }
    for (let day = 0; day < who.until; day += 1) {
      if (who.role === 'service') {
        serve(log, who, day)
        continue
      }
      if (day < life.leaveUntil || (day % 7 > 4 && log.next() >= WEEKEND_WORK)) continue
      change(log, who, life, day, desk)
      work(log, who, life, day)
    }
  }
  duties(log, staff)
}
