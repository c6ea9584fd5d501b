/** When a duty is due. Days begin and end in the pack's time zone; its holidays are data of the pack. */
import { type Instant, SECOND_MS } from '../../kernel/time.ts'
import type { Deadline, Obligation, Pack } from './rules.ts'

type Calendar = Pick<Pack, 'time_zone' | 'holidays'>

const SATURDAY = 6

/** `2026-10-05`: the date that a clock on the wall in this zone shows. */
export const localDate = (at: Instant, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** Whether the name is a zone that the runtime knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    localDate(0, timeZone)
    return true
  } catch {
    return false
  }
}

/** Whether the text is a day of the calendar: not the 30th of February. */
export function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

/** After the last day that the pack's list covers, every day counts: a deadline may then come too early, never too late. */
function isBusinessDay(day: Temporal.PlainDate, { holidays }: Calendar): boolean {
  if (day.toString() > holidays.to) return true
  return day.dayOfWeek < SATURDAY && !holidays.days.includes(day.toString())
}

/** The last millisecond of the n-th business day after the day of the start: that day itself does not count. */
function afterBusinessDays(start: Instant, days: number, calendar: Calendar): Instant {
  let day = Temporal.PlainDate.from(localDate(start, calendar.time_zone))
  for (let left = days; left > 0; ) {
    day = day.add({ days: 1 })
    if (isBusinessDay(day, calendar)) left -= 1
  }
  return day.add({ days: 1 }).toZonedDateTime(calendar.time_zone).epochMilliseconds - 1
}

/** `undefined` where no time is set in law yet. What is due at once, without delay or beforehand is due when it starts. */
export function dueAt(deadline: Deadline, start: Instant, calendar: Calendar): Instant | undefined {
  switch (deadline.kind) {
    case 'unset':
      return undefined
    case 'within':
      return start + deadline.seconds * SECOND_MS
    case 'business_days':
      return afterBusinessDays(start, deadline.days, calendar)
    default:
      return start
  }
}

/** Whether the obligation binds (or, if proposed, is worth showing) on that day. */
export function appliesOn({ since, until }: Obligation, date: string): boolean {
  return (since === undefined || since <= date) && (until === undefined || date <= until)
}
