/** The ways out of a deployment that its settings name: mail, webhook, the signer for evacuations, and the trace worker. */
import { join } from 'node:path'
import type { Carrier } from './carrier.ts'
import { mailCarrier, webhookCarrier } from './channels/index.ts'
import type { Config } from './config.ts'
import type { Deployment } from './deployment.ts'
import { readSecret } from './folder.ts'
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

function webhookOf({ webhook }: Config, deployment: Deployment): [string, Carrier][] {
  if (webhook === undefined) return []
  const secret = readSecret(inFolder(deployment, webhook.secret_file), 'the webhook secret')
  return [['webhook.post', webhookCarrier({ secret }, deployment)]]
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
    ['trace.compute', traceCarrier(deployment, feed)],
  ])
}
