/** Letting people in, changing them, shutting them out. */
import type { Refusal } from '../../kernel/refusal.ts'
import { DAY_MS } from '../../kernel/time.ts'
import type { DataOf, Decide, Decision, Turn } from '../../machine/room.ts'
import { takenFor } from './engine/approval/index.ts'
import { personOf } from './guard.ts'
import type { commands, events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import { quorumFault } from './quorum.ts'
import { refuse } from './refusals.ts'
import { rolesFault } from './roles.ts'
import { type AccessState, isSuspended, type PersonState, phaseOf } from './state.ts'

type Commands = typeof commands
type Events = typeof events
type Decided = Decision<Events>
type PeopleCommands = Pick<
  Commands,
  | 'founder.enrol'
  | 'founding.close'
  | 'person.invite'
  | 'person.change'
  | 'person.suspend'
  | 'person.restore'
  | 'site.set'
>

export const noPerson = (person: string): Refusal =>
  refuse('ACCESS-012', `there is no person ${person}`, { field: 'person' })

/** A name that is somebody's, or that somebody's could be taken for. */
function nameFault(state: AccessState, person: string): Refusal | undefined {
  const known = takenFor(person, [...state.people.keys()])
  if (!state.people.has(person) && known === undefined) return undefined
  return refuse('ACCESS-009', `${person} is, or looks like, ${known ?? person}`, { field: 'person' })
}

function enrolFounder(state: AccessState, data: DataOf<Commands, 'founder.enrol'>): Decided {
  if (phaseOf(state) !== 'bare') return refuse('ACCESS-006', `${state.founder} was the first`)
  const { person, roles, site, key } = data
  const fault = rolesFault(roles)
  if (fault !== undefined) return fault
  return [
    { type: 'site.changed', data: site },
    { type: 'founder.enrolled', data: { person, roles } },
    { type: 'key.registered', data: { person, key } },
  ]
}

function closeFounding(state: AccessState, _data: object, { by }: Turn<AccessNeeds>): Decided {
  if (phaseOf(state) === 'founded') return []
  if (personOf(by) !== state.founder) return refuse('ACCESS-007', `${by} is not the founder`)
  return quorumFault(state) ?? [{ type: 'founding.closed', data: {} }]
}

function invite(state: AccessState, data: DataOf<Commands, 'person.invite'>): Decided {
  return rolesFault(data.roles) ?? nameFault(state, data.person) ?? [{ type: 'person.invited', data }]
}

function change(state: AccessState, data: DataOf<Commands, 'person.change'>): Decided {
  if (!state.people.has(data.person)) return noPerson(data.person)
  const quorum = phaseOf(state) === 'founded' ? quorumFault(state, undefined, data) : undefined
  return rolesFault(data.roles) ?? quorum ?? [{ type: 'person.changed', data }]
}

const suspendedBy = ({ suspensions }: PersonState, by: string, since: number): boolean =>
  suspensions.some((one) => one.by === by && one.from > since)

/**
 * At once and alone, for it only takes away; but one a day and never so that no quorum is left, or whoever can suspend could silence
 * everybody else. An alarm that may not suspend still leaves the person at risk.
 */
function suspend(state: AccessState, data: DataOf<Commands, 'person.suspend'>, { at, by }: Turn<AccessNeeds>): Decided {
  const person = state.people.get(data.person)
  if (person === undefined) return noPerson(data.person)
  if (isSuspended(person)) return []
  const others = [...state.people.values()].filter((one) => one !== person)
  // What acts by itself is bounded where it decides (`alerts/response.ts`).
  if (personOf(by) !== undefined && others.some((one) => suspendedBy(one, by, at - DAY_MS))) {
    return refuse('ACCESS-017', `${by} has suspended somebody within the day`, { field: 'person' })
  }
  const fault = phaseOf(state) === 'founded' ? quorumFault(state, undefined, { ...data, roles: [] }, 0) : undefined
  return fault ?? [{ type: 'person.suspended', data }]
}

function restore(state: AccessState, data: DataOf<Commands, 'person.restore'>): Decided {
  const person = state.people.get(data.person)
  if (person === undefined) return noPerson(data.person)
  return isSuspended(person) ? [{ type: 'person.restored', data }] : []
}

export const decidePeople: Decide<AccessState, PeopleCommands, Events, AccessNeeds> = {
  'founder.enrol': enrolFounder,
  'founding.close': closeFounding,
  'person.invite': invite,
  'person.change': change,
  'person.suspend': suspend,
  'person.restore': restore,
  'site.set': (_state, data) => [{ type: 'site.changed', data }],
}
