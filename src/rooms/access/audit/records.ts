/** Per proposal, everything the journal says of it, as the engine judges it: taken from the entries, not from a folded state. */
import type { Json } from '../../../kernel/canonical.ts'
import type { Instant } from '../../../kernel/time.ts'
import type { Entry } from '../../../machine/entry.ts'
import { risks } from '../alerts/index.ts'
import type { ApprovalRecord, Person } from '../engine/approval/index.ts'
import type { AccessState, PersonState } from '../state.ts'

/** What is collected of one proposal; the members are as the journal has them, unchecked. */
export interface Collected {
  /** Where it was made. */
  readonly index: number
  readonly proposal: unknown
  readonly digest: unknown
  /** Where approvals were to be signed on that day. */
  readonly site: AccessState['site']
  readonly approvals: unknown[]
  readonly vetoes: { readonly person: unknown; readonly at: Instant }[]
  readonly call_backs: { readonly by: unknown; readonly at: Instant }[]
  readonly executions: {
    readonly at: Instant
    readonly act: unknown
    readonly parameters: unknown
    readonly index: number
  }[]
}

export const collect = (index: number, data: Entry['data'], site: AccessState['site']): Collected => ({
  ...{ index, proposal: data.proposal, digest: data.digest, site },
  ...{ approvals: [], vetoes: [], call_backs: [], executions: [] },
})

/** The proposal's id in any of the events about it. */
export function proposalIn({ type, data }: Pick<Entry, 'type' | 'data'>): string | undefined {
  const { proposal } = data
  if (type !== 'proposal.made') return typeof proposal === 'string' ? proposal : undefined
  const id = typeof proposal === 'object' && proposal !== null ? Reflect.get(proposal, 'proposal') : undefined
  return typeof id === 'string' ? id : undefined
}

const span = ({ from, until }: { readonly from: Instant; readonly until?: Instant | undefined }) => ({
  from,
  ...(until === undefined ? {} : { until }),
})

const personOf = ({ person, roles, suspensions, keys }: PersonState): Person => ({
  person,
  roles: roles.map((one) => ({ ...span(one), role: one.role })),
  suspensions: suspensions.map(span),
  keys: keys.map(({ id, public_key, backup_eligible, lost, ...one }) => ({
    ...{ ...span(one), id, public_key, backup_eligible },
    ...(lost === undefined ? {} : { lost }),
  })),
})

/** As `checkApprovals` takes it; whatever in it has another shape is refused there by its field. */
export function recordOf(
  state: AccessState,
  of: Collected,
  at: Instant,
): { readonly [K in keyof ApprovalRecord]: unknown } {
  const { proposal, digest, site, approvals, vetoes, call_backs, executions } = of
  return {
    ...{ proposal, digest, approvals, vetoes, call_backs, at },
    site: { rpId: site?.rp_id, origins: site?.origins },
    policies: state.policies,
    people: [...state.people.values()].map(personOf),
    risks: risks(state.alerts).map(span),
    executions: executions.map(({ at: when, act, parameters }) => ({ at: when, act, parameters: parameters as Json })),
  }
}
