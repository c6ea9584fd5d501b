/** GitHub's audit log (organisation or enterprise, as exported or streamed) to OCSF. */
import { z } from 'zod'
import { classified, graded, OCSF_VERSION, OTHER, outcome } from './classes.ts'
import { githubActs } from './github-acts.ts'
import { present, type Raw, rawOf, text } from './look.ts'
import type { Mapped } from './mapped.ts'
import { addressOf } from './places.ts'
import { detailOf } from './told.ts'
import { when } from './values.ts'

/** An export names the time `created_at`, a stream `@timestamp`. */
export const githubSchema = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !('@timestamp' in value) && 'created_at' in value
      ? { ...value, '@timestamp': value.created_at }
      : value,
  z.looseObject({
    '@timestamp': when,
    action: z.string().min(1).max(200),
    actor: z.string().min(1).max(200),
  }),
)

const CRUD: Readonly<Record<string, number>> = {
  ...{ create: 1, add: 1, invite: 1, view: 2, fetch: 2, update: 3, change: 3 },
  ...{ delete: 4, destroy: 4, remove: 4, revoke: 4 },
}
const ENTITY: Readonly<Record<string, number>> = { enable: 8, disable: 9 }

function classOf(action: string): readonly [classUid: number, activity: number] {
  const word = action.split('.').at(-1)?.split('_')[0] ?? ''
  if (/^user\.login$|sso_response$/.test(action) || action === 'user.failed_login') return [3002, 1]
  if (action === 'user.create') return [3001, 1]
  if (action === 'user.delete') return [3001, 6]
  if (/^(user\.(suspend|demote))$/.test(action)) return [3001, 5]
  if (/^two_factor_authentication\.(enabled?|disabled?)/.test(action)) return [3001, /disable/.test(action) ? 11 : 10]
  if (/(add|invite)_admin$|^org\.update_member$|^user\.promote$/.test(action)) return [3001, 7]
  if (/^team\.(add|remove)_member$/.test(action)) return [3006, action.includes('add') ? 3 : 4]
  if (/(saml|oidc|two_factor_requirement)/.test(action)) return [3004, ENTITY[word] ?? CRUD[word] ?? OTHER]
  return [6003, CRUD[word] ?? OTHER]
}

function actorOf(event: Raw): Raw {
  const org = text(event, 'org')
  return {
    session: { uid: text(event, 'actor_session') },
    user: {
      name: text(event, 'actor'),
      uid: text(event, 'actor_id'),
      email_addr: text(event, 'external_identity_nameid'),
      ...(org === undefined
        ? {}
        : { account: { name: org, type: 'Other', type_id: OTHER, uid: text(event, 'org_id') } }),
      ...(org === undefined ? {} : { type: 'Unknown', type_id: 0 }),
    },
  }
}

export function mapGithub(event: Raw, time: number): Mapped {
  const action = String(event.action)
  const [classUid, activity] = classOf(action)
  const isFailure = action === 'user.failed_login'
  const location = rawOf(event.actor_location)
  const target = text(event, 'user')
  const repo = text(event, 'repo') ?? text(event, 'repository')
  const record = present({
    ...classified(classUid, activity),
    ...graded(1),
    ...outcome(isFailure ? 2 : 0),
    time,
    time_dt: new Date(time).toISOString(),
    actor: actorOf(event),
    user: { name: target, uid: target === undefined ? undefined : text(event, 'user_id') },
    group: classUid === 3006 ? { name: text(event, 'team') } : undefined,
    entity: classUid === 3004 ? { name: action.split('.').at(-1) } : undefined,
    api: classUid === 6003 ? { operation: action } : undefined,
    resources: repo === undefined ? undefined : [{ name: repo, uid: text(event, 'repository_id') }],
    src_endpoint: {
      ip: addressOf(text(event, 'actor_ip')),
      location: {
        city: text(location, 'city'),
        country: text(location, 'country_code') ?? text(location, 'country_name'),
        postal_code: text(location, 'postal_code'),
      },
    },
    http_request: {
      http_method: text(event, 'method'),
      referrer: text(event, 'referrer'),
      url: { url_string: text(event, 'url') },
      user_agent: text(event, 'user_agent'),
    },
    metadata: {
      event_code: action,
      product: { name: 'GitHub Audit Log', vendor_name: 'GitHub' },
      profiles: ['datetime'],
      uid: text(event, '_document_id'),
      version: OCSF_VERSION,
    },
  })
  const by = String(event.actor).toLowerCase()
  const { permission, role, invitation_role, visibility } = event
  const told = { operation: action, service: '', isOwn: target?.toLowerCase() === by, by, failed: isFailure }
  return {
    record: record ?? {},
    acts: githubActs({ ...told, detail: () => detailOf({ permission, role, invitation_role, visibility }) }),
  }
}
