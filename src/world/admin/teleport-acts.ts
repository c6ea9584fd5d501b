/** What the audit events of Teleport mean. Names: Teleport's audit event reference. */
import type { Act } from '../../rooms/access/engine/index.ts'
import type { Told } from './told.ts'

const ALWAYS: readonly (readonly [RegExp, readonly Act[]])[] = [
  [/^(user\.login|auth|user\.headless_login)$/, ['sign_in']],
  [
    /^(saml|oidc|github)\.(created|updated)$|^trusted_cluster\.created$|^external_audit_storage\.enable$/,
    ['trust_changed', 'privileged'],
  ],
  [
    /^(role\.(created|updated)|user\.create|user\.update|access_list\.member\.create)$/,
    ['admin_granted', 'privileged'],
  ],
  [
    /^(join_token|bot|bot_join|recovery_code\.generated|trusted_cluster_token)\.?create/,
    ['credential_made', 'privileged'],
  ],
  [/^(mfa\.delete|reset_password_token\.create|recovery_token\.create|user\.password_change_reset)$/, ['mfa_reset']],
  [/^(saml|oidc|github)\.deleted$|^role\.deleted$|^user\.delete$|^lock\.(created|deleted)$/, ['privileged']],
  [/^(auth_preference|cluster_networking_config)\.update$|^access_request\.review$/, ['privileged']],
  [/^session_recording_config\.update$|^external_audit_storage\.disable$/, ['privileged']],
]

/** Commands on a host that make or remove accounts, look for other hosts, open a door, or stay. */
const ACCOUNTS = /^(useradd|userdel|usermod|adduser|deluser|groupadd|passwd|visudo|chpasswd)$/
const TOOLS = /^(nc|ncat|netcat|socat|nmap|masscan|zmap|wget|tcpdump|hping3?|telnet)$/
const STAYS = /^(crontab|at|systemctl)$/

function commandActs(program: string, args: string): Act[] {
  if (ACCOUNTS.test(program)) return ['admin_granted', 'host_command']
  // Without arguments a tool prints its help; `crontab` without any reads a new table from its input.
  if (TOOLS.test(program)) return args === '' ? [] : ['host_command']
  if (program === 'crontab') return /(^| )-l( |$)/.test(args) ? [] : ['host_command']
  return STAYS.test(program) && /enable|^-f/.test(args) ? ['host_command'] : []
}

/** A certificate of a person that outlives this is a key, not a session: the product's longest usual session is 30 hours. */
const CERTIFICATE_HOURS_MAX = 30

export interface TeleportTold extends Told {
  readonly method?: string
  readonly login?: string
  readonly program?: string
  readonly args?: string
  readonly certificateHours?: number
}

export function teleportActs(told: TeleportTold): Act[] {
  const { operation, by, failed, detail } = told
  const acts: Act[] = ALWAYS.flatMap(([pattern, meant]) => (pattern.test(operation) ? meant : []))
  if (/^session\.(command|network|exec)$/.test(operation) || operation === 'exec') {
    // A connection that a scanner opened needs no arguments to be one.
    acts.push(...commandActs(told.program ?? '', operation === 'session.network' ? 'opened' : (told.args ?? '')))
  }
  if (operation === 'lock.created') acts.push('host_command')
  if (operation === 'session.start' && told.login === 'root') acts.push('weak_sign_in')
  // People named by their mail address come from the identity provider; a local login walks around it.
  if (operation === 'user.login' && !failed && told.method === 'local' && by.includes('@')) acts.push('weak_sign_in')
  if (operation === 'cert.create' && (told.certificateHours ?? 0) > CERTIFICATE_HOURS_MAX) acts.push('credential_made')
  if (operation === 'session_recording_config.update' && /\boff\b/.test(detail())) acts.push('logging_off')
  if (operation === 'external_audit_storage.disable') acts.push('logging_off')
  if (/^kube\.request$/.test(operation) && /\/secrets(\/|"|\?|$)/.test(detail())) acts.push('secret_read')
  return [...new Set(acts)]
}
