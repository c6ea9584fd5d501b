/** Every threshold and bound of the engine with its reason. What an account's own history decides starts from these. */
import { DAY_MS, HOUR_MS, KST_OFFSET_MS, MINUTE_MS } from '../../../kernel/time.ts'

/** Devices, networks, countries or operations remembered for one person; the longest unseen is forgotten. A person uses a handful. */
export const KNOWN_MAX = 64
/** Open sessions remembered for one person: a browser, a phone, a few terminals. */
export const SESSIONS_MAX = 16
/** People remembered; the longest unseen is forgotten. At about 4 KiB each this is 400 MB, far above any exchange's staff. */
export const PEOPLE_MAX = 100_000
/** Addresses whose failures are counted; a spray from more at once is seen by person instead. */
export const ADDRESSES_MAX = 20_000

/**
 * A new thing is unexpected where the account's own rate says so: the chance of something new on an active day, by the rule of succession
 * (new days + 1) / (active days + 2), must be at most this. So at least three days without anything new; more for whoever changes often.
 */
export const NOVELTY_CHANCE_MAX = 0.2
/** What was new counts less with each active day (half after 34): who settled down is judged as settled. */
export const NOVELTY_KEPT_PER_DAY = 0.98

/** A privileged act is unexpected where fewer than one active day in ten brought a new kind of it, and the account was seen on five days. */
export const PRIVILEGE_CHANCE_MAX = 0.1
export const PRIVILEGE_DAYS_MIN = 5

/** An hour, with its neighbours, is off where the account was active in it on at most one active day in twenty: eighteen days to know. */
export const HOUR_CHANCE_MAX = 0.05
/** A weekend is off where the account was active on at most one weekend day in ten: a month to know. */
export const WEEKEND_CHANCE_MAX = 0.1
/** Days of habit count less with age (half after about 70 active days), so that a changed shift is learned. */
export const HOURS_KEPT_PER_DAY = 0.99

/** Nobody flies faster than this, door to door; km/h. */
export const TRAVEL_KMH_MAX = 900
/** Places of addresses are wrong by tens of kilometres; nearer than this is no journey. */
export const TRAVEL_KM_MIN = 100
/** Where only countries are known: two of them within this time. */
export const COUNTRY_HOP_MS = HOUR_MS
/** Two networks that the person used on so many days each are a habit (office and VPN), not a journey. */
export const TRAVEL_HABIT_DAYS = 3

/** An account is dormant after a month, or after three times its own longest silence; after half a year whatever its habit. */
export const DORMANT_MS_MIN = 30 * DAY_MS
export const DORMANT_MS_MAX = 180 * DAY_MS
export const DORMANT_GAPS = 3

/** Reads of secrets within an hour: three times the account's own busiest hour, never under 10; 20 where the account is new. */
export const BURST_TIMES = 3
export const SECRETS_MIN = 10
export const SECRETS_MIN_UNKNOWN = 20
export const KNOWN_DAYS_MIN = 5
/** Failed sign-ins within an hour: three times the account's own worst hour, never under 5 (mistyping stays below). */
export const FAILURES_MIN = 5
/** From here failures are an alarm by themselves, as guessing by a machine; for an address at least its own worst hour three times. */
export const FAILURES_ALARM = 20
/** The busiest hour fades so that one bad day does not blind for ever (half after 23 days). */
export const BUSIEST_KEPT_PER_DAY = 0.97
/** The hour slides in steps of five minutes. */
export const WINDOW_STEP_MS = 5 * MINUTE_MS
export const WINDOW_STEPS = 12

/** After a reset of a factor the thief comes within days; the help desk's tickets close within three. */
export const RESET_WATCH_MS = 72 * HOUR_MS
/** A device or network is fresh for a day after it was first seen. */
export const FRESH_MS = DAY_MS
/** A session with the same client moves between networks as a phone does; another country within this time it cannot. */
export const SESSION_HOP_MS = 2 * HOUR_MS

/** Who did a definite act on so many earlier days does it as part of the job. */
export const HABIT_DAYS = 3

/** One alarm of a kind for one person within this time; the rest of the same story adds nothing. */
export const QUIET_MS = HOUR_MS
export const QUIET_OFF_HOURS_MS = 12 * HOUR_MS

/** Alarms a day that a security desk of two can look into beside their work; what is above is reported, never dropped. */
export const BUDGET_PER_DAY = 10

export interface Options {
  /** The local day and weekend of the staff. */
  readonly offset_ms: number
  /** Countries no member of staff is ever in, as the log writes them, in capitals. */
  readonly watchedCountries: ReadonlySet<string>
  /** Mail domains of the staff, in lower case; empty: not judged. */
  readonly domains: ReadonlySet<string>
}

export const DEFAULTS: Options = { offset_ms: KST_OFFSET_MS, watchedCountries: new Set(), domains: new Set() }
