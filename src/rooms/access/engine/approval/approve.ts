/** One approval: whether it may count (rules over recorded facts), and whether the person's key signed it (WebAuthn). */
import { z } from 'zod'
import { digestSchema, nameSchema } from '../../../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../../../kernel/refusal.ts'
import { type Instant, instantSchema } from '../../../../kernel/time.ts'
import { type VerifiedAssertion, verifyAssertion } from '../webauthn/index.ts'
import { hadKey, hadRole, type Person, type Roster, wasSuspended } from './people.ts'
import { approvalChallenge, type Proposal, proposalDigest } from './proposal.ts'
import { refuse } from './refusals.ts'

/** Bytes are checked where they are read; this only keeps a record from being endless. */
const PART_LENGTH_MAX = 8_192
const part = z.string().max(PART_LENGTH_MAX)

export const approvalSchema = z.strictObject({
  proposal: nameSchema,
  /** Of what the person was shown. */
  digest: digestSchema,
  person: nameSchema,
  given_at: instantSchema,
  assertion: z.strictObject({
    credential_id: part,
    client_data_json: part,
    authenticator_data: part,
    signature: part,
  }),
})
export type Approval = z.infer<typeof approvalSchema>

/** Where approvals are signed: the domain of the keys, and the origins of the console. */
export interface Site {
  readonly rpId: string
  readonly origins: readonly string[]
}

/** What keeps a person from having a say at `given` in something that is looked at at `at`. */
export function personFault(
  person: Person | undefined,
  roles: readonly string[],
  given: Instant,
  at: Instant,
): Refusal | undefined {
  if (person === undefined) return refuse('APPROVAL-003', 'the person is not in the register', { field: 'person' })
  if (!hadRole(person, roles, given)) {
    const expected = roles.join(', ')
    return refuse('APPROVAL-004', `${person.person} had none of the roles ${expected}`, { field: 'person', expected })
  }
  if (wasSuspended(person, given, at)) {
    return refuse('APPROVAL-005', `${person.person} was suspended then or since`, { field: 'person' })
  }
  return undefined
}

/** Why an approval does not count at `at`, its signature aside; `undefined` where it does. `digest` is the proposal's. */
export function approvalFault(
  proposal: Proposal,
  digest: string,
  approval: Approval,
  roster: Roster,
  at: Instant,
): Refusal | undefined {
  const { person, given_at } = approval
  if (approval.proposal !== proposal.proposal || approval.digest !== digest) {
    return refuse('APPROVAL-001', `the approval is of ${approval.proposal} ${approval.digest}; expected ${digest}`, {
      field: 'digest',
    })
  }
  if (person === proposal.proposed_by) return refuse('APPROVAL-002', `${person} proposed it`, { field: 'person' })
  if (given_at < proposal.proposed_at || given_at >= proposal.expires_at || given_at > at) {
    return refuse(
      'APPROVAL-006',
      `given at ${given_at}; expected from ${proposal.proposed_at} to before ${proposal.expires_at}`,
      {
        field: 'given_at',
      },
    )
  }
  const fault = personFault(roster.person(person), proposal.terms.roles, given_at, at)
  if (fault !== undefined) return fault
  const held = roster.key(approval.assertion.credential_id)
  if (held === undefined || held.person !== person || !hadKey(held.key, given_at, at)) {
    return refuse('APPROVAL-007', `the key was not ${person}’s when it signed, or was lost`, {
      field: 'assertion.credential_id',
    })
  }
  return undefined
}

/**
 * Rules and signature: what the door asks before an approval is recorded, and whoever checks the record asks again. The key's count is the
 * door's to compare (pass it as `signCount`): sign-ins raise it between approvals, so the record alone cannot.
 */
export function verifyApproval(asked: {
  readonly proposal: Proposal
  readonly approval: Approval
  readonly roster: Roster
  readonly site: Site
  readonly at: Instant
  readonly signCount?: number
}): VerifiedAssertion | Refusal {
  const { proposal, approval, roster, site, at, signCount = 0 } = asked
  const { assertion } = approval
  const fault = approvalFault(proposal, proposalDigest(proposal), approval, roster, at)
  if (fault !== undefined) return fault
  const held = roster.key(assertion.credential_id)
  if (held === undefined) return refuse('APPROVAL-007', 'the key is not known', { field: 'assertion.credential_id' })
  const { id, public_key, backup_eligible } = held.key
  const credential = { id, public_key, backup_eligible, sign_count: signCount }
  const found = verifyAssertion({
    credential,
    assertion,
    expected: { ...site, challenge: approvalChallenge(proposal) },
  })
  return isRefusal(found) ? { ...found, field: `assertion.${found.field ?? ''}` } : found
}
