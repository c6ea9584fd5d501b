/** One proposal as the engine checks it, taken from the register as it stood at one entry. */

import type { Refusal } from '../../../kernel/refusal.ts'
import type { Instant } from '../../../kernel/time.ts'
import type { DataOf } from '../../../machine/room.ts'
import { risks } from '../alerts/index.ts'
import { type ApprovalsChecked, checkApprovals } from '../engine/approval/index.ts'
import type { events } from '../messages.ts'
import type { AccessState, PersonState, ProposalState } from '../state.ts'

type Site = DataOf<typeof events, 'site.changed'>

/** What the fold forgets: which rules were in force when it was proposed, and where approvals were signed before now. */
export interface Past {
  /** Proposal -> how many policies there were. */
  readonly policies: Map<string, number>
  readonly sites: { readonly site: Site; readonly until: Instant }[]
}

const span = ({ from, until }: { from: Instant; until?: Instant | undefined }) => ({
  from,
  ...(until !== undefined && { until }),
})

const personIn = ({ person, roles, suspensions, keys }: PersonState) => ({
  person,
  roles: roles.map(({ role, ...held }) => ({ role, ...span(held) })),
  suspensions: suspensions.map(span),
  keys: keys.map(({ id, public_key, backup_eligible, lost, ...held }) => ({
    ...{ id, public_key, backup_eligible, ...span(held) },
    ...(lost === true && { lost }),
  })),
})

const siteIn = ({ rp_id, origins }: Site) => ({ rpId: rp_id, origins })

export function checkRecord(
  state: AccessState,
  past: Past,
  found: ProposalState,
  at: Instant,
  executed?: { readonly act: string; readonly parameters: unknown },
): ApprovalsChecked | Refusal {
  const { proposal, digest, approvals, vetoes, called_back } = found
  return checkApprovals({
    site: state.site === undefined ? undefined : siteIn(state.site),
    earlier_sites: past.sites.map(({ site, until }) => ({ ...siteIn(site), until })),
    policies: state.policies.slice(0, past.policies.get(proposal.proposal)),
    people: [...state.people.values()].map(personIn),
    ...{ proposal, digest, approvals, at },
    vetoes: vetoes.map(({ person, at: when }) => ({ person, at: when })),
    call_backs: called_back === undefined ? [] : [called_back],
    risks: risks(state.alerts).map(span),
    executions: executed === undefined ? [] : [{ at, ...executed }],
  })
}
