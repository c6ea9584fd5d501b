/** The ways out that every drill has: notices to its own sinks, and traces computed here. */
import type { Carrier } from '../world/carrier.ts'
import { mailCarrier, webhookCarrier } from '../world/channels/index.ts'
import type { Deployment } from '../world/deployment.ts'
import { type TransferFeed, traceCarrier } from '../world/tracing/carrier.ts'
import type { Ground } from './played.ts'

export function waysOut({ folder, sinks }: Ground, opened: Deployment, feed: TransferFeed): [string, Carrier][] {
  const { platform } = folder.config
  const mail = { host: '127.0.0.1', port: sinks.mailPort, from: `pasu@${platform}.example` }
  return [
    ['mail.send', mailCarrier(mail, opened)],
    ['webhook.post', webhookCarrier({ secret: `drill of ${platform}` }, opened)],
    ['trace.compute', traceCarrier(opened, feed)],
  ]
}
