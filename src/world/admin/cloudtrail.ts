/** AWS CloudTrail records (event version 1.05 and later) to OCSF. */
import { z } from 'zod'
import { classified, graded, OCSF_VERSION, OTHER, outcome } from './classes.ts'
import { cloudtrailActs } from './cloudtrail-acts.ts'
import { at, present, type Raw, rawOf, text, timeOf } from './look.ts'
import type { Mapped } from './mapped.ts'
import { addressOf } from './places.ts'
import { detailOf } from './told.ts'
import { when } from './values.ts'

export const cloudtrailSchema = z.looseObject({
  eventTime: when,
  eventName: z.string().min(1).max(200),
  eventSource: z.string().min(1).max(200),
  userIdentity: z.looseObject({ type: z.string().optional(), arn: z.string().optional() }),
})

const ACCOUNT: readonly (readonly [RegExp, number])[] = [
  [/^CreateUser$/, 1],
  [/^(ChangePassword|CreateLoginProfile)$/, 3],
  [/^UpdateLoginProfile$/, 4],
  [/^DeleteLoginProfile$/, 5],
  [/^DeleteUser$/, 6],
  [/^(Attach|Put)UserPolicy$/, 7],
  [/^(Detach|Delete)UserPolicy$/, 8],
  [/^EnableMFADevice$/, 10],
  [/^DeactivateMFADevice$/, 11],
]

const VERBS: readonly (readonly [RegExp, number])[] = [
  [/^(Create|Run|Start|Import|Register|Upload|Generate)/, 1],
  [/^(Describe|Get|List|Head|Lookup|BatchGet|Search|Decrypt)/, 2],
  [/^(Update|Modify|Put|Attach|Set|Add|Associate|Enable|Tag|Change|Reset|Authorize)/, 3],
  [/^(Delete|Remove|Detach|Terminate|Stop|Disable|Deactivate|Revoke|Untag)/, 4],
]

const find = (table: readonly (readonly [RegExp, number])[], name: string): number | undefined =>
  table.find(([pattern]) => pattern.test(name))?.[1]

function classOf(name: string, service: string): readonly [classUid: number, activity: number] {
  if (name === 'ConsoleLogin' || name === 'UserAuthentication' || name === 'AssumeRoleWithSAML') return [3002, 1]
  const account = service === 'iam.amazonaws.com' ? find(ACCOUNT, name) : undefined
  if (account !== undefined) return [3001, account]
  const verb = find(VERBS, name) ?? OTHER
  return /(SAML|OpenIDConnect)Provider/.test(name) ? [3004, verb] : [6003, verb]
}

function actorOf(identity: Raw): Raw {
  const context = rawOf(identity.sessionContext)
  const factor = text(context, 'attributes', 'mfaAuthenticated')
  const started = timeOf(at(context, 'attributes', 'creationDate'))
  return {
    invoked_by: text(identity, 'invokedBy'),
    session: {
      created_time: started,
      created_time_dt: started === undefined ? undefined : seconds(started),
      is_mfa: factor === undefined ? undefined : factor === 'true',
      issuer: text(context, 'sessionIssuer', 'arn'),
    },
    user: {
      account: { uid: text(identity, 'accountId') },
      credential_uid: text(identity, 'accessKeyId'),
      name: text(identity, 'userName'),
      type: text(identity, 'type'),
      uid: text(identity, 'arn') ?? text(identity, 'principalId') ?? text(identity, 'invokedBy'),
      uid_alt: text(identity, 'principalId'),
    },
  }
}

/** CloudTrail has no parts of a second. */
const seconds = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

function statusOf(event: Raw): number {
  if (text(event, 'errorCode') !== undefined) return 2
  const login = text(event, 'responseElements', 'ConsoleLogin')
  return login === 'Failure' ? 2 : 1
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

function apiOf(event: Raw): Raw {
  return {
    operation: text(event, 'eventName'),
    request: {
      uid: text(event, 'requestID'),
      data: isEmpty(event.requestParameters) ? undefined : event.requestParameters,
    },
    response: {
      data: isEmpty(event.responseElements) ? undefined : event.responseElements,
      error: text(event, 'errorCode'),
      message: text(event, 'errorMessage'),
    },
    service: { name: text(event, 'eventSource') },
    version: text(event, 'apiVersion'),
  }
}

function targetOf(event: Raw, classUid: number): Raw {
  const identity = rawOf(event.userIdentity)
  if (classUid === 3002) return { uid: text(identity, 'arn'), uid_alt: text(identity, 'principalId') }
  const made = rawOf(at(event, 'responseElements', 'user'))
  return { name: text(event, 'requestParameters', 'userName'), uid: text(made, 'userId') }
}

export function mapCloudtrail(event: Raw, time: number): Mapped {
  const name = String(event.eventName)
  const service = String(event.eventSource)
  const [classUid, activity] = classOf(name, service)
  const status = statusOf(event)
  const identity = rawOf(event.userIdentity)
  const source = text(event, 'sourceIPAddress')
  const ip = addressOf(source)
  const mfa = text(event, 'additionalEventData', 'MFAUsed')
  const user = targetOf(event, classUid)
  const record = present({
    ...classified(classUid, activity),
    ...graded(1),
    ...outcome(status),
    time,
    time_dt: seconds(time),
    is_mfa: mfa === undefined ? undefined : mfa === 'Yes',
    actor: actorOf(identity),
    user,
    api: apiOf(event),
    cloud: {
      provider: 'AWS',
      region: text(event, 'awsRegion'),
      account: { uid: text(event, 'recipientAccountId') },
    },
    src_endpoint: ip === undefined ? { domain: source } : { ip },
    dst_endpoint: { svc_name: text(event, 'additionalEventData', 'LoginTo') },
    http_request: { user_agent: text(event, 'userAgent') },
    metadata: {
      event_code: text(event, 'eventType'),
      log_provider: 'CloudTrail',
      product: {
        feature: { name: text(event, 'eventCategory') },
        ...{ name: 'CloudTrail', vendor_name: 'AWS', version: text(event, 'eventVersion') },
      },
      profiles: ['cloud', 'datetime'],
      uid: text(event, 'eventID'),
      version: OCSF_VERSION,
    },
  })
  const own = text(identity, 'userName')
  const target = text(user, 'name')
  const acts = cloudtrailActs({
    operation: name,
    service,
    isOwn: target === undefined ? name === 'ChangePassword' : target === own,
    by: (text(identity, 'arn') ?? '').toLowerCase(),
    failed: status === 2,
    detail: () => detailOf(event.requestParameters, event.additionalEventData),
  })
  return { record: record ?? {}, acts }
}
