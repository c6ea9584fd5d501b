/** Events for tests: one account with ordinary working days, and what is changed in one event. */
import { DAY_MS, HOUR_MS } from '../../../../kernel/time.ts'
import { type AdminEvent, type Detection, type Detector, detect, noBehaviour } from '../index.ts'

/** Monday 5 January 2026, 10:00 in Seoul. */
export const MONDAY = Date.UTC(2026, 0, 5, 1)

export type Change = Partial<Omit<AdminEvent, 'actor'>> & { readonly who?: string; readonly session?: string }

const HOME = { ip: '203.0.113.7', network: 'AS4766', country: 'KR', lat: 37.57, long: 126.98 }

export function event({ who = 'kim@exchange.example', session, ...change }: Change = {}): AdminEvent {
  return {
    line: 1,
    time: MONDAY,
    class_uid: 3002,
    activity_id: 1,
    status_id: 1,
    actor: { user: who, ...(session === undefined ? {} : { session }) },
    api: { operation: 'sign_in' },
    src_endpoint: HOME,
    device: 'laptop',
    acts: ['sign_in'],
    ...change,
  }
}

/** A privileged act of a kind. */
export const act = (operation: string, change: Change = {}): AdminEvent =>
  event({ acts: ['privileged'], api: { operation }, class_uid: 6003, ...change })

export const AWAY = { ip: '198.51.100.9', network: 'AS9009', country: 'RO', lat: 44.43, long: 26.1 }

/** So many working days, one sign-in each at ten; `also` adds to a day. Weekends are left out. */
export function workingDays(count: number, also: (day: number, time: number) => AdminEvent[] = () => []): AdminEvent[] {
  const days = Array.from({ length: count * 2 }, (_, day) => day).filter((day) => day % 7 < 5)
  return days.slice(0, count).flatMap((day) => {
    const time = MONDAY + day * DAY_MS
    return [event({ time }), ...also(day, time)]
  })
}

/** A Wednesday at ten, ten weeks later: after all working days above. */
export const LATER = MONDAY + 72 * DAY_MS

/** Lines are numbered from 1 as the events stand. */
export function told(events: readonly AdminEvent[]): Detection[] {
  const state = noBehaviour()
  return [...events].sort((a, b) => a.time - b.time).flatMap((one, place) => detect(state, { ...one, line: place + 1 }))
}

export const names = (detections: readonly Detection[]): Detector[] => detections.map(({ detector }) => detector)
export const of = (detections: readonly Detection[], detector: Detector): string[] =>
  detections.filter((one) => one.detector === detector).map(({ severity, line }) => `${severity} ${line}`)

export { DAY_MS, HOUR_MS }
