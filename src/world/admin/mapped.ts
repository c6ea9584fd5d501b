/** What every mapper yields, and how an OCSF record becomes the event that behaviour is judged by. */
import type { Act, AdminEvent, Novelty } from '../../rooms/access/engine/index.ts'
import { number, type Raw, rawOf, text } from './look.ts'
import { addressOf, clientOf, networkOf } from './places.ts'

/** An OCSF record, beside what it means and what the schema has no word for. */
export interface Mapped {
  readonly record: Raw
  readonly acts: readonly Act[]
  readonly novel?: readonly Novelty[]
}

/** The one key of a person in a log: the mail address where there is one, else the name, else the identifier. */
export function personOf(user: unknown): string | undefined {
  const key = text(user, 'email_addr') ?? text(user, 'name') ?? text(user, 'uid')
  return key?.toLowerCase()
}

/** GitHub names people by their login in both places; the mail address stands only with the actor. */
const isGithub = (record: Raw): boolean => /^github/i.test(text(record, 'metadata', 'product', 'vendor_name') ?? '')

/** Names of AWS people are only unique within their role or account: there the identifier (ARN) is the key. */
function actorKey(record: Raw): string | undefined {
  const user = rawOf(rawOf(record.actor).user)
  const uid = text(user, 'uid')
  if (isGithub(record)) return (text(user, 'name') ?? uid)?.toLowerCase()
  return uid?.startsWith('arn:') === true ? uid.toLowerCase() : personOf(user)
}

/** An AWS user is named by its bare name where it is changed: the same account's ARN is the key. */
function targetKey(record: Raw): string | undefined {
  const account = text(record, 'actor', 'user', 'account', 'uid')
  const arn = text(record, 'user', 'uid')
  if (arn?.startsWith('arn:') === true) return arn.toLowerCase()
  const name = text(record, 'user', 'name')
  const isAws = text(record, 'cloud', 'provider') === 'AWS'
  if (isAws && account !== undefined && name !== undefined) return `arn:aws:iam::${account}:user/${name}`.toLowerCase()
  return personOf(record.user)
}

function sourceOf(record: Raw): AdminEvent['src_endpoint'] {
  const endpoint = rawOf(record.src_endpoint)
  const ip = addressOf(text(endpoint, 'ip'))
  const network = networkOf(ip, number(endpoint, 'autonomous_system', 'number'))
  const country = text(endpoint, 'location', 'country')
  const lat = number(endpoint, 'location', 'lat')
  const long = number(endpoint, 'location', 'long')
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(network === undefined ? {} : { network }),
    ...(country === undefined ? {} : { country }),
    ...(lat === undefined || long === undefined ? {} : { lat, long }),
  }
}

/** The temporary key of AWS is the session: who holds it is signed in. A key of a person (`AKIA…`) is none. */
function sessionOf(record: Raw): string | undefined {
  const key = text(record, 'actor', 'user', 'credential_uid')
  return text(record, 'actor', 'session', 'uid') ?? (key?.startsWith('ASIA') === true ? key : undefined)
}

/** `undefined` where the record names nobody; the reader refuses such a line. */
export function toAdminEvent({ record, acts, novel }: Mapped, line: number): AdminEvent | undefined {
  const actor = actorKey(record)
  const time = number(record, 'time')
  if (actor === undefined || time === undefined) return undefined
  const session = sessionOf(record)
  const user = targetKey(record)
  const device = text(record, 'device', 'uid') ?? clientOf(text(record, 'http_request', 'user_agent'))
  const operation = text(record, 'api', 'operation') ?? text(record, 'metadata', 'event_code')
  return {
    line,
    time,
    class_uid: number(record, 'class_uid') ?? 0,
    activity_id: number(record, 'activity_id') ?? 0,
    status_id: number(record, 'status_id') ?? 0,
    actor: { user: actor, ...(session === undefined ? {} : { session }) },
    ...(user === undefined ? {} : { user }),
    api: { operation: operation ?? text(record, 'type_name') ?? 'unknown' },
    src_endpoint: sourceOf(record),
    ...(device === undefined ? {} : { device }),
    acts,
    ...(novel === undefined || novel.length === 0 ? {} : { novel }),
  }
}
