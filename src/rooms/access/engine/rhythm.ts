/** D5 and D6: an account that wakes, and power used at an hour or on a day when its owner never works. */
import { DAY_MS } from '../../../kernel/time.ts'
import type { Finding } from './detection.ts'
import { type AdminEvent, teaches } from './event.ts'
import {
  DORMANT_GAPS,
  DORMANT_MS_MAX,
  DORMANT_MS_MIN,
  HOUR_CHANCE_MAX,
  type Options,
  WEEKEND_CHANCE_MAX,
} from './limits.ts'
import { dayOf, hourOf, isFresh, isWeekend, type Person, usesPower } from './person.ts'

export function dormantAccount(event: AdminEvent, person: Person): Finding | undefined {
  if (!teaches(event) || person.lastAt === 0) return undefined
  const gap = event.time - person.lastAt
  const limit = Math.min(DORMANT_MS_MAX, Math.max(DORMANT_MS_MIN, DORMANT_GAPS * person.longestGap))
  if (gap <= limit) return undefined
  const days = Math.floor(gap / DAY_MS)
  const usual = Math.ceil(person.longestGap / DAY_MS)
  return {
    detector: 'dormant_account',
    severity: isFresh(person, event) ? 'high' : 'medium',
    behind: [person.lastLine],
    why: {
      en: `${event.actor.user} acts again after ${days} days of silence; the longest silence before was ${usual} days`,
      ko: `${event.actor.user} 계정이 ${days}일 만에 다시 활동합니다. 이전의 가장 긴 공백은 ${usual}일이었습니다`,
    },
  }
}

const succession = (hits: number, chances: number): number => (hits + 1) / (chances + 2)

/** Saturdays and Sundays from one day to before another. */
function weekendDaysBetween(from: number, to: number): number {
  const upTo = (day: number): number => Math.floor(day / 7) * 2 + Math.min(2, Math.max(0, (day % 7) - 2))
  return upTo(to) - upTo(from)
}

export function offHours(event: AdminEvent, person: Person, { offset_ms }: Options): Finding | undefined {
  if (!usesPower(event) || !teaches(event)) return undefined
  const hour = hourOf(event.time, offset_ms)
  const day = dayOf(event.time, offset_ms)
  const around = [hour + 23, hour, hour + 1].map((one) => person.hourDays[one % 24] ?? 0)
  const atHour = succession(Math.max(...around), person.daysOfHours)
  const weekends = weekendDaysBetween(dayOf(person.firstAt, offset_ms), day)
  const onWeekend = isWeekend(day) ? succession(person.weekendDays, weekends) : 1
  if (atHour > HOUR_CHANCE_MAX && onWeekend > WEEKEND_CHANCE_MAX) return undefined
  // A weekend act at a usual hour is a remark; a night, or a fresh device, is an alarm.
  const severity = isFresh(person, event) ? 'high' : atHour <= HOUR_CHANCE_MAX ? 'medium' : 'low'
  const clock = `${String(hour).padStart(2, '0')}:00`
  const { operation } = event.api
  const isNight = atHour <= HOUR_CHANCE_MAX
  return {
    detector: 'off_hours_privilege',
    severity,
    behind: [person.lastLine],
    why: {
      en: `${event.actor.user} did ${operation} ${isNight ? `around ${clock}, an hour` : 'on a weekend, a day'} in which the account was hardly ever active on ${person.activeDays} days`,
      ko: `${event.actor.user} 계정이 활동한 ${person.activeDays}일 동안 거의 쓰지 않던 ${isNight ? `${clock} 무렵에` : '주말에'} ${operation}을(를) 했습니다`,
    },
  }
}
