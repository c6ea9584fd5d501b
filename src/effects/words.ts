/** Lines and warnings in both languages, as every decoder makes them. */
import { bothTimes } from '../kernel/time.ts'
import type { Effect } from '../rooms/access/index.ts'

export type Line = Effect['lines'][number]
export type Warning = Effect['unusual'][number]

export const line = (en: string, ko: string, value: string): Line => ({ label: { en, ko }, value, kind: 'text' })
/** An account that a page may shorten and let copy whole. */
export const account = (en: string, ko: string, value: string): Line => ({ label: { en, ko }, value, kind: 'account' })
/** Whole won. */
export const won = (en: string, ko: string, value: bigint | string): Line => ({
  ...{ label: { en, ko }, value: String(value), kind: 'krw' },
})
export const instant = (en: string, ko: string, at: number): Line => line(en, ko, bothTimes(at))
export const warning = (en: string, ko: string): Warning => ({ en, ko })
export const NOTHING: Effect = { lines: [], unusual: [] }
/** `a -> b`, or one of them where nothing changes. */
export const change = (before: string, after: string): string => (before === after ? after : `${before} -> ${after}`)
