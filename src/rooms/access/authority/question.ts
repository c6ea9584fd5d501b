/**
 * A question without names. Policies may name roles, scopes and actions, never one person, and they compare people only for being the same:
 * so a decision depends on what is kept here and on nothing else, and Cedar is not told who asks.
 */
import type { Refusal } from '../../../kernel/refusal.ts'
import { type Action, actionNamed, type ResourceKind, ROLES, type Role } from './actions.ts'
import type { Asked, Principal } from './asked.ts'
import { refuse } from './refusals.ts'

/** Whether a person in the question is the one who asks, the proposer (where that is another), or somebody else again. */
export type Who = 'asking' | 'proposer' | 'other'

export type Asking =
  | { readonly kind: 'person'; readonly roles: readonly Role[]; readonly founder: boolean }
  | { readonly kind: 'service'; readonly scopes: readonly string[] }
  | { readonly kind: 'host' }

export interface Question {
  readonly asking: Asking
  readonly action: Action
  readonly founding: boolean
  readonly proposer?: Who
  readonly about?: Who
  readonly owner?: Who
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
const malformed = (detail: string, field: string): Refusal => refuse('AUTHORITY-004', detail, { field })

function askingOf(principal: Principal): Asking | Refusal {
  if (principal.kind === 'host') return { kind: 'host' }
  if (principal.kind === 'service') {
    if (!isName(principal.service)) return malformed('a service account without a name', 'service')
    const scopes = [...new Set(principal.scopes)].sort()
    return scopes.every(isName) ? { kind: 'service', scopes } : malformed('a scope is no name', 'scopes')
  }
  if (principal.kind !== 'person') return malformed('nobody knows who asks', 'principal')
  if (!isName(principal.person)) return malformed('a person without a name', 'person')
  if (typeof principal.founder !== 'boolean') return malformed('founder is neither true nor false', 'founder')
  const unknown = principal.roles.find((role) => !ROLES.some((known) => known === role))
  if (unknown !== undefined) return malformed('a role that does not exist', 'roles')
  // In the order of the list and each once: the same roles make the same question.
  const roles = ROLES.filter((role) => principal.roles.includes(role))
  return { kind: 'person', roles, founder: principal.founder }
}

/** What an action on this takes beside its name: what it must have, then what it may have. */
const TAKES: Readonly<Record<ResourceKind, { readonly must: readonly Named[]; readonly may: readonly Named[] }>> = {
  platform: { must: [], may: [] },
  proposal: { must: ['proposer'], may: ['about'] },
  belonging: { must: ['owner'], may: [] },
}
type Named = 'proposer' | 'about' | 'owner'
const NAMED: readonly Named[] = ['proposer', 'about', 'owner']

function peopleFault(asked: Asked, on: ResourceKind): Refusal | undefined {
  const { must, may } = TAKES[on]
  for (const name of NAMED) {
    const value = asked[name]
    if (value === undefined ? must.includes(name) : !isName(value)) return malformed(`${name} is missing`, name)
    if (value !== undefined && !must.includes(name) && !may.includes(name)) {
      return malformed(`${asked.action} has no ${name}`, name)
    }
  }
  return undefined
}

/** The question that a policy can see, or why there is none. */
export function questionOf(asked: Asked): Question | Refusal {
  const action = actionNamed(asked.action)
  if (action === undefined) return refuse('AUTHORITY-003', 'no policy knows this action', { field: 'action' })
  const asking = askingOf(asked.principal)
  if ('refused' in asking) return asking
  const { founding } = asked.context
  if (typeof founding !== 'boolean') return malformed('founding is neither true nor false', 'founding')
  const fault = peopleFault(asked, action.on)
  if (fault !== undefined) return fault
  const self = asked.principal.kind === 'person' ? asked.principal.person : undefined
  const who = (name: string | undefined): Who | undefined => {
    if (name === undefined) return undefined
    if (name === self) return 'asking'
    return name === asked.proposer ? 'proposer' : 'other'
  }
  const people = { proposer: who(asked.proposer), about: who(asked.about), owner: who(asked.owner) }
  return {
    ...{ asking, action, founding },
    ...(people.proposer && { proposer: people.proposer }),
    ...(people.about && { about: people.about }),
    ...(people.owner && { owner: people.owner }),
  }
}

/** Different for every two questions that differ: names of roles hold no comma, names of actions no bar, and scopes are written as JSON. */
export function keyOf({ asking, action, founding, proposer, about, owner }: Question): string {
  const who =
    asking.kind === 'person'
      ? `${asking.founder ? 'founder' : 'person'} ${asking.roles.join(',')}`
      : asking.kind === 'service'
        ? JSON.stringify(asking.scopes)
        : 'host'
  return `${action.action}|${founding}|${proposer ?? ''}|${about ?? ''}|${owner ?? ''}|${who}`
}
