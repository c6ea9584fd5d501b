/**
 * The engine: events in time order go in, what is unusual comes out. Each event is judged by what was learned before it, then learned.
 * O(1) an event: each look is one of a bounded map. No clock, no I/O.
 */
import { oneLine } from '../../../kernel/names.ts'
import { type Burst, countIn, noBurst } from './burst.ts'
import { secretBurst, signInFailures } from './counts.ts'
import { definiteActs, outsider } from './definite.ts'
import { type Detection, type Detector, type Finding, isGraver } from './detection.ts'
import { type AdminEvent, does, failed } from './event.ts'
import { learn } from './learn.ts'
import {
  ADDRESSES_MAX,
  DEFAULTS,
  type Options,
  PEOPLE_MAX,
  QUIET_MS,
  QUIET_OFF_HOURS_MS,
  RESET_WATCH_MS,
} from './limits.ts'
import { novelties } from './novelty.ts'
import { dayOf, newPerson, type Person } from './person.ts'
import { firstPrivilegedAct, resetThenPrivilege } from './privilege.ts'
import { remember } from './recent.ts'
import { dormantAccount, offHours } from './rhythm.ts'
import { sessionTwoNetworks } from './session.ts'
import { impossibleTravel } from './travel.ts'

/** Plain data, changed in place by `detect` alone. */
export interface Behaviour {
  readonly people: Map<string, Person>
  /** Failures of anybody by address. */
  readonly addresses: Map<string, Burst>
}

export const noBehaviour = (): Behaviour => ({ people: new Map(), addresses: new Map() })

/** Detectors that go on for the rest of a story; the others speak once an event. */
const QUIET: Readonly<Partial<Record<Detector, number>>> = {
  off_hours_privilege: QUIET_OFF_HOURS_MS,
  secret_burst: QUIET_MS,
  sign_in_failures: QUIET_MS,
  mfa_reset_then_privilege: RESET_WATCH_MS,
  session_two_networks: QUIET_MS,
}

function personOf({ people }: Behaviour, event: AdminEvent): Person {
  const { user } = event.actor
  const person = people.get(user) ?? newPerson(event.time)
  remember(people, user, person, PEOPLE_MAX)
  return person
}

function noteReset({ people }: Behaviour, event: AdminEvent): void {
  if (!does(event, 'mfa_reset') || failed(event)) return
  const whose = event.user ?? event.actor.user
  const person = people.get(whose) ?? newPerson(event.time)
  person.reset = { time: event.time, line: event.line, by: event.actor.user }
  // Another reset is another story.
  person.toldAt.delete('mfa_reset_then_privilege')
  remember(people, whose, person, PEOPLE_MAX)
}

function noteAddress({ addresses }: Behaviour, event: AdminEvent, day: number): void {
  const { ip } = event.src_endpoint
  if (ip === undefined || !failed(event) || !does(event, 'sign_in')) return
  const burst = addresses.get(ip) ?? noBurst()
  countIn(burst, event.time, day, event.line)
  remember(addresses, ip, burst, ADDRESSES_MAX)
}

function findings(state: Behaviour, event: AdminEvent, person: Person, options: Options): Finding[] {
  const { ip } = event.src_endpoint
  const address = ip === undefined ? undefined : state.addresses.get(ip)
  const target = event.user === undefined ? undefined : state.people.get(event.user)
  const single = [
    impossibleTravel(event, person),
    dormantAccount(event, person),
    offHours(event, person, options),
    firstPrivilegedAct(event, person),
    secretBurst(event, person, options),
    resetThenPrivilege(event, person, target),
    sessionTwoNetworks(event, person),
    signInFailures(event, person, address, options),
    outsider(event, options),
  ].filter((finding) => finding !== undefined)
  return [...novelties(event, person), ...single, ...definiteActs(event, person)]
}

/** Whether this detector spoke for this person just now. What is graver is never held back by what was less. */
function isRepeated(person: Person, { detector, severity }: Finding, time: number): boolean {
  const quiet = QUIET[detector]
  if (quiet === undefined) return false
  const told = person.toldAt.get(detector)
  if (told !== undefined && time - told.time < quiet && !isGraver(severity, told.severity)) return true
  person.toldAt.set(detector, { time, severity })
  return false
}

function detection(event: AdminEvent, finding: Finding): Detection {
  const lines = [...new Set([...(finding.behind ?? []), event.line])].filter((line) => line > 0).sort((a, b) => a - b)
  // Names and clients are whatever somebody wrote into a log: what is told of them must not steer a terminal or begin a line of its own.
  const why = { en: oneLine(finding.why.en), ko: oneLine(finding.why.ko) }
  return { ...finding, why, line: event.line, time: event.time, person: event.actor.user, lines }
}

/** Judges and learns one event. Events must come in time order; `state` is changed in place. */
export function detect(state: Behaviour, event: AdminEvent, options: Options = DEFAULTS): Detection[] {
  const person = personOf(state, event)
  const found = findings(state, event, person, options)
  const told =
    found.length === 0
      ? []
      : found.filter((finding) => !isRepeated(person, finding, event.time)).map((finding) => detection(event, finding))
  noteReset(state, event)
  learn(person, event, options)
  noteAddress(state, event, dayOf(event.time, options.offset_ms))
  return told
}

/** By time; events of one moment stay as they stood. */
export const inTimeOrder = (events: readonly AdminEvent[]): AdminEvent[] =>
  [...events].sort((a, b) => a.time - b.time || a.line - b.line)
