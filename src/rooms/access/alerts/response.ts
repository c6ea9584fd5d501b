/** What a detection causes by itself, as data. A person can always do more, and only a quorum takes a risk away again. */
import { DAY_MS, HOUR_MS } from '../../../kernel/time.ts'
import type { Detector, Severity } from '../engine/index.ts'

/** `risk`: the person's acts need a larger quorum and a longer lock, and must sign in anew. `suspend`: that, and no sign-in at all. */
export const RESPONSES = ['none', 'risk', 'suspend'] as const
export type Response = (typeof RESPONSES)[number]

export interface ResponseRule {
  readonly severity: Severity
  /** Every detector where absent. */
  readonly detectors?: readonly Detector[]
  readonly response: Response
  readonly because: string
}

/** The first rule that fits holds; where none fits, nothing is done. */
export const RESPONSE_RULES: readonly ResponseRule[] = [
  {
    severity: 'critical',
    response: 'suspend',
    because: 'logs cut, or secrets read in bulk from a device of today: nobody does that by chance',
  },
  {
    severity: 'high',
    detectors: [
      ...(['mfa_reset_then_privilege', 'session_two_networks', 'impossible_travel', 'new_credential'] as const),
      ...(['new_admin', 'new_identity_provider', 'mfa_weakened'] as const),
    ],
    response: 'suspend',
    because: 'each is how a stolen credential shows itself or makes itself last; minutes count, and a quorum restores',
  },
  { severity: 'high', response: 'risk', because: 'likely enough to ask for more people, not to stop the work' },
  {
    severity: 'medium',
    detectors: ['sign_in_failures', 'hostile_source'],
    response: 'none',
    because: 'somebody without any credential can cause it for every account, and must not slow the whole team',
  },
  { severity: 'medium', response: 'risk', because: 'the account did something it does not do' },
]

/**
 * Accounts that are suspended by themselves within a day: a team of five keeps three. Who can forge a log would otherwise suspend
 * everybody, and nobody were left to lift it; the third one waits for a person's decision, at risk meanwhile.
 */
export const SUSPENSIONS_MAX = 2
export const SUSPENSIONS_WINDOW_MS = DAY_MS
/** The same account is not suspended again within this time: the rest of the story says nothing new to the outside. */
export const SUSPENDED_AGAIN_MS = HOUR_MS

export function responseTo(severity: Severity, detector: Detector): Response {
  const fits = ({ severity: asked, detectors }: ResponseRule): boolean =>
    asked === severity && (detectors === undefined || detectors.includes(detector))
  return RESPONSE_RULES.find(fits)?.response ?? 'none'
}
