/** What is told of people, keys, sessions and machines. Nothing that opens anything is told. */
import { asJson, type Json } from '../../kernel/canonical.ts'
import type { Instant } from '../../kernel/time.ts'
import type { AnswerTools } from '../../machine/route.ts'
import { riskOf } from './alerts/index.ts'
import { quorumFault } from './quorum.ts'
import { type AccessState, type HeldKey, isSuspended, keysOf, type PersonState, phaseOf, rolesOf } from './state.ts'

const keyView = ({ id, label, algorithm, aaguid, format, backup_eligible, from, until, lost }: HeldKey): Json => ({
  ...{ key: id, label, algorithm, aaguid, format, backup_eligible, registered_at: from },
  ...{ until: until ?? null, lost: lost ?? false },
})

const linkView = ({ grant }: PersonState): Json =>
  grant?.issued_at === undefined ? null : { issued_at: grant.issued_at, expires_at: grant.expires_at ?? null }

function statusOf(person: PersonState): 'invited' | 'active' | 'suspended' | 'recovering' {
  if (isSuspended(person)) return 'suspended'
  if (person.grant === undefined) return 'active'
  return person.grant.why === 'invited' ? 'invited' : 'recovering'
}

export const personView = (state: AccessState, person: PersonState): { readonly [name: string]: Json } => ({
  person: person.person,
  status: statusOf(person),
  roles: rolesOf(person),
  keys: person.keys.map(keyView),
  at_risk: riskOf(state.alerts, person.person) === undefined ? null : asJson(riskOf(state.alerts, person.person)),
  contact: person.contact ?? null,
  accounts: [...person.accounts],
  invited_at: person.invited_at,
  link: linkView(person),
  may_be_linked: person.grant !== undefined,
})

export const peopleView = (state: AccessState): Json =>
  [...state.people.values()].map((person) => personView(state, person))

export const sessionsView = (state: AccessState, { now, session: mine }: AnswerTools): Json =>
  [...state.sessions.values()]
    .filter(({ expires_at }) => expires_at > now)
    .map(({ session, person, key, from, opened_at, expires_at }) => {
      const label = state.people.get(person)?.keys.find(({ id }) => id === key)?.label ?? ''
      return { session, person, key, label, from, opened_at, expires_at, current: session === mine }
    })

export const servicesView = (state: AccessState): Json =>
  [...state.services.values()].map(
    ({ service, scopes, public_key, certificate_sha256, registered_at, removed_at }) => ({
      ...{ service, scopes: [...scopes], public_key: public_key ?? null },
      ...{ certificate_sha256: certificate_sha256 ?? null, registered_at, removed_at },
    }),
  )

/** What stands between the founder and the end of founding; null where nothing does. */
export const foundingView = (state: AccessState): Json => {
  const fault = quorumFault(state)
  return {
    phase: phaseOf(state),
    founder: state.founder ?? null,
    missing: fault?.detail ?? null,
    expected: fault?.expected ?? null,
  }
}

/** What stands in the register of a person now. */
export function personFacts(state: AccessState, id: string) {
  const person = state.people.get(id)
  if (person === undefined) return undefined
  const { contact = null, accounts } = person
  return { roles: rolesOf(person), keys: keysOf(person).length, contact, accounts }
}

/** Since when and why somebody is at risk. */
export const riskFacts = (state: AccessState, person: string) => riskOf(state.alerts, person)

/** What the door must know of a person who shows a key; nothing where the key opens nothing now. */
export interface KeyHolder {
  readonly person: string
  readonly roles: readonly string[]
  readonly key: HeldKey
  readonly sign_count: number
}

export function keyHolder(state: AccessState, credential: string): KeyHolder | undefined {
  const person = state.people.get(state.credentials.get(credential) ?? '')
  const key = person?.keys.find(({ id, until }) => id === credential && until === undefined)
  if (person === undefined || key === undefined || isSuspended(person)) return undefined
  return { person: person.person, roles: rolesOf(person), key, sign_count: state.signCounts.get(credential) ?? 0 }
}

/** The session behind a cookie's hash, while it lasts and its person may act. */
export function sessionBy(state: AccessState, token_hash: string, now: Instant) {
  const hash = token_hash
  for (const session of state.sessions.values()) {
    if (session.token_hash !== hash) continue
    const person = state.people.get(session.person)
    return session.expires_at > now && person !== undefined && !isSuspended(person) ? session : undefined
  }
  return undefined
}

/** Whom an unspent link is for. */
export function linkHolder(state: AccessState, token_hash: string, now: Instant) {
  for (const person of state.people.values()) {
    const { grant } = person
    if (grant?.token_hash === token_hash && (grant.expires_at ?? 0) > now && !isSuspended(person)) {
      return { person: person.person, roles: rolesOf(person), keys: person.keys.map(({ id }) => id) }
    }
  }
  return undefined
}
