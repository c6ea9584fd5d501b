/** Folds about people, keys, sessions and machines. */
import type { Instant } from '../../kernel/time.ts'
import type { DataOf, Evolve } from '../../machine/room.ts'
import type { alertEvents } from './alerts/index.ts'
import { listDigest } from './console-list.ts'
import type { events } from './messages.ts'
import type { proposalEvents } from './messages-proposals.ts'
import { firstPolicy } from './quorum.ts'
import type { Role } from './roles.ts'
import { type AccessState, endSessionsOf, type PersonState, rolesOf } from './state.ts'

type Events = typeof events
type PeopleEvents = Omit<Events, keyof typeof proposalEvents | keyof typeof alertEvents>

const held = (roles: readonly Role[], from: Instant) => roles.map((role) => ({ role, from }))

function newPerson(data: DataOf<Events, 'person.invited'>, at: Instant, grant: PersonState['grant']): PersonState {
  const { person, roles, contact, accounts } = data
  return { person, roles: held(roles, at), suspensions: [], keys: [], invited_at: at, contact, accounts, grant }
}

function known(state: AccessState, id: string): PersonState {
  const person = state.people.get(id)
  if (person === undefined) throw new Error(`there is no person ${id}`)
  return person
}

function changeRoles(person: PersonState, roles: readonly Role[], at: Instant): void {
  const now = rolesOf(person)
  for (const one of person.roles) if (one.until === undefined && !roles.includes(one.role)) one.until = at
  person.roles.push(
    ...held(
      roles.filter((role) => !now.includes(role)),
      at,
    ),
  )
}

export const evolvePeople: Evolve<AccessState, PeopleEvents> = {
  'site.changed': (state, data) => {
    state.site = data
  },
  'founder.enrolled': (state, { person, roles }, { at }) => {
    state.founder = person
    state.people.set(person, newPerson({ person, roles, accounts: [] }, at, undefined))
    state.policies.push(firstPolicy(at))
  },
  'founding.closed': (state, _data, { at }) => {
    state.founded_at = at
  },
  'person.invited': (state, data, { at }) => {
    state.people.set(data.person, newPerson(data, at, { why: 'invited' }))
  },
  'person.changed': (state, { person: id, roles, contact, accounts }, { at }) => {
    const person = known(state, id)
    changeRoles(person, roles, at)
    person.contact = contact
    person.accounts = accounts
  },
  'person.suspended': (state, { person, reason }, { at, by }) => {
    known(state, person).suspensions.push({ from: at, by, reason })
    endSessionsOf(state, person)
  },
  'person.restored': (state, { person }, { at }) => {
    for (const one of known(state, person).suspensions) if (one.until === undefined) one.until = at
  },
  'enrolment.issued': (state, { person: id, token_hash, expires_at }, { at }) => {
    const person = known(state, id)
    if (person.grant !== undefined) person.grant = { ...person.grant, token_hash, expires_at, issued_at: at }
  },
  'key.registered': (state, { person: id, key: { sign_count, ...key } }, { at }) => {
    const person = known(state, id)
    person.keys.push({ ...key, from: at })
    person.grant = undefined
    state.credentials.set(key.id, id)
    state.publicKeys.set(key.public_key, key.id)
    state.signCounts.set(key.id, sign_count)
  },
  'key.recovered': (state, { person: id }, { at }) => {
    const person = known(state, id)
    for (const key of person.keys) if (key.until === undefined) Object.assign(key, { until: at, lost: true })
    person.grant = { why: 'recovery' }
    endSessionsOf(state, id)
  },
  'key.lost': (state, { person: id, key: credential }, { at }) => {
    const key = known(state, id).keys.find((one) => one.id === credential)
    if (key !== undefined) Object.assign(key, { until: at, lost: true })
    for (const [session, one] of state.sessions) if (one.key === credential) state.sessions.delete(session)
  },
  'service.registered': (state, data, { at }) => {
    state.services.set(data.service, { ...data, registered_at: at, removed_at: null })
  },
  'service.removed': (state, { service }, { at }) => {
    const found = state.services.get(service)
    if (found !== undefined) found.removed_at = at
  },
  'session.opened': (state, data, { at }) => {
    for (const [id, session] of state.sessions) if (session.expires_at <= at) state.sessions.delete(id)
    state.sessions.set(data.session, { ...data, opened_at: at })
    state.signCounts.set(data.key, data.sign_count)
  },
  'session.ended': (state, { session }) => {
    state.sessions.delete(session)
  },
  'console.listed': (state, data) => {
    state.console = listDigest(data)
  },
}
