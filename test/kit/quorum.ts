/** A small exchange's people with software passkeys, and the record of one proposal among them. */
import { toHex } from '../../src/kernel/bytes.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { DAY_MS, HOUR_MS } from '../../src/kernel/time.ts'
import {
  type Approval,
  type ApprovalPolicy,
  type ApprovalRecord,
  approvalChallenge,
  type Draft,
  type Key,
  type Person,
  type Proposal,
  proposalDigest,
  propose,
} from '../../src/rooms/access/engine/approval/index.ts'
import { T0 } from './given.ts'
import { type Kind, ORIGIN, type Passkey, passkey, RP_ID, type Said } from './passkey.ts'

export const SITE = { rpId: RP_ID, origins: [ORIGIN] }
export const LOCK_MS = HOUR_MS

export interface Member {
  readonly person: Person
  readonly passkey: Passkey
}

export const keyOf = ({ credential }: Passkey, from = T0, more: Partial<Key> = {}): Key => {
  const { id, public_key, backup_eligible } = credential
  return { from, id, public_key, backup_eligible, ...more }
}

export function member(name: string, roles: readonly string[], kind: Kind = 'ES256'): Member {
  const mine = passkey(kind)
  const held = roles.map((role) => ({ role, from: T0 }))
  return { person: { person: name, roles: held, suspensions: [], keys: [keyOf(mine)] }, passkey: mine }
}

const terms = (approvals_min: number, time_lock_ms = 0) => ({
  ...{ approvals_min, roles: ['approver'], veto_roles: ['guardian'], expires_after_ms: DAY_MS, time_lock_ms },
})

export const POLICY: ApprovalPolicy = {
  from: T0,
  acts: [
    { act: 'halt.lift', weakens: true, terms: terms(2, LOCK_MS) },
    { act: 'wallet.register', weakens: true, terms: terms(3, LOCK_MS) },
    { act: 'withdrawal.release', weakens: false, terms: terms(2) },
  ],
}

/** When proposals of the tests are made. */
export const T1 = T0 + DAY_MS

export function proposal(change: Partial<Draft> = {}, policy = POLICY): Proposal {
  const draft = {
    ...{
      deployment: 'exchange',
      proposal: 'proposal-1',
      act: 'withdrawal.release',
      proposed_by: 'kim',
      proposed_at: T1,
    },
    ...{ parameters: { withdrawal: 'w1', to: 'eip155:1:0x1111' }, reason: 'a large customer', ...change },
  }
  const made = propose(policy, draft)
  if (isRefusal(made)) throw new Error(made.detail)
  return made
}

/** A member's approval of what the member was shown. */
export function approve(who: Member, shown: Proposal, given_at = T1 + 1_000, change: Partial<Said> = {}): Approval {
  return {
    ...{ proposal: shown.proposal, digest: proposalDigest(shown), person: who.person.person, given_at },
    assertion: who.passkey.sign({ challenge: approvalChallenge(shown), ...change }),
  }
}

export const record = (
  shown: Proposal,
  members: readonly Member[],
  approvals: readonly Approval[],
  change: Partial<ApprovalRecord> = {},
): ApprovalRecord => ({
  ...{ site: SITE, policies: [POLICY], people: members.map(({ person }) => person), proposal: shown },
  ...{ digest: proposalDigest(shown), approvals: [...approvals], vetoes: [], executions: [], at: T1 + HOUR_MS * 2 },
  ...{ call_backs: [], risks: [], earlier_sites: [] },
  ...change,
})

/** The same digest in hexadecimal, from the bytes that a key signed. */
export const digestIn = (challenge: string): string => `sha256:${toHex(Buffer.from(challenge, 'base64url'))}`
