/** Answers of the API about people, keys, sessions, proposals and the behaviour of administrators. Instants in milliseconds since 1970. */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { Outcome as Counted, Proposal as Signed, Terms } from '../../../src/rooms/access/engine/approval/index.ts'
import type { Severity as AlertSeverity } from '../../../src/rooms/access/engine/index.ts'
import type { Bilingual } from '../../../src/rooms/incident/rules.ts'

export type { AlertSeverity, Signed, Terms }

/** `bare`: nobody is enrolled. `founding`: the founder alone prepares. `founded`: a quorum decides. */
export type Phase = 'bare' | 'founding' | 'founded'

export interface Access {
  readonly deployment: string
  readonly phase: Phase
  readonly rp_id: string
  readonly origins: readonly string[]
  /** What time it is on the server. */
  readonly now?: number
}

export const ROLES = [
  'operator',
  'approver',
  'compliance',
  'investigator',
  'finance',
  'guardian',
  'auditor',
  'regulator',
] as const
export type Role = (typeof ROLES)[number]

export interface SignInOptions {
  readonly ceremony: string
  readonly options: PublicKeyCredentialRequestOptionsJSON
}

export interface SignedIn {
  readonly session: string
  readonly person: string
  readonly roles: readonly Role[]
  readonly expires_at: number
  readonly phase: Phase
  readonly now?: number
}

export interface Me extends SignedIn {
  readonly founder: boolean
  /** Actions that the policy lets this person do: `halt.raise`, `propose.halt.lift`, `approve.halt.lift`, `gate.read`. */
  readonly may: readonly string[]
}

export interface CallBackCode {
  readonly code: string
  readonly expires_at: number
}

export interface EnrolmentOptions {
  readonly ceremony: string
  /** `null` for the founder, who says it. */
  readonly person: string | null
  readonly roles: readonly Role[]
  /** `null` until the founder has said a name. */
  readonly options: PublicKeyCredentialCreationOptionsJSON | null
}

export interface KeyOptions {
  readonly ceremony: string
  readonly options: PublicKeyCredentialCreationOptionsJSON
}

export interface Enrolled {
  readonly person: string
  readonly key: string
  /** Where somebody must still hear from the person over a second channel. */
  readonly call_back?: CallBackCode | null
}

export interface SessionRow {
  readonly session: string
  readonly person: string
  readonly key: string
  readonly label: string
  /** The network it came from. */
  readonly from: string
  readonly opened_at: number
  readonly expires_at: number
  readonly current: boolean
}

export interface KeyRow {
  readonly key: string
  readonly label: string
  readonly algorithm: string
  readonly aaguid: string
  readonly format: string
  readonly backup_eligible: boolean
  readonly registered_at: number
  readonly until: number | null
  readonly lost: boolean
}

export type PersonStatus = 'invited' | 'active' | 'suspended' | 'recovering'

export interface PersonRow {
  readonly person: string
  readonly status: PersonStatus
  readonly roles: readonly Role[]
  readonly keys: readonly KeyRow[]
  readonly at_risk: { readonly since: number; readonly why: Bilingual } | null
  /** Where the number to call stands; never the number. */
  readonly contact: string | null
  readonly accounts: readonly string[]
  readonly invited_at: number
  readonly link: { readonly issued_at: number; readonly expires_at: number | null } | null
  /** Whether a link may be made: somebody invited, or whose keys a quorum counted as lost. */
  readonly may_be_linked?: boolean
}

export interface OneTimeLink {
  readonly link: string
  readonly expires_at: number
}

export interface ServiceRow {
  readonly service: string
  readonly scopes: readonly string[]
  readonly public_key: string | null
  readonly certificate_sha256: string | null
  readonly registered_at: number
  readonly removed_at: number | null
}

export interface Founding {
  readonly phase: Phase
  readonly founder: string | null
  /** The first rule of approval that the people there could not keep; `null` where founding may be closed. */
  readonly missing: string | null
  readonly expected: string | null
}

export interface ApprovalRules {
  readonly from: number
  readonly acts: readonly { readonly act: string; readonly weakens: boolean; readonly terms: Terms }[]
}

export type Outcome = Counted | { readonly state: 'withdrawn'; readonly at: number }
export type ProposalState = Outcome['state']

export interface ProposalRow {
  readonly proposal: string
  readonly act: string
  readonly title: Bilingual
  readonly digest: string
  readonly reason: string
  readonly proposed_by: string
  readonly proposed_at: number
  readonly expires_at: number
  readonly terms: Terms
  readonly outcome: Outcome
  readonly call_back: { readonly needed: boolean; readonly confirmed_at: number | null } | null
  readonly stalled: { readonly code: string; readonly detail: string } | null
}

export interface EffectLine {
  readonly label: Bilingual
  readonly value: string
  /** How the value is to be shown; a plain text where it is not told. */
  readonly kind?: 'account' | 'krw' | 'instant' | 'text'
}

export interface ProposalDetail extends ProposalRow {
  /** The whole of what an approval signs; everything that is shown of the proposal is taken from here. */
  readonly signed: Signed
  readonly text: Bilingual
  readonly approvals: readonly { readonly person: string; readonly key: string; readonly given_at: number }[]
  readonly vetoes: readonly { readonly person: string; readonly at: number; readonly reason: string }[]
  readonly origin: { readonly session: string | null; readonly from: string | null }
  /** Where the proposer's number is on file. */
  readonly contact?: string | null
  readonly effect: readonly EffectLine[]
  readonly unusual: readonly Bilingual[]
  readonly can: {
    readonly approve: boolean
    readonly veto: boolean
    readonly withdraw: boolean
    readonly answer_call: boolean
    readonly show_code?: boolean
    readonly execute?: boolean
  }
  readonly options: PublicKeyCredentialRequestOptionsJSON | null
}

/** The answer to an act that nobody does alone. */
export type ProposedAnswer =
  | ({ readonly executed?: false } & ProposalRow)
  /** While founding, the founder's acts are done at once. */
  | { readonly executed: true; readonly act: string }

export type AlertKind = 'detection' | 'attempt'

export interface AlertRow {
  readonly alert: string
  readonly at: number
  readonly kind: AlertKind
  readonly severity: AlertSeverity
  readonly person: string | null
  readonly account: string | null
  /** The detector, or what was tried. */
  readonly what: string
  readonly why: Bilingual
  readonly source: string | null
  /** Lines or entries behind it. */
  readonly events: readonly (string | number)[]
}

export interface AlertDay {
  /** `2026-02-06`, UTC. */
  readonly day: string
  readonly alarms: number
  readonly budget: number
}

export interface Alerts {
  readonly items: readonly AlertRow[]
  readonly next: number | null
  readonly days: readonly AlertDay[]
}
