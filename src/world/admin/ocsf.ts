/** OCSF itself: Authentication 3002, Account Change 3001, Entity Management 3004, API Activity 6003, and the two about rights, 3005 and 3006. */
import { z } from 'zod'
import type { Act } from '../../rooms/access/engine/index.ts'
import { cloudtrailActs } from './cloudtrail-acts.ts'
import { githubActs } from './github-acts.ts'
import { at, number, type Raw, text } from './look.ts'
import { type Mapped, personOf } from './mapped.ts'
import { oktaActs } from './okta-acts.ts'
import { teleportActs } from './teleport-acts.ts'
import { detailOf, type Told } from './told.ts'
import { when } from './values.ts'

const CLASSES = [3001, 3002, 3004, 3005, 3006, 6003] as const

export const ocsfSchema = z.looseObject({
  class_uid: z.union(
    CLASSES.map((uid) => z.literal(uid)),
    { error: `one of ${CLASSES.join(', ')}` },
  ),
  activity_id: z.number().int(),
  time: when,
})

/** Where the record says which product it came from, that product's table knows more than the class does. */
const PRODUCTS: readonly (readonly [RegExp, (told: Told) => Act[]])[] = [
  [/^okta/i, oktaActs],
  [/^(aws|amazon)/i, cloudtrailActs],
  [/^github/i, githubActs],
  [/^(gravitational|teleport)/i, teleportActs],
]

const ADMIN = /admin|owner|root|superuser|poweruser/
const TRUST = /identity.?provider|\bidp\b|saml|oidc|openid|single.?sign|\bsso\b|federat|trust/
const LOGS = /\blog|audit|trail|recording|logging|siem|detector/
const FACTOR = /\bmfa\b|factor|authenticator|2fa|passkey/

function authentication(record: Raw): Act[] {
  return record.activity_id === 1 ? ['sign_in'] : []
}

/** Account Change: what each activity means; 3, 10 and 12 are everyday. */
const ACCOUNT: Readonly<Record<number, readonly Act[]>> = {
  ...{ 1: ['privileged'], 2: ['privileged'], 4: ['privileged'], 5: ['privileged'], 6: ['privileged'] },
  ...{ 7: ['privileged'], 8: ['privileged'], 9: ['locked_out'], 11: ['mfa_reset'] },
}

function entity(activity: number, detail: string): Act[] {
  if (activity === 2) return /secret|password|key|credential|token/.test(detail) ? ['secret_read'] : []
  const acts: Act[] = ['privileged']
  const isStopped = [4, 9, 11, 12].includes(activity)
  if (TRUST.test(detail) && !isStopped) acts.push('trust_changed')
  if (LOGS.test(detail) && isStopped) acts.push('logging_off')
  if (FACTOR.test(detail) && isStopped) acts.push('mfa_off')
  return acts
}

const SECRETS =
  /(get|read|list|show|reveal|view|decrypt|export|download).*(secret|password|privatekey|private_key|credential|token|\bkey)/
const CUTS = /(stop|delete|disable|deactivate|suspend|clear).*(log|trail|audit|recorder|detector)/
const MAKES_KEY = /(create|generate|issue|upload).*(access.?key|api.?key|token|credential|ssh.?key|client.?secret)/

function api(activity: number, operation: string): Act[] {
  const name = operation.toLowerCase()
  if (SECRETS.test(name) && ![1, 3, 4].includes(activity)) return ['secret_read']
  const acts: Act[] = []
  if ([1, 3, 4].includes(activity)) acts.push('privileged')
  if (CUTS.test(name)) acts.push('logging_off', 'privileged')
  if (MAKES_KEY.test(name)) acts.push('credential_made', 'privileged')
  if (/(create|update|add|enable).*(identityprovider|identity_provider|saml|oidc|openid|\bidp)/.test(name))
    acts.push('trust_changed')
  if (/(grant|assign|attach|add).*(admin|owner)/.test(name)) acts.push('admin_granted')
  return acts
}

function generic(record: Raw, detail: () => string, operation: string): Act[] {
  const activity = number(record, 'activity_id') ?? 0
  if (record.class_uid === 3002) return authentication(record)
  if (record.class_uid === 3004) return entity(activity, detail())
  if (record.class_uid === 6003) return api(activity, operation)
  const isGrant =
    record.class_uid === 3001 ? activity === 7 : activity === 1 || (activity === 3 && record.class_uid === 3006)
  const acts = record.class_uid === 3001 ? [...(ACCOUNT[activity] ?? [])] : (['privileged'] satisfies Act[])
  return isGrant && ADMIN.test(detail()) ? [...acts, 'admin_granted'] : acts
}

export function mapOcsf(record: Raw, time: number): Mapped {
  const vendor = text(record, 'metadata', 'product', 'vendor_name') ?? ''
  const operation = text(record, 'api', 'operation') ?? text(record, 'metadata', 'event_code') ?? ''
  const by = personOf(at(record, 'actor', 'user')) ?? ''
  const target = personOf(record.user)
  const uid = text(record, 'actor', 'user', 'uid')
  const { entity: about, group, policy, privileges, resources, status_detail } = record
  const detail = (): string =>
    detailOf(
      about,
      group,
      policy,
      privileges,
      resources,
      status_detail,
      text(record, 'message'),
      at(record, 'api', 'request', 'data'),
    )
  const told: Told = {
    operation,
    service: text(record, 'api', 'service', 'name') ?? '',
    isOwn: target === by,
    by: uid?.startsWith('arn:') === true ? uid.toLowerCase() : by,
    failed: record.status_id === 2,
    detail,
  }
  const product = PRODUCTS.find(([name]) => name.test(vendor))
  const acts = new Set([...(product?.[1](told) ?? []), ...(record.class_uid === 3002 ? authentication(record) : [])])
  if (product === undefined) for (const act of generic(record, detail, operation)) acts.add(act)
  return { record: { ...record, time }, acts: [...acts] }
}
