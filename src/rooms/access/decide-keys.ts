/** Keys, the links by which they are enrolled, sessions and machines. */
import type { Refusal } from '../../kernel/refusal.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../kernel/time.ts'
import type { DataOf, Decide, Decision, Turn } from '../../machine/room.ts'
import { listDigest } from './console-list.ts'
import { noPerson } from './decide-people.ts'
import { personOf } from './guard.ts'
import type { commands, events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type AccessState, isSuspended, keysOf, type PersonState, type SessionState } from './state.ts'

type Commands = typeof commands
type Events = typeof events
type Decided = Decision<Events>
type KeyCommands = Pick<
  Commands,
  | 'enrolment.issue'
  | 'key.enrol'
  | 'key.add'
  | 'key.recover'
  | 'key.lose'
  | 'service.register'
  | 'service.remove'
  | 'session.open'
  | 'session.end'
  | 'console.list'
>

/** A link that lies about for longer is found by somebody else. */
export const ENROLMENT_MS_MAX = DAY_MS
/** A working day's half: then the passkey is asked for again. */
export const SESSION_MS_MAX = 4 * HOUR_MS
/** Browsers that one person has open; with one more the oldest is signed out, for nobody should be locked out by a forgotten one. */
const SESSIONS_MAX = 8
/** Keys in use at once; a person has two or three. */
const KEYS_MAX = 8

const noLink = (detail: string): Refusal => refuse('ACCESS-010', detail, { field: 'token' })

/** Whoever proposed it hands out no link: with that link the proposer could become the person. */
function issue(state: AccessState, data: DataOf<Commands, 'enrolment.issue'>, { at, by }: Turn<AccessNeeds>): Decided {
  const person = state.people.get(data.person)
  if (person === undefined) return noPerson(data.person)
  if (person.grant === undefined) return noLink(`${data.person} was not invited, or has enrolled`)
  if (isSuspended(person)) return noLink(`${data.person} is suspended`)
  if (state.sponsors.get(data.person) === personOf(by)) {
    return refuse('ACCESS-015', `${by} proposed to let ${data.person} in`, { field: 'by', expected: 'somebody else' })
  }
  if (data.expires_at <= at || data.expires_at > at + ENROLMENT_MS_MAX) return noLink('its life is out of bounds')
  return [{ type: 'enrolment.issued', data }]
}

type NewKey = DataOf<Commands, 'key.add'>['key']

function keyFault(state: AccessState, person: PersonState, key: NewKey): Refusal | undefined {
  if (state.credentials.has(key.id) || state.publicKeys.has(key.public_key)) {
    return refuse('ACCESS-011', `the key ${key.id.slice(0, 16)} is or was somebody’s`, { field: 'key' })
  }
  if (keysOf(person).length < KEYS_MAX) return undefined
  return refuse('ACCESS-018', `${person.person} has ${KEYS_MAX} keys`, { field: 'key' })
}

/** All faults of a link are told alike: whoever tries one learns nothing of the register. */
function enrol(state: AccessState, data: DataOf<Commands, 'key.enrol'>, { at }: Turn<AccessNeeds>): Decided {
  const person = state.people.get(data.person)
  const grant = person?.grant
  const isGood = grant?.token_hash === data.token_hash && (grant.expires_at ?? 0) > at
  if (person === undefined || !isGood || isSuspended(person)) return noLink('the link is not valid')
  const { person: id, key } = data
  return keyFault(state, person, key) ?? [{ type: 'key.registered', data: { person: id, key } }]
}

function add(state: AccessState, { person: id, key }: DataOf<Commands, 'key.add'>): Decided {
  const person = state.people.get(id)
  if (person === undefined) return noPerson(id)
  return keyFault(state, person, key) ?? [{ type: 'key.registered', data: { person: id, key } }]
}

function lose(state: AccessState, { key, reason }: DataOf<Commands, 'key.lose'>, { by }: Turn<AccessNeeds>): Decided {
  const person = state.credentials.get(key)
  if (person === undefined || person !== personOf(by)) {
    return refuse('ACCESS-012', `${by} has no key ${key.slice(0, 16)}`, { field: 'key' })
  }
  const isHeld = keysOf(state.people.get(person) ?? { keys: [] }).some(({ id }) => id === key)
  return isHeld ? [{ type: 'key.lost', data: { person, key, reason } }] : []
}

function openSession(state: AccessState, data: DataOf<Commands, 'session.open'>, turn: Turn<AccessNeeds>): Decided {
  const person = state.people.get(data.person)
  const isKept = person !== undefined && keysOf(person).some(({ id }) => id === data.key)
  if (!isKept || isSuspended(person)) return refuse('ACCESS-003', 'the key opens no session', { field: 'key' })
  if (data.expires_at <= turn.at || data.expires_at > turn.at + SESSION_MS_MAX) {
    return refuse('ACCESS-010', 'the life of the session is out of bounds', { field: 'expires_at' })
  }
  const surplus = sessionsOf(state, data.person, turn.at).slice(0, -(SESSIONS_MAX - 1))
  const reason = `more than ${SESSIONS_MAX} sessions`
  return [
    ...surplus.map(({ session, person: whose }) => ({
      type: 'session.ended' as const,
      data: { session, person: whose, reason },
    })),
    { type: 'session.opened', data: { ...data, session: turn.newId('session') } },
  ]
}

/** Oldest first. */
const sessionsOf = ({ sessions }: AccessState, person: string, at: Instant): SessionState[] =>
  [...sessions.values()].filter((one) => one.person === person && one.expires_at > at)

function endSession(state: AccessState, { session, reason }: DataOf<Commands, 'session.end'>): Decided {
  const found = state.sessions.get(session)
  if (found === undefined) return refuse('ACCESS-012', `there is no session ${session}`, { field: 'session' })
  return [{ type: 'session.ended', data: { session, person: found.person, reason } }]
}

function registerService(state: AccessState, data: DataOf<Commands, 'service.register'>): Decided {
  if (!state.services.has(data.service)) return [{ type: 'service.registered', data }]
  return refuse('ACCESS-009', `${data.service} is registered`, { field: 'service' })
}

function removeService(state: AccessState, data: DataOf<Commands, 'service.remove'>): Decided {
  const found = state.services.get(data.service)
  if (found === undefined) return refuse('ACCESS-012', `there is no ${data.service}`, { field: 'service' })
  return found.removed_at === null ? [{ type: 'service.removed', data }] : []
}

export const decideKeys: Decide<AccessState, KeyCommands, Events, AccessNeeds> = {
  'enrolment.issue': issue,
  'key.enrol': enrol,
  'key.add': add,
  'key.recover': (state, data) =>
    state.people.has(data.person) ? [{ type: 'key.recovered', data }] : noPerson(data.person),
  'key.lose': lose,
  'service.register': registerService,
  'service.remove': removeService,
  'session.open': openSession,
  'session.end': endSession,
  'console.list': (state, data) => (state.console === listDigest(data) ? [] : [{ type: 'console.listed', data }]),
}
