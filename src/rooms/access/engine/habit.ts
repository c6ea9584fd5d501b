/** What is usual for one person in one respect (devices, networks, …): bounded, and how often something new came. */
import type { Instant } from '../../../kernel/time.ts'
import { KNOWN_MAX } from './limits.ts'
import { remember } from './recent.ts'

export interface Seen {
  readonly firstAt: Instant
  readonly firstLine: number
  /** Days on which it was seen. */
  readonly days: number
  readonly lastDay: number
}

export interface Habit {
  readonly known: Map<string, Seen>
  /** New things after the first one, fading. */
  novelties: number
}

export const noHabit = (): Habit => ({ known: new Map(), novelties: 0 })

/** The chance of something new on one active day, by the rule of succession. */
export const noveltyChance = ({ novelties }: Habit, activeDays: number): number => (novelties + 1) / (activeDays + 2)

/** Whether `value` is new, while the person's own history makes anything new unlikely. */
export const isUnexpected = (habit: Habit, value: string | undefined, activeDays: number, max: number): boolean =>
  value !== undefined && habit.known.size > 0 && !habit.known.has(value) && noveltyChance(habit, activeDays) <= max

export function learnValue(habit: Habit, value: string | undefined, at: Instant, day: number, line: number): void {
  if (value === undefined) return
  const seen = habit.known.get(value)
  if (seen === undefined && habit.known.size > 0) habit.novelties += 1
  if (seen !== undefined && seen.lastDay === day) return
  const next: Seen =
    seen === undefined
      ? { firstAt: at, firstLine: line, days: 1, lastDay: day }
      : { ...seen, days: seen.days + 1, lastDay: day }
  remember(habit.known, value, next, KNOWN_MAX)
}
