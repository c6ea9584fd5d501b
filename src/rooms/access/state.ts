/** What the room remembers: people with their keys over time, sessions, machines, and what is proposed. */
import type { z } from 'zod'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { DataOf } from '../../machine/room.ts'
import { type AlertsState, initialAlerts } from './alerts/index.ts'
import type { Approval, ApprovalPolicy, Key, Outcome, Person, Proposal, Roster, Veto } from './engine/approval/index.ts'
import type { events, newKeySchema } from './messages.ts'
import { refuse } from './refusals.ts'
import type { Role } from './roles.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export type HeldKey = Mutable<Key> & Omit<z.output<typeof newKeySchema>, 'sign_count'>

/** What lets a link be issued for a person; ends with the key that is enrolled by it. */
export interface Grant {
  readonly why: 'invited' | 'recovery'
  token_hash?: string
  expires_at?: Instant
  issued_at?: Instant
}

export interface PersonState extends Person {
  readonly roles: { role: Role; from: Instant; until?: Instant | undefined }[]
  readonly suspensions: { from: Instant; until?: Instant | undefined; by: string; reason: string }[]
  readonly keys: HeldKey[]
  readonly invited_at: Instant
  contact: string | undefined
  accounts: readonly string[]
  grant: Grant | undefined
}

export interface SessionState extends DataOf<typeof events, 'session.opened'> {
  readonly opened_at: Instant
}

export interface ServiceState extends DataOf<typeof events, 'service.registered'> {
  readonly registered_at: Instant
  removed_at: Instant | null
}

export interface CallState {
  readonly code_hash: string
  readonly expires_at: Instant
  tries_left: number
}

export interface ProposalState {
  readonly proposal: Proposal
  readonly digest: string
  readonly origin: DataOf<typeof events, 'proposal.made'>['origin']
  readonly approvals: Approval[]
  readonly vetoes: (Veto & { readonly reason: string })[]
  executed_at: Instant | undefined
  called_back: { at: Instant; by: string } | undefined
  call: CallState | undefined
  stalled: { readonly code: string; readonly detail: string } | undefined
  /** Once it has ended; recorded, so that later changes of the register do not change what was. */
  ended: Outcome | { readonly state: 'withdrawn'; readonly at: Instant } | undefined
}

export interface AccessState {
  site: DataOf<typeof events, 'site.changed'> | undefined
  founder: string | undefined
  founded_at: Instant | undefined
  readonly people: Map<string, PersonState>
  /** Credential -> whose it is, for ever. */
  readonly credentials: Map<string, string>
  /** Public key -> its credential, for ever: no key becomes a second person. */
  readonly publicKeys: Map<string, string>
  /** Credential -> the highest count seen. */
  readonly signCounts: Map<string, number>
  /** The approval policies in the order in which they came into force. */
  readonly policies: ApprovalPolicy[]
  readonly proposals: Map<string, ProposalState>
  /** Those that have not ended. */
  readonly open: Set<string>
  /** When time alone next changes one of them. */
  due: Instant | undefined
  /** Whom a proposal let in, or whose keys it replaced -> who proposed that. */
  readonly sponsors: Map<string, string>
  readonly sessions: Map<string, SessionState>
  readonly services: Map<string, ServiceState>
  readonly alerts: AlertsState
  /** Digest of the console's list of files, as last journaled. */
  console: string | undefined
}

export const initial = (): AccessState => ({
  ...{ site: undefined, founder: undefined, founded_at: undefined, due: undefined, console: undefined },
  ...{ people: new Map(), credentials: new Map(), publicKeys: new Map(), signCounts: new Map(), policies: [] },
  ...{ proposals: new Map(), open: new Set(), sponsors: new Map(), sessions: new Map(), services: new Map() },
  alerts: initialAlerts(),
})

export type Phase = 'bare' | 'founding' | 'founded'
export const phaseOf = ({ founder, founded_at }: AccessState): Phase =>
  founder === undefined ? 'bare' : founded_at === undefined ? 'founding' : 'founded'

export const isSuspended = ({ suspensions }: PersonState): boolean =>
  suspensions.some(({ until }) => until === undefined)

export const rolesOf = ({ roles }: PersonState): Role[] =>
  roles.filter(({ until }) => until === undefined).map(({ role }) => role)

export const keysOf = ({ keys }: Pick<PersonState, 'keys'>): HeldKey[] =>
  keys.filter(({ until }) => until === undefined)

/** Somebody who may act now: known, not suspended. */
export function activePerson(state: AccessState, id: string): PersonState | Refusal {
  const person = state.people.get(id)
  if (person === undefined) return refuse('ACCESS-003', `there is no person ${id}`, { field: 'by' })
  return isSuspended(person) ? refuse('ACCESS-005', `${id} is suspended`, { field: 'by' }) : person
}

/** Whoever is shut out is out at once, in every browser. */
export function endSessionsOf({ sessions }: AccessState, person: string): void {
  for (const [id, session] of sessions) if (session.person === person) sessions.delete(id)
}

/** The engine's view of the register. */
export const rosterIn = (state: AccessState): Roster => ({
  person: (id) => state.people.get(id),
  key(credential) {
    const person = state.credentials.get(credential)
    const key = state.people.get(person ?? '')?.keys.find(({ id }) => id === credential)
    return person === undefined || key === undefined ? undefined : { person, key }
  },
})

export const policyNow = (state: AccessState): ApprovalPolicy | undefined => state.policies.at(-1)
