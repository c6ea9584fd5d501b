/** What is remembered of one person: fixed space, plain data. */
import { DAY_MS, HOUR_MS, type Instant } from '../../../kernel/time.ts'
import { type Burst, noBurst } from './burst.ts'
import type { Detector, Severity } from './detection.ts'
import { type Act, type AdminEvent, does } from './event.ts'
import { type Habit, noHabit } from './habit.ts'
import { FRESH_MS } from './limits.ts'

export interface Place {
  readonly time: Instant
  readonly line: number
  readonly network?: string
  readonly country?: string
  readonly lat?: number
  readonly long?: number
}

export interface SessionUse extends Place {
  readonly device?: string | undefined
}

/** A reset of this person's factor. */
export interface Reset {
  readonly time: Instant
  readonly line: number
  readonly by: string
}

export interface Told {
  readonly time: Instant
  readonly severity: Severity
}

export interface ActDays {
  readonly days: number
  readonly lastDay: number
}

export interface Person {
  readonly firstAt: Instant
  /** Of the last event that teaches. */
  lastAt: Instant
  lastLine: number
  activeDays: number
  lastDay: number
  longestGap: number
  readonly devices: Habit
  readonly networks: Habit
  readonly countries: Habit
  /** Kinds of privileged acts. */
  readonly operations: Habit
  /** Days, fading, on which the person was active in each local hour, and the day that was counted last. */
  readonly hourDays: number[]
  readonly hourLast: number[]
  /** Days, fading, that `hourDays` stands over. */
  daysOfHours: number
  /** Weekend days on which the person was active. */
  weekendDays: number
  place: Place | undefined
  readonly sessions: Map<string, SessionUse>
  readonly secrets: Burst
  readonly failures: Burst
  reset: Reset | undefined
  readonly acts: Map<Act, ActDays>
  /** When each detector last spoke for this person. */
  readonly toldAt: Map<Detector, Told>
}

export const newPerson = (firstAt: Instant): Person => ({
  firstAt,
  lastAt: 0,
  lastLine: 0,
  activeDays: 0,
  lastDay: -1,
  longestGap: 0,
  devices: noHabit(),
  networks: noHabit(),
  countries: noHabit(),
  operations: noHabit(),
  hourDays: new Array<number>(24).fill(0),
  hourLast: new Array<number>(24).fill(-1),
  daysOfHours: 0,
  weekendDays: 0,
  place: undefined,
  sessions: new Map(),
  secrets: noBurst(),
  failures: noBurst(),
  reset: undefined,
  acts: new Map(),
  toldAt: new Map(),
})

/** Days since 1970 in the staff's own time. */
export const dayOf = (time: Instant, offset: number): number => Math.floor((time + offset) / DAY_MS)
export const hourOf = (time: Instant, offset: number): number => Math.floor((time + offset) / HOUR_MS) % 24
/** 1 January 1970 was a Thursday. */
export const isWeekend = (day: number): boolean => day % 7 === 2 || day % 7 === 3

/** Whether the device or the network was first seen within the last day, for somebody known for longer. */
export function isFresh(person: Person, event: AdminEvent): boolean {
  if (event.time - person.firstAt <= FRESH_MS) return false
  const { device, src_endpoint } = event
  return isSince(person, device, src_endpoint.network, event.time - FRESH_MS)
}

/** Whether the device or the network was first seen at or after `since`, or never. */
export function isSince(
  { devices, networks }: Person,
  device: string | undefined,
  network: string | undefined,
  since: Instant,
): boolean {
  const late = (habit: Habit, value: string | undefined): boolean => {
    const seen = value === undefined ? undefined : habit.known.get(value)
    return value !== undefined && (seen === undefined || seen.firstAt >= since)
  }
  return late(devices, device) || late(networks, network)
}

/** Acts with which a thief turns access into power. */
const POWER: readonly Act[] = ['privileged', 'admin_granted', 'credential_made', 'trust_changed', 'secret_exposed']
export const usesPower = (event: AdminEvent): boolean => POWER.some((act) => does(event, act))
