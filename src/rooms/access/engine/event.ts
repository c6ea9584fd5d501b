/**
 * One administrator event, in the shape and words of the Open Cybersecurity Schema Framework (OCSF), reduced to what behaviour is judged by.
 * `src/world/admin` makes it from the logs of products; nothing here knows a product.
 */
import type { Instant } from '../../../kernel/time.ts'

/** What an event means for the safety of accounts, whatever product told it. One event may be several. */
export const ACTS = [
  'sign_in',
  /** Changes an account, a right, a policy, a key or a guard. */
  'privileged',
  /** Reads a secret or key. */
  'secret_read',
  /** Shows or hands out another person's password in the clear. */
  'secret_exposed',
  /** One person's factor is reset, suspended or removed. */
  'mfa_reset',
  /** A factor is switched off for everybody, or a policy that asks for it is weakened. */
  'mfa_off',
  'admin_granted',
  /** An identity provider, a single sign-on connection or a trust of outsiders is made or changed. */
  'trust_changed',
  'outside_sign_in',
  'logging_off',
  'credential_made',
  'token_reused',
  /** A sign-in without the factor or the way that is required. */
  'weak_sign_in',
  /** The source hides where it is: an anonymiser, a relay, a proxy. */
  'hidden_source',
  /** The product itself, or the person, reports an attack. */
  'compromise_reported',
  'locked_out',
  'denied',
  'host_command',
] as const
export type Act = (typeof ACTS)[number]

/** What the product itself says is new about the person; it knows more history than one file holds. */
export type Novelty = 'device' | 'network' | 'country' | 'travel'

export interface Source {
  readonly ip?: string
  /** The autonomous system, else the prefix that one provider usually holds: `AS701`, `203.0.0.0/16`, `2001:db8::/32`. */
  readonly network?: string
  readonly country?: string
  /** Degrees. */
  readonly lat?: number
  readonly long?: number
}

export interface AdminEvent {
  /** Where it stands in what was read: a line of a file from 1, or an index. */
  readonly line: number
  readonly time: Instant
  readonly class_uid: number
  readonly activity_id: number
  /** 0 not told, 1 success, 2 failure, 99 other (challenged). */
  readonly status_id: number
  /** `user` is the one key by which a person is known in the log: address, name or identifier. */
  readonly actor: { readonly user: string; readonly session?: string }
  /** The account that is changed, by the same kind of key. */
  readonly user?: string
  readonly api: { readonly operation: string }
  readonly src_endpoint: Source
  /** The device's identifier, else the kind of client without its version. */
  readonly device?: string
  readonly acts: readonly Act[]
  readonly novel?: readonly Novelty[]
}

export const FAILURE = 2

export const does = (event: AdminEvent, act: Act): boolean => event.acts.includes(act)
export const failed = (event: AdminEvent): boolean => event.status_id === FAILURE
/** Only what succeeded, or has no outcome at all, teaches what is usual: else a thief's failed tries would make the thief usual. */
export const teaches = (event: AdminEvent): boolean => event.status_id <= 1
