/** Okta's System Log (LogEvent of the System Log API) to OCSF. */
import { z } from 'zod'
import type { Novelty } from '../../rooms/access/engine/index.ts'
import { classified, graded, OCSF_VERSION, OTHER, outcome } from './classes.ts'
import { at, number, present, type Raw, rawOf, rawsOf, text } from './look.ts'
import type { Mapped } from './mapped.ts'
import { oktaActs } from './okta-acts.ts'
import { detailOf } from './told.ts'
import { when } from './values.ts'

/** Names as Okta writes them; exports through other stores lower them all. */
const NAMES = [
  'eventType',
  'legacyEventType',
  'displayMessage',
  'debugContext',
  'authenticationContext',
  'securityContext',
]
const PROPER = new Map(NAMES.map((name) => [name.toLowerCase(), name]))

export const oktaSchema = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && 'eventtype' in value
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [PROPER.get(key) ?? key, one]))
      : value,
  z.looseObject({
    published: when,
    eventType: z.string().min(1).max(200),
    actor: z.looseObject({ id: z.string().nullish(), alternateId: z.string().nullish() }),
  }),
)

const WORDS: Readonly<Record<string, number>> = {
  ...{ create: 1, update: 3, delete: 4, add: 1, remove: 4, enable: 8, disable: 9 },
  ...{ activate: 10, deactivate: 11, suspend: 12, unsuspend: 13 },
}
const lastWord = (type: string): string => type.split('.').at(-1) ?? ''

const ACCOUNT: readonly (readonly [RegExp, number])[] = [
  [/lifecycle\.create/, 1],
  [/lifecycle\.(activate|unsuspend|reactivate)/, 2],
  [/update_password/, 3],
  [/reset_password|expire_password/, 4],
  [/lifecycle\.(deactivate|suspend)/, 5],
  [/lifecycle\.delete/, 6],
  [/privilege\.grant/, 7],
  [/privilege\.revoke/, 8],
  [/account\.lock/, 9],
  [/mfa\.factor\.(activate|unsuspend)/, 10],
  [/mfa\.factor\.(deactivate|reset_all|suspend)/, 11],
  [/account\.unlock/, 12],
]

/** Class and activity of an event type. */
function classOf(type: string): readonly [classUid: number, activity: number] {
  if (type === 'user.session.start' || /^user\.authentication\.(auth_via|sso)/.test(type)) return [3002, 1]
  if (type === 'user.session.end') return [3002, 2]
  if (type === 'security.threat.detected') return [2004, 1]
  if (/^user\.(lifecycle|account|mfa)\./.test(type))
    return [3001, ACCOUNT.find(([one]) => one.test(type))?.[1] ?? OTHER]
  if (/^group\.user_membership\.(add|remove)$/.test(type)) return [3006, type.endsWith('add') ? 3 : 4]
  if (/^group\.privilege\.(grant|revoke)$/.test(type)) return [3006, type.endsWith('grant') ? 1 : 2]
  if (
    /^(policy|zone|network_zone|system\.idp|system\.mfa|system\.log_stream|application|group)\.(.*\.)?(lifecycle|rule|factor)?/.test(
      type,
    )
  ) {
    const activity = WORDS[lastWord(type)]
    if (activity !== undefined) return [3004, activity]
  }
  const api: Readonly<Record<string, number>> = { create: 1, add: 1, show_password: 2, update: 3, delete: 4, revoke: 4 }
  return [6003, api[lastWord(type)] ?? OTHER]
}

const userOf = (raw: Raw): Raw => {
  const mail = text(raw, 'alternateId')
  const isUser = text(raw, 'type') === 'User'
  return {
    email_addr: mail?.includes('@') === true ? mail : undefined,
    name: text(raw, 'displayName') ?? mail,
    uid: text(raw, 'id'),
    type: isUser ? 'User' : undefined,
    type_id: isUser ? 1 : undefined,
  }
}

const DEVICES: Readonly<Record<string, number>> = { Computer: 2, Mobile: 5, Tablet: 4 }
const SYSTEMS: Readonly<Record<string, readonly [string, number]>> = {
  ...{ 'Mac OS X': ['macOS', 300], Windows: ['Windows', 100], 'Windows 10': ['Windows', 100] },
  ...{ Linux: ['Linux', 200], Android: ['Android', 201], iOS: ['iOS', 301] },
}

function sourceOf(event: Raw): Raw {
  const client = rawOf(event.client)
  const geo = rawOf(client.geographicalContext)
  const system = text(client, 'userAgent', 'os')
  const [systemType, systemId] = SYSTEMS[system ?? ''] ?? []
  const device = text(client, 'device')
  return {
    ip: text(client, 'ipAddress'),
    autonomous_system: {
      name: text(event, 'securityContext', 'asOrg'),
      number: number(event, 'securityContext', 'asNumber'),
    },
    location: {
      city: text(geo, 'city'),
      country: text(geo, 'country'),
      isp: text(event, 'securityContext', 'isp'),
      lat: number(geo, 'geolocation', 'lat'),
      long: number(geo, 'geolocation', 'lon'),
      postal_code: text(geo, 'postalCode'),
    },
    os: system === undefined ? undefined : { name: system, type: systemType, type_id: systemId },
    type: device,
    type_id: device === undefined ? undefined : (DEVICES[device] ?? OTHER),
  }
}

/** Okta grades what it tells: DEBUG, INFO, WARN, ERROR. */
const GRADES: Readonly<Record<string, number>> = { DEBUG: 1, INFO: 1, WARN: 3, ERROR: 4 }
const RESULTS: Readonly<Record<string, number>> = { SUCCESS: 1, ALLOW: 1, FAILURE: 2, DENY: 2 }

