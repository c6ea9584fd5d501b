/** Lengths of time in words. */
import { duration, SECOND_MS } from '../../../kernel/time.ts'

/** `5 h 31 min`, and milliseconds where there is less than a second. */
export const span = (ms: number): string => (ms < SECOND_MS ? `${ms} ms` : duration(ms))

const UNITS: Readonly<Record<string, string>> = { ms: '밀리초', s: '초', min: '분', h: '시간', d: '일' }

/** The same in Korean: `5시간 31분`. */
export const spanKo = (ms: number): string =>
  span(ms).replace(/(\d+) (ms|min|s|h|d)\b/g, (_all, count, unit) => `${Number(count)}${UNITS[String(unit)]}`)
