/** The ways out of a deployment that its settings name: mail, webhook, the signer for evacuations, who suspends accounts, and the trace worker. */
import { join } from 'node:path'
import type { Carrier } from './carrier.ts'
import { mailCarrier, type Suspender, suspendCarrier, webhookCarrier } from './channels/index.ts'
import type { Config } from './config.ts'
import type { Deployment } from './deployment.ts'
import { readSecret } from './folder.ts'
import { refused } from './folder-refusals.ts'
import { evacuationCarrier, httpSigner } from './signers/index.ts'
import { type TransferFeed, traceCarrier } from './tracing/carrier.ts'

/** A path of the settings: relative ones start at the data folder. */
const inFolder = (deployment: Deployment, path: string): string =>
  path.startsWith('/') ? path : join(deployment.folder.path, path)

function mailOf({ mail }: Config, deployment: Deployment): [string, Carrier][] {
  if (mail === undefined) return []
  const { host, port, secure, from, user, password_file: file } = mail
  const password = file === undefined ? undefined : readSecret(inFolder(deployment, file), 'the mail password')
  const login = user === undefined || password === undefined ? {} : { user, password }
  return [['mail.send', mailCarrier({ host, port, secure, from, ...login }, deployment)]]
}

const webhookSecret = ({ secret_file: file }: NonNullable<Config['webhook']>, deployment: Deployment): string =>
  readSecret(inFolder(deployment, file), 'the webhook secret')

function webhookOf({ webhook }: Config, deployment: Deployment): [string, Carrier][] {
  if (webhook === undefined) return []
  return [['webhook.post', webhookCarrier({ secret: webhookSecret(webhook, deployment) }, deployment)]]
}

/** What RFC 6750 section 2.1 takes as a bearer token; anything else would break the header that carries it. */
const BEARER = /^[A-Za-z0-9._~+/-]{1,8192}=*$/

function suspenderOf(source: string, { webhook, responses }: Config, deployment: Deployment): Suspender | undefined {
  const response = responses?.[source as keyof typeof responses]
  if (response === undefined) return undefined
  const { url } = response
  if (response.kind === 'scim') {
    const token = readSecret(inFolder(deployment, response.token_file), 'the SCIM token')
    if (!BEARER.test(token)) throw refused('FOLDER-006', `the SCIM token ${response.token_file} is no bearer token`)
    return { kind: 'scim', url, token }
  }
  const field = `responses.${source}`
  if (webhook === undefined)
    throw refused('FOLDER-005', `${field} is a webhook, and webhook.secret_file is not set`, { field })
  return { kind: 'webhook', url, secret: webhookSecret(webhook, deployment) }
}

/** Always there: a log without a response is a fact that the receipt tells. */
function suspendOf(config: Config, deployment: Deployment): [string, Carrier] {
  const found = Object.keys(config.responses ?? {}).flatMap((source): [string, Suspender][] => {
    const suspender = suspenderOf(source, config, deployment)
    return suspender === undefined ? [] : [[source, suspender]]
  })
  return ['account.suspend', suspendCarrier(new Map(found))]
}

/** Effects of a kind that is not set up wait in the outbox, are tried again, and at last are told as given up. */
export function carriersOf(config: Config, deployment: Deployment, feed: TransferFeed): ReadonlyMap<string, Carrier> {
  const evacuation: [string, Carrier][] =
    config.signer === undefined
      ? []
      : [['evacuation.broadcast', evacuationCarrier(httpSigner(config.signer.url), deployment)]]
  return new Map([
    ...mailOf(config, deployment),
    ...webhookOf(config, deployment),
    ...evacuation,
    suspendOf(config, deployment),
    ['trace.compute', traceCarrier(deployment, feed)],
  ])
}
