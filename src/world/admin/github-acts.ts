/** What the actions of GitHub's audit log mean. Names: GitHub's audit log event reference. */
import type { Act } from '../../rooms/access/engine/index.ts'
import type { Told } from './told.ts'

const ALWAYS: readonly (readonly [RegExp, readonly Act[]])[] = [
  [/^(user\.login|org\.sso_response|business\.sso_response|user\.sso_login)$/, ['sign_in']],
  [/^user\.failed_login$/, ['sign_in']],
  [/^(business|enterprise)\.(add_admin|invite_admin|add_organization_admin)$/, ['admin_granted']],
  [/^team\.promote_maintainer$|^user\.promote$|^role\.assign$/, ['admin_granted']],
  [
    /^(org|business|enterprise)\.(enable|update)_(saml|oidc|open_scim)(_|$)|saml_provider|oidc_provider/,
    ['trust_changed'],
  ],
  [/^(org|business|enterprise)\.(disable)_(saml|oidc)(_|$)|^org\.recovery_code(s_viewed|_used)$/, ['trust_changed']],
  [/^(integration_installation|oauth_application)\.create$|^org\.oauth_app_access_approved$/, ['trust_changed']],
  [
    /audit_log_streaming\.(destroy|delete|disable)|^(business|org)\.(disable_audit_log|audit_log_streaming_disabled)/,
    ['logging_off'],
  ],
  [/^hook\.destroy$|^(org|business)\.disable_source_ip_disclosure$/, ['logging_off']],
  [/disable_two_factor_requirement$/, ['mfa_off']],
  [
    /^two_factor_authentication\.disabled?$|^user\.(two_factor_(disabled|recover)|remove_2fa|two_factor_destroy)/,
    ['mfa_reset'],
  ],
  [
    /^(personal_access_token\.(create|access_granted|request_created)|oauth_access\.create|public_key\.create)$/,
    ['credential_made'],
  ],
  [
    /^(ssh_certificate_authority\.create|integration\.(generate_client_secret|create)|user\.creates?_pat)$/,
    ['credential_made'],
  ],
  [/^(secret_scanning_alert\.(view|reveal)|org\.recovery_codes_(viewed|downloaded|printed))/, ['secret_read']],
]

/** People, teams, roles, rules of branches, secrets, hooks, applications, runners and the organisation itself. */
const ADMINISTERS =
  /^(business|enterprise|org|team|role|user\.(create|delete|suspend|promote|demote)|protected_branch|repository_ruleset|repo\.(access|add_member|remove_member|update_member|destroy|transfer|update_actions|change_visibility)|hook|integration|oauth_application|environment|org_secret|repo\.(create|update|remove)_actions_secret|secret_scanning|dependabot|ip_allow_list|ssh_certificate_authority|runner|enterprise_announcement|audit_log_streaming|two_factor_authentication|public_key|deploy_key|personal_access_token)/
/** Of the above: ordinary, or only reading. */
const EVERYDAY =
  /sso_response$|(viewed|downloaded|exported|request_created)$|\.(view|list|download|export|search|fetch)|self_hosted_runner/

export function githubActs({ operation, isOwn, detail }: Told): Act[] {
  const acts: Act[] = ALWAYS.flatMap(([pattern, meant]) => (pattern.test(operation) ? meant : []))
  if (ADMINISTERS.test(operation) && !EVERYDAY.test(operation) && !isOwn) acts.push('privileged')
  // The member became an owner of the organisation: `permission` holds the role after the change.
  const isMember = /^org\.(add_member|update_member|invite_member)$/.test(operation)
  if (isMember && /"(permission|role|invitation_role)":"(admin|owner)"/.test(detail())) acts.push('admin_granted')
  return [...new Set(acts)]
}
