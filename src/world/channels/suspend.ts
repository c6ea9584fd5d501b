/** Carries `account.suspend` out: to where the settings say accounts of that log are suspended. */
import { canonical } from '../../kernel/canonical.ts'
import type { Carrier } from '../carrier.ts'
import { type ScimOptions, suspendByScim } from './scim.ts'
import { postSigned, type WebhookOptions } from './webhook.ts'

export type Suspender =
  | ({ readonly kind: 'scim' } & ScimOptions)
  | ({ readonly kind: 'webhook'; readonly url: string } & WebhookOptions)

/** A receipt, not a fault: asked again, a deployment without that setting would say the same for a day and a half. */
export const NOBODY_TO_ASK = 'not suspended there: no response is set up for'

/** By source, as reports name it. */
export function suspendCarrier(suspenders: ReadonlyMap<string, Suspender>): Carrier {
  return {
    async deliver({ key, data }) {
      const { source, account, why } = data
      const suspender = suspenders.get(String(source))
      if (suspender === undefined) return `${NOBODY_TO_ASK} ${String(source)}`
      if (suspender.kind === 'scim') return suspendByScim(suspender, String(account))
      const body = canonical({ act: 'account.suspend', source: String(source), account: String(account), why })
      return postSigned(suspender, suspender.url, key, body)
    },
  }
}
