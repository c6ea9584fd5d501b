/** Everybody who can ask, and everything that can be asked: the whole matrix of the policies. */
import {
  ACTIONS,
  type Action,
  type Asked,
  type Authority,
  type Principal,
  ROLES,
  type Role,
  type Verdict,
} from '../../src/rooms/access/authority/index.ts'

export const FOUNDED = { founding: false } as const
export const FOUNDING = { founding: true } as const

export const person = (roles: readonly string[], founder = false): Principal => ({
  ...{ kind: 'person', person: 'kim.minji', roles, founder },
})
export const service = (...scopes: string[]): Principal => ({ kind: 'service', service: 'signer-1', scopes })
export const HOST: Principal = { kind: 'host' }

/** Who is meant beside the one who asks, in words for a reader. */
export interface Relation {
  readonly words: string
  readonly people: Pick<Asked, 'proposer' | 'about' | 'owner'>
}

const ON_PROPOSAL: readonly Relation[] = [
  { words: 'of another', people: { proposer: 'lee.jiho' } },
  { words: 'of another, about oneself', people: { proposer: 'lee.jiho', about: 'kim.minji' } },
  { words: 'of another, about its proposer', people: { proposer: 'lee.jiho', about: 'lee.jiho' } },
  { words: 'of another, about a third', people: { proposer: 'lee.jiho', about: 'park.sora' } },
  { words: "one's own", people: { proposer: 'kim.minji' } },
  { words: "one's own, about oneself", people: { proposer: 'kim.minji', about: 'kim.minji' } },
  { words: "one's own, about another", people: { proposer: 'kim.minji', about: 'lee.jiho' } },
]
const ON_BELONGING: readonly Relation[] = [
  { words: 'of another', people: { owner: 'lee.jiho' } },
  { words: "one's own", people: { owner: 'kim.minji' } },
]

export const relationsOf = ({ on }: Action): readonly Relation[] =>
  on === 'proposal' ? ON_PROPOSAL : on === 'belonging' ? ON_BELONGING : [{ words: '', people: {} }]

/** Each action with each relation that its questions can have. */
export const CASES: readonly { readonly action: Action; readonly relation: Relation }[] = ACTIONS.flatMap((action) =>
  relationsOf(action).map((relation) => ({ action, relation })),
)

export const PAIRS: readonly (readonly [Role, Role])[] = ROLES.flatMap((one, place) =>
  ROLES.slice(place + 1).map((other) => [one, other] as const),
)

/** Policies that decided: those that permit, or those that forbid. */
export const decidedBy = (verdict: Verdict): readonly string[] => {
  if ('allowed' in verdict) return verdict.because
  const { policies } = verdict.context ?? {}
  return Array.isArray(policies) ? policies.map(String) : []
}

export const isAllowed = (authority: Authority, asked: Asked): boolean => 'allowed' in authority.decide(asked)
