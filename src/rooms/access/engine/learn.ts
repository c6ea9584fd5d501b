/** How an event changes what is usual. Failures teach nothing but that they failed. */
import { countIn } from './burst.ts'
import { type AdminEvent, does, failed, teaches } from './event.ts'
import { learnValue } from './habit.ts'
import { HOURS_KEPT_PER_DAY, NOVELTY_KEPT_PER_DAY, type Options, SESSIONS_MAX } from './limits.ts'
import { dayOf, hourOf, isWeekend, type Person, usesPower } from './person.ts'
import { remember } from './recent.ts'

function newDay(person: Person, day: number): void {
  person.activeDays += 1
  person.lastDay = day
  for (const habit of [person.devices, person.networks, person.countries, person.operations]) {
    habit.novelties *= NOVELTY_KEPT_PER_DAY
  }
  person.daysOfHours = person.daysOfHours * HOURS_KEPT_PER_DAY + 1
  for (let hour = 0; hour < 24; hour += 1) {
    person.hourDays[hour] = (person.hourDays[hour] ?? 0) * HOURS_KEPT_PER_DAY
  }
  if (isWeekend(day)) person.weekendDays += 1
}

function learnHour(person: Person, day: number, hour: number): void {
  if (person.hourLast[hour] === day) return
  person.hourLast[hour] = day
  person.hourDays[hour] = (person.hourDays[hour] ?? 0) + 1
}

function learnActs(person: Person, event: AdminEvent, day: number): void {
  for (const act of event.acts) {
    const known = person.acts.get(act)
    if (known?.lastDay !== day) person.acts.set(act, { days: (known?.days ?? 0) + 1, lastDay: day })
  }
}

function learnUsual(person: Person, event: AdminEvent, day: number, offset: number): void {
  const { time, line, device, src_endpoint, api } = event
  if (person.lastAt > 0) person.longestGap = Math.max(person.longestGap, time - person.lastAt)
  // A log may come late: an event of an earlier day is learned, and takes the account's clock not back.
  if (day > person.lastDay) newDay(person, day)
  person.lastAt = Math.max(person.lastAt, time)
  person.lastLine = line
  learnValue(person.devices, device, time, day, line)
  learnValue(person.networks, src_endpoint.network, time, day, line)
  learnValue(person.countries, src_endpoint.country, time, day, line)
  if (usesPower(event)) learnValue(person.operations, api.operation, time, day, line)
  if (does(event, 'secret_read')) countIn(person.secrets, time, day, line)
  if (does(event, 'sign_in') && time >= (person.place?.time ?? 0)) person.place = { time, line, ...src_endpoint }
  learnHour(person, day, hourOf(time, offset))
  learnActs(person, event, day)
}

/** Changes `person` in place. */
export function learn(person: Person, event: AdminEvent, { offset_ms }: Options): void {
  const { time, line, actor, device, src_endpoint } = event
  const day = dayOf(time, offset_ms)
  if (teaches(event)) learnUsual(person, event, day, offset_ms)
  const isMiss = failed(event) && does(event, 'sign_in')
  if (isMiss || does(event, 'denied')) countIn(person.failures, time, day, line)
  const { session } = actor
  if (session === undefined || src_endpoint.network === undefined) return
  const first = person.sessions.get(session)
  // The session stays bound to where it was first seen; only its last use there moves on.
  if (first !== undefined && first.network !== src_endpoint.network) return
  const use = { ...src_endpoint, device: first?.device ?? device, time, line: first?.line ?? line }
  remember(person.sessions, session, use, SESSIONS_MAX)
}
