/** D4: two sign-ins of one person that no journey joins. */

import { HOUR_MS, MINUTE_MS } from '../../../kernel/time.ts'
import type { Finding } from './detection.ts'
import { type AdminEvent, does, teaches } from './event.ts'
import { COUNTRY_HOP_MS, TRAVEL_HABIT_DAYS, TRAVEL_KM_MIN, TRAVEL_KMH_MAX } from './limits.ts'
import type { Person, Place } from './person.ts'

const EARTH_KM = 6_371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

interface Spot {
  readonly lat?: number
  readonly long?: number
}

/** Great-circle distance in kilometres (haversine); `undefined` where a place is not known. */
export function kilometres(a: Spot, b: Spot): number | undefined {
  if (a.lat === undefined || a.long === undefined || b.lat === undefined || b.long === undefined) return undefined
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2
  const square = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.long, b.long)
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)))
}

/** Both networks are old habits: an office and a VPN, not a journey. */
function isHabit({ networks }: Person, from: string | undefined, to: string | undefined): boolean {
  const days = (network: string | undefined): number =>
    network === undefined ? 0 : (networks.known.get(network)?.days ?? 0)
  return days(from) >= TRAVEL_HABIT_DAYS && days(to) >= TRAVEL_HABIT_DAYS
}

const nameOf = (place: Place): string => place.country ?? place.network ?? '-'

function finding(event: AdminEvent, from: Place, en: string, ko: string): Finding {
  const to = nameOf({ time: event.time, line: event.line, ...event.src_endpoint })
  const minutes = Math.round((event.time - from.time) / MINUTE_MS)
  return {
    detector: 'impossible_travel',
    severity: 'high',
    behind: [from.line],
    why: {
      en: `${event.actor.user} signed in from ${nameOf(from)} and ${minutes} min later from ${to}: ${en}`,
      ko: `${event.actor.user} 계정이 ${nameOf(from)}에서 로그인하고 ${minutes}분 뒤 ${to}에서 로그인했습니다: ${ko}`,
    },
  }
}

export function impossibleTravel(event: AdminEvent, person: Person): Finding | undefined {
  if (!does(event, 'sign_in') || !teaches(event)) return undefined
  const from = person.place
  if (event.novel?.includes('travel') === true) {
    return finding(
      event,
      from ?? { time: event.time, line: event.line },
      'the product itself calls it too fast',
      '제품이 너무 빠르다고 보고했습니다',
    )
  }
  if (from === undefined || isHabit(person, from.network, event.src_endpoint.network)) return undefined
  // A late log may tell of the journey's other end first.
  const elapsed = Math.abs(event.time - from.time)
  const distance = kilometres(from, event.src_endpoint)
  if (distance !== undefined) {
    // A minute at least: two logs' clocks are never nearer.
    const speed = distance / (Math.max(elapsed, MINUTE_MS) / HOUR_MS)
    if (distance < TRAVEL_KM_MIN || speed <= TRAVEL_KMH_MAX) return undefined
    const km = Math.round(distance)
    return finding(event, from, `${km} km at ${Math.round(speed)} km/h`, `${km}km, 시속 ${Math.round(speed)}km`)
  }
  const { country } = event.src_endpoint
  const hopped = country !== undefined && from.country !== undefined && country !== from.country
  return hopped && elapsed <= COUNTRY_HOP_MS
    ? finding(event, from, 'two countries within the hour', '한 시간 안에 두 국가')
    : undefined
}