const NOVELTIES: readonly (readonly [RegExp, Novelty])[] = [
  [/new device\s*[=:]\s*positive/, 'device'],
  [/new ip\s*[=:]\s*positive/, 'network'],
  [/new (country|geo-location)\s*[=:]\s*positive/, 'country'],
  [/velocity\s*[=:]\s*positive/, 'travel'],
]

/** `{New Device=POSITIVE, …}`, a list, an object, or the same as text within `logOnlySecurityData`: all are written. */
function novelOf(event: Raw, type: string): Novelty[] {
  if (!/^(user\.session\.start|policy\.evaluate_sign_on|user\.authentication\.auth_via)/.test(type)) return []
  const debug = at(event, 'debugContext', 'debugData')
  const told = detailOf(at(debug, 'behaviors'), at(debug, 'logOnlySecurityData')).replace(/["\\]/g, '')
  return told === '' ? [] : NOVELTIES.filter(([pattern]) => pattern.test(told)).map(([, novelty]) => novelty)
}

/** Members that only one class has. */
function particular(event: Raw, classUid: number, targets: readonly Raw[]): Raw {
  const debug = rawOf(at(event, 'debugContext', 'debugData'))
  const person = targets.find(({ type }) => type === 'User') ?? targets.find(({ type }) => type === 'AppUser')
  const user = person === undefined ? undefined : userOf({ ...person, type: 'User' })
  const device = rawOf(event.device)
  if (classUid === 3002) {
    return {
      user: user ?? userOf(rawOf(event.actor)),
      device: { uid: text(device, 'id'), name: text(device, 'name') },
      ...{ auth_protocol: 'Unknown', auth_protocol_id: 0, logon_type: 'Other', logon_type_id: OTHER },
      dst_endpoint: { svc_name: text(debug, 'requestUri') },
    }
  }
  if (classUid === 3004) {
    const [first] = targets
    const name = text(first, 'displayName') ?? text(first, 'alternateId')
    const isPolicy = text(first, 'type')?.startsWith('Policy') === true
    const entity = { name, uid: text(first, 'id') }
    return {
      user,
      entity: isPolicy ? { policy: entity, type: 'Policy', type_id: 5 } : { ...entity, type: text(first, 'type') },
    }
  }
  if (classUid === 6003) return { user, dst_endpoint: { svc_name: text(debug, 'url') ?? text(debug, 'requestUri') } }
  if (classUid === 2004) return { finding_info: { title: text(event, 'outcome', 'reason'), uid: text(event, 'uuid') } }
  return { user }
}

/** By the mail address where both have one: identifiers of a person and of that person's account in an application differ. */
function isSame(one: Raw, actor: Raw): boolean {
  const [a, b] = [text(one, 'alternateId'), text(actor, 'alternateId')]
  if (a !== undefined && b !== undefined) return a.toLowerCase() === b.toLowerCase()
  return text(one, 'id') !== undefined && one.id === actor.id
}

/** Okta's own integrations call for a person from Okta's machines: no place of that person. */
const OWN_SERVICE = /^Okta-/

export function mapOkta(event: Raw, time: number): Mapped {
  const type = String(event.eventType)
  const [classUid, activity] = classOf(type)
  const targets = rawsOf(event.target)
  const debug = rawOf(at(event, 'debugContext', 'debugData'))
  const status =
    RESULTS[text(event, 'outcome', 'result') ?? ''] ?? (at(event, 'outcome', 'result') === undefined ? 0 : OTHER)
  const actor = rawOf(event.actor)
  const by = (text(actor, 'alternateId') ?? text(actor, 'displayName') ?? '').toLowerCase()
  const url = text(debug, 'url')
  const agent = text(event, 'client', 'userAgent', 'rawUserAgent')
  const record = present({
    ...classified(classUid, activity),
    ...graded(GRADES[text(event, 'severity') ?? ''] ?? 0),
    ...outcome(status),
    status_detail: text(event, 'outcome', 'reason'),
    time,
    time_dt: new Date(time).toISOString(),
    message: text(event, 'displayMessage'),
    actor: {
      user: userOf(actor),
      session: {
        uid:
          text(event, 'authenticationContext', 'externalSessionId') ??
          text(event, 'authenticationContext', 'rootSessionId'),
      },
    },
    api: classUid === 6003 ? { operation: type } : undefined,
    src_endpoint: OWN_SERVICE.test(agent ?? '') ? { svc_name: agent } : sourceOf(event),
    http_request: {
      uid: text(debug, 'requestId'),
      user_agent: agent,
      url: url === undefined || classUid !== 3004 ? undefined : { path: url },
    },
    metadata: {
      event_code: type,
      product: { name: 'Okta System Log', vendor_name: 'Okta', version: text(event, 'version') },
      profiles: ['datetime', 'host'],
      uid: text(event, 'uuid'),
      version: OCSF_VERSION,
    },
    ...particular(event, classUid, targets),
  })
  const owners = targets.filter((target) => target.type === 'User' || target.type === 'AppUser')
  const isOwn = owners.some((one) => isSame(one, actor))
  const told = { operation: type, service: '', isOwn, by, failed: status === 2 }
  const acts = oktaActs({ ...told, detail: () => detailOf(event.outcome, event.target, debug.requestUri) })
  const isProxy = at(event, 'securityContext', 'isProxy') === true
  if (isProxy && acts.includes('sign_in')) acts.push('hidden_source')
  return { record: record ?? {}, acts, novel: novelOf(event, type) }
}
