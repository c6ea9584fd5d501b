/** Whether people and keys came in as they may (V4, V9), and whether what is said of them fits (V2). */
import { asJson } from '../../../kernel/canonical.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import { isGuarded } from '../acts.ts'
import { approvalsFault } from '../approvals-rules.ts'
import { quorumFault } from '../quorum.ts'
import { rolesFault } from '../roles.ts'
import { phaseOf } from '../state.ts'
import { refuse } from './refusals.ts'
import { asked, type Checks, isBy, type Seen } from './seen.ts'

const unfit = (detail: string): Refusal => refuse('AUDIT-002', detail)
const notFounder = (detail: string): Refusal => refuse('AUDIT-004', detail)

const rolesApart = (roles: Parameters<typeof rolesFault>[0]): Refusal | undefined => {
  const fault = rolesFault(roles)
  return fault === undefined ? undefined : unfit(`${fault.code} ${fault.detail}`)
}

type NewKey = { readonly id: string; readonly public_key: string }

/** By a link: the person was invited or recovered, and this is the link that was issued, within its life. */
function linkFault(seen: Seen, person: string, key: NewKey): Refusal | undefined {
  const { command, state, entry } = seen
  if (!asked(seen, 'key.enrol', { person, key: asJson(key) })) {
    return refuse('AUDIT-009', `${person}: the turn asked for no such key`)
  }
  const grant = state.people.get(person)?.grant
  const isGood = grant?.token_hash === command.data.token_hash && (grant?.expires_at ?? 0) > entry.at
  return grant !== undefined && isGood ? undefined : refuse('AUDIT-009', `${person}: no link was open for it`)
}

function registered(seen: Seen, { person, key }: { person: string; key: NewKey }): Refusal | undefined {
  const { state, entry, command } = seen
  if (!state.people.has(person)) return unfit(`there is no person ${person}`)
  if (state.credentials.has(key.id) || state.publicKeys.has(key.public_key)) {
    return refuse('AUDIT-009', `${person}: the key is or was somebody’s`)
  }
  // As an approved act it was looked at with the others of its turn.
  if (entry.cause === 'key.add') return undefined
  if (command.type !== 'founder.enrol') return linkFault(seen, person, key)
  const isTheirs = state.founder === person && asked(seen, 'founder.enrol', { person, key: asJson(key) })
  return isTheirs && state.people.get(person)?.keys.length === 0
    ? undefined
    : notFounder(`the key is not ${person}’s first enrolment`)
}

export const peopleChecks: Checks<
  | 'founder.enrolled'
  | 'founding.acted'
  | 'founding.closed'
  | 'person.invited'
  | 'person.changed'
  | 'key.registered'
  | 'approvals.changed'
> = {
  'founder.enrolled': (seen, { person, roles }) => {
    if (seen.state.founder !== undefined) return notFounder(`${seen.state.founder} was the first`)
    if (!asked(seen, 'founder.enrol', { person, roles })) return notFounder('the turn asked for no such enrolment')
    return rolesApart(roles)
  },
  'founding.acted': (seen, { act, parameters }) => {
    const { founder } = seen.state
    if (phaseOf(seen.state) !== 'founding') return notFounder(`${act}: founding is over`)
    if (founder === undefined || !isBy(seen, founder)) return notFounder(`${act}: ${seen.entry.by} is not the founder`)
    return asked(seen, 'proposal.make', { act, parameters: asJson(parameters) })
      ? undefined
      : notFounder(`${act}: it is not what the turn asked for`)
  },
  'founding.closed': (seen) => {
    const { founder } = seen.state
    if (phaseOf(seen.state) !== 'founding') return notFounder('founding was not open')
    if (founder === undefined || !isBy(seen, founder)) return notFounder(`${seen.entry.by} is not the founder`)
    const fault = quorumFault(seen.state)
    return fault && notFounder(fault.detail)
  },
  'person.invited': ({ state }, { person, roles }) =>
    state.people.has(person) ? unfit(`${person} is registered`) : rolesApart(roles),
  'person.changed': (_seen, { roles }) => rolesApart(roles),
  'key.registered': registered,
  'approvals.changed': ({ state, entry }, { acts }) => {
    const fault = approvalsFault(state, { from: entry.at, acts })
    return fault && unfit(`${fault.code} ${fault.detail}`)
  },
}

/** Guarded commands are no first commands once somebody is registered (V3). */
export const commandFault = ({ state, entry }: Pick<Seen, 'state' | 'entry'>): Refusal | undefined =>
  phaseOf(state) !== 'bare' && isGuarded(entry.type)
    ? refuse('AUDIT-003', `${entry.type} by ${entry.by} was taken without a proposal`)
    : undefined
