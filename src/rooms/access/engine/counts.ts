/** D8 and D18: too many reads of secrets, or too many failures, within the hour. */
import { type Burst, threshold, within } from './burst.ts'
import type { Finding } from './detection.ts'
import { type AdminEvent, does, failed, teaches } from './event.ts'
import {
  FAILURES_ALARM,
  FAILURES_MIN,
  KNOWN_DAYS_MIN,
  type Options,
  SECRETS_MIN,
  SECRETS_MIN_UNKNOWN,
} from './limits.ts'
import { dayOf, isFresh, isSince, type Person } from './person.ts'

export function secretBurst(event: AdminEvent, person: Person, { offset_ms }: Options): Finding | undefined {
  if (!does(event, 'secret_read') || !teaches(event)) return undefined
  const count = within(person.secrets, event.time) + 1
  const min = person.activeDays < KNOWN_DAYS_MIN ? SECRETS_MIN_UNKNOWN : SECRETS_MIN
  const limit = threshold(person.secrets, dayOf(event.time, offset_ms), min)
  if (count < limit) return undefined
  return {
    detector: 'secret_burst',
    severity: isFresh(person, event) ? 'critical' : count >= 2 * limit ? 'high' : 'medium',
    behind: [person.secrets.firstLine],
    why: {
      en: `${event.actor.user} read ${count} secrets or keys within an hour; from ${limit} on this is far above the account's own busiest hour`,
      ko: `${event.actor.user} 계정이 한 시간에 비밀 또는 키를 ${count}회 읽었습니다. 이 계정의 가장 바쁜 시간을 훨씬 넘는 기준은 ${limit}회입니다`,
    },
  }
}

const tooMany = (event: AdminEvent, count: number, limit: number, burst: Burst, whose: string): Finding => ({
  detector: 'sign_in_failures',
  severity: count >= FAILURES_ALARM ? 'medium' : 'low',
  behind: [burst.firstLine],
  why: {
    en: `${count} refused tries within an hour for ${whose} (threshold ${limit}), the last by ${event.actor.user}`,
    ko: `${whose}에 대한 시도가 한 시간에 ${count}회 거절되었습니다(기준 ${limit}회). 마지막은 ${event.actor.user} 계정입니다`,
  },
})

/** `address` counts the failures of all people from the event's address. */
export function signInFailures(
  event: AdminEvent,
  person: Person,
  address: Burst | undefined,
  { offset_ms }: Options,
): Finding | undefined {
  const { time, actor, device, src_endpoint } = event
  const day = dayOf(time, offset_ms)
  const limit = threshold(person.failures, day, FAILURES_MIN)
  const before = within(person.failures, time)
  if ((failed(event) && does(event, 'sign_in')) || does(event, 'denied')) {
    if (before + 1 >= limit) return tooMany(event, before + 1, limit, person.failures, actor.user)
    if (address === undefined) return undefined
    // An office of many people has its own bar. Told when it is crossed: the next failure may be another person's.
    const bar = threshold(address, day, FAILURES_ALARM)
    return within(address, time) + 1 === bar ? tooMany(event, bar, bar, address, src_endpoint.ip ?? '-') : undefined
  }
  const isGuessed = does(event, 'sign_in') && teaches(event) && before >= FAILURES_MIN
  if (!isGuessed || !isSince(person, device, src_endpoint.network, time)) return undefined
  return {
    detector: 'sign_in_failures',
    // Of an account that was never seen everything is new.
    severity: person.activeDays > 0 ? 'high' : 'low',
    behind: [person.failures.firstLine],
    why: {
      en: `${actor.user} signed in after ${before} failures within an hour, from a device or network that the account never used`,
      ko: `${actor.user} 계정이 한 시간에 ${before}회 실패한 뒤, 쓴 적 없는 기기나 네트워크에서 로그인했습니다`,
    },
  }
}
