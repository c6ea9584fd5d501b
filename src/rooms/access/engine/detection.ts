/** What a detector says: the event, how grave, why in plain words, and the lines behind it. */
import type { Instant } from '../../../kernel/time.ts'

/** In the order of the README's rules D1 to D21. */
export const DETECTORS = [
  'new_device',
  'new_network',
  'new_country',
  'impossible_travel',
  'dormant_account',
  'off_hours_privilege',
  'first_privileged_act',
  'secret_burst',
  'mfa_reset_then_privilege',
  'session_two_networks',
  'new_identity_provider',
  'new_admin',
  'logging_off',
  'mfa_weakened',
  'weak_sign_in',
  'new_credential',
  'secret_exposed',
  'sign_in_failures',
  'hostile_source',
  'compromise_reported',
  'host_command',
] as const
export type Detector = (typeof DETECTORS)[number]

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface Words {
  readonly en: string
  readonly ko: string
}

/** What one detector found in one event. */
export interface Finding {
  readonly detector: Detector
  readonly severity: Severity
  readonly why: Words
  /** Earlier lines that the finding rests on; the event's own is added. */
  readonly behind?: readonly number[]
}

export interface Detection extends Finding {
  readonly line: number
  readonly time: Instant
  readonly person: string
  /** All lines behind it, ascending, its own included. */
  readonly lines: readonly number[]
}

/** An alarm is for a person to look at today, and is what the budget counts; `low` is context beside an alarm. */
export const isAlarm = ({ severity }: { readonly severity: Severity }): boolean => severity !== 'low'

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)
export const isGraver = (one: Severity, other: Severity): boolean => rank(one) > rank(other)
/** One step graver, `critical` at most. */
export const raised = (severity: Severity): Severity =>
  SEVERITIES[Math.min(rank(severity) + 1, SEVERITIES.length - 1)] ?? severity
