/**
 * Instants for people: exact first, relative second. The exact forms are the kernel's; they are written again here because the
 * kernel's module carries its schemas, which a page need not load. A test holds both to the same text.
 */

export const KST_OFFSET_MS = 9 * 3_600_000

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** `2026-02-06 10:20:04 UTC` */
export const utc = (at: number): string => `${stamp(at)} UTC`
/** `2026-02-06 19:20:04 KST` */
export const kst = (at: number): string => `${stamp(at + KST_OFFSET_MS)} KST`

/** The Korean half of {@link bothTimes}: the date is added only where Korea has another day. */
export function kstBeside(at: number): string {
  const here = stamp(at)
  const korea = stamp(at + KST_OFFSET_MS)
  return `${here.slice(0, 10) === korea.slice(0, 10) ? korea.slice(11) : korea} KST`
}

/** `2026-02-06 10:20:04 UTC · 19:20:04 KST` */
export const bothTimes = (at: number): string => `${utc(at)} · ${kstBeside(at)}`

/** `10:20:04`, for the clock that ticks in the status bar. */
export const timeOfDay = (at: number): string => stamp(at).slice(11)

export type Language = 'en' | 'ko'

const UNITS = {
  en: { s: ' s', m: ' min', h: ' h', d: ' d' },
  ko: { s: '초', m: '분', h: '시간', d: '일' },
} as const

const two = (value: number): string => String(value).padStart(2, '0')

/** The two largest units: `1 h 05 min`, `12 s`, `3 d 02 h`; `1시간 05분`. The sign is the caller's to tell. */
export function duration(ms: number, language: Language = 'en'): string {
  const unit = UNITS[language]
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds}${unit.s}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}${unit.m} ${two(seconds % 60)}${unit.s}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours}${unit.h} ${two(minutes % 60)}${unit.m}`
  return `${Math.floor(hours / 24)}${unit.d} ${two(hours % 24)}${unit.h}`
}

/** Below this, tenths are told: between a theft and its halt they count. */
const TENTHS_BELOW_MS = 10_000

/** As {@link duration}, but `0.8 s` where a whole number of seconds would say too little. */
export function fineDuration(ms: number, language: Language = 'en'): string {
  const size = Math.abs(ms)
  if (size >= TENTHS_BELOW_MS || size % 1000 === 0) return duration(ms, language)
  return `${(Math.floor(size / 100) / 10).toFixed(1)}${UNITS[language].s}`
}

/** `2026-02-06`, the day in UTC. */
export const utcDay = (at: number): string => stamp(at).slice(0, 10)

/** Within this much of now, an instant is called "now": less is the network's own delay. */
const NOW_MS = 2_000

/** `3 min 20 s ago`, `in 4 h 10 min`; `3분 20초 전`, `4시간 10분 후`. */
export function relative(at: number, now: number, language: Language = 'en'): string {
  const gap = at - now
  if (Math.abs(gap) < NOW_MS) return language === 'ko' ? '지금' : 'now'
  const span = duration(gap, language)
  if (language === 'ko') return gap < 0 ? `${span} 전` : `${span} 후`
  return gap < 0 ? `${span} ago` : `in ${span}`
}

/** `4:05:09`, `2 d 04:05:09`: what a running clock shows, to the second and in steady width. */
export function countdown(ms: number, language: Language = 'en'): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const days = Math.floor(seconds / 86_400)
  return days === 0 ? clock : `${days}${UNITS[language].d} ${clock}`
}
