/** Teleport's audit events to OCSF. */
import { z } from 'zod'
import { HOUR_MS } from '../../kernel/time.ts'
import { classified, graded, OCSF_VERSION, OTHER, outcome } from './classes.ts'
import { at, present, type Raw, text, timeOf } from './look.ts'
import type { Mapped } from './mapped.ts'
import { addressOf } from './places.ts'
import { teleportActs } from './teleport-acts.ts'
import { detailOf } from './told.ts'
import { when } from './values.ts'

export const teleportSchema = z.looseObject({
  time: when,
  event: z.string().min(1).max(200),
})

const ENTITY =
  /^(saml|oidc|github|role|bot|trusted_cluster|auth_preference|session_recording_config|external_audit_storage|join_token|lock|access_list)\b/
const DONE: Readonly<Record<string, number>> = {
  ...{ created: 1, create: 1, updated: 3, update: 3, deleted: 4, delete: 4, enable: 8, disable: 9 },
}
const ACCOUNT: Readonly<Record<string, number>> = {
  ...{ 'user.create': 1, 'user.password_change': 3, 'reset_password_token.create': 4, 'user.delete': 6 },
  ...{ 'user.update': 7, 'mfa.add': 10, 'mfa.delete': 11 },
}

function classOf(name: string): readonly [classUid: number, activity: number] {
  if (name === 'user.login' || name === 'auth') return [3002, 1]
  const account = ACCOUNT[name]
  if (account !== undefined) return [3001, account]
  const word = name.split('.').at(-1) ?? ''
  if (ENTITY.test(name)) return [3004, DONE[word] ?? OTHER]
  return [6003, DONE[word] ?? OTHER]
}

function statusOf(event: Raw): number {
  if (event.success === false || text(event, 'error') !== undefined) return 2
  return event.success === true ? 1 : 0
}

/** How long a certificate lives, in hours. */
function certificateHours(event: Raw, time: number): number {
  const until = timeOf(at(event, 'identity', 'expires'))
  return until === undefined ? 0 : (until - time) / HOUR_MS
}

/** Who acted: a certificate made for a robot names only the robot. */
const personOf = (event: Raw): string | undefined =>
  text(event, 'user') ??
  text(event, 'updated_by') ??
  text(event, 'identity', 'user') ??
  text(event, 'identity', 'impersonator')

export function mapTeleport(event: Raw, time: number): Mapped {
  const name = String(event.event)
  const [classUid, activity] = classOf(name)
  const status = statusOf(event)
  const user = personOf(event)
  const isAbout = /^(user\.(create|update|delete)|reset_password_token\.create)$/.test(name)
  const target = text(event, 'target', 'user') ?? (isAbout ? text(event, 'name') : undefined)
  const record = present({
    ...classified(classUid, activity),
    ...graded(1),
    ...outcome(status),
    status_detail: text(event, 'error'),
    time,
    time_dt: new Date(time).toISOString(),
    is_mfa: classUid === 3002 ? at(event, 'mfa_device') !== undefined : undefined,
    actor: { user: { name: user }, session: { uid: text(event, 'sid') } },
    user: { name: classUid === 3002 ? user : target },
    entity: classUid === 3004 ? { name: text(event, 'name'), type: name.split('.')[0] } : undefined,
    api: classUid === 6003 ? { operation: name } : undefined,
    src_endpoint: { ip: addressOf(text(event, 'addr.remote') ?? text(event, 'addr_remote')) },
    http_request: { user_agent: text(event, 'user_agent') },
    metadata: {
      event_code: name,
      product: { name: 'Teleport', vendor_name: 'Gravitational' },
      profiles: ['datetime'],
      uid: text(event, 'uid'),
      version: OCSF_VERSION,
    },
  })
  const by = (user ?? '').toLowerCase()
  const { argv } = event
  const acts = teleportActs({
    operation: name,
    service: '',
    isOwn: target?.toLowerCase() === by,
    by,
    failed: status === 2,
    detail: () => detailOf(event.request_path, event.mode, event.session_recording_config, event.path),
    method: text(event, 'method') ?? '',
    login: text(event, 'login') ?? '',
    program: text(event, 'program') ?? text(event, 'command')?.split(' ')[0] ?? '',
    args: Array.isArray(argv) ? argv.join(' ') : '',
    certificateHours: certificateHours(event, time),
  })
  return { record: record ?? {}, acts }
}
