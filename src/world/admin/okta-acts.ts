/** What the event types of Okta's System Log mean. Names: Okta's event type catalogue. */
import type { Act } from '../../rooms/access/engine/index.ts'
import type { Told } from './told.ts'

const ALWAYS: readonly (readonly [RegExp, readonly Act[]])[] = [
  [/^user\.session\.start$/, ['sign_in']],
  [/^(user\.account|group)\.privilege\.grant$|^iam\.resourceset\.bindings\.add$/, ['admin_granted', 'privileged']],
  [/^app\.oauth2\.client\.privilege\.grant$/, ['admin_granted', 'privileged']],
  [/^system\.idp\.(lifecycle\.(create|update|activate)|key\.)/, ['trust_changed', 'privileged']],
  [/^user\.session\.impersonation\.(grant|initiate|extend)$/, ['trust_changed', 'privileged']],
  [/^user\.authentication\.auth_via_(idp|social|inbound_saml|inbound_delauth)$/, ['outside_sign_in']],
  [
    /^system\.log_stream\.lifecycle\.(deactivate|delete)$|^event_hook\.(deactivated|deleted)$/,
    ['logging_off', 'privileged'],
  ],
  [/^system\.mfa\.factor\.deactivate$/, ['mfa_off', 'privileged']],
  [/^user\.mfa\.factor\.(deactivate|reset_all|suspend)$/, ['mfa_reset']],
  [/^system\.api_token\.create$|^app\.oauth2\.credentials\.lifecycle\.create$/, ['credential_made', 'privileged']],
  [/^app\.oauth2\.(as\.)?token\.detect_reuse$/, ['token_reused']],
  [/^application\.user_membership\.show_password$|^pam\..*\.reveal$/, ['secret_read']],
  [
    /^user\.account\.report_suspicious_activity_by_enduser$|^security\.(threat|breached_credential|attack)/,
    ['compromise_reported'],
  ],
  [/^user\.account\.lock(\.limit)?$|rate_limit\.violation$/, ['locked_out']],
  [/^app\.generic\.unauth_app_access_attempt$/, ['denied']],
]

/** Changes of people, groups, applications, policies, zones and the organisation itself; of oneself they are everyday. */
const ADMINISTERS =
  /^(user\.(lifecycle|account\.(privilege|reset_password|expire_password|unlock)|mfa\.factor\.(deactivate|reset_all|suspend))|group\.|policy\.(lifecycle|rule)|zone\.|network_zone|application\.(lifecycle|user_membership\.(add|remove|update))|system\.(agent|idp|mfa|email|sms|org\.(?!rate_limit))|iam\.|security\.(?!threat|breached|attack)|device\.lifecycle|workflows\.)/

const GUARD_POLICY = /mfaenroll|oktasignon|okta_sign_on|mfa_enroll|accesspolicy/

export function oktaActs({ operation, isOwn, by, detail }: Told): Act[] {
  const type = operation.toLowerCase()
  const acts: Act[] = ALWAYS.flatMap(([pattern, meant]) => (pattern.test(type) ? meant : []))
  if (ADMINISTERS.test(type) && !isOwn) acts.push('privileged')
  if (type.endsWith('show_password') && !isOwn) acts.push('secret_exposed')
  if (/^application\.lifecycle\.update$/.test(type) && /password/.test(detail())) acts.push('secret_exposed')
  // An Okta organisation that signs people in to another is an identity provider by another name.
  if (/^application\.lifecycle\.(create|update|activate)$/.test(type) && /org2org/.test(detail()))
    acts.push('trust_changed')
  // Okta's own support resets as an okta.com address: nobody of the staff did it.
  if (type === 'user.account.reset_password' && /@okta\.com$/.test(by)) acts.push('mfa_reset')
  if (/^policy\.(lifecycle|rule)\.(deactivate|delete)$/.test(type) && GUARD_POLICY.test(detail())) acts.push('mfa_off')
  if (type.startsWith('user.authentication.') && /phishing/.test(detail())) acts.push('compromise_reported')
  return [...new Set(acts)]
}
