/** The people of a live drill: they read and approve the drafts, follow the coins, retire the robbed wallet and repay the customers. */
import type { Deployment } from '../../world/deployment.ts'
import { incidentDetail } from '../answer.ts'
import { tell } from '../ask.ts'
import { claimsOf } from '../claims.ts'
import { approveDrafts } from '../people.ts'
import type { Plan } from '../plan.ts'
import type { Cast } from './cast.ts'
import type { Pasu } from './pasu.ts'
import { HOT } from './scenario.ts'
import { type Errands, until } from './wait.ts'

const OPERATOR = 'operator'
/** As many as one command takes; a drill has fewer. */
const PAY_AT_ONCE = 50

/** A duty begins with its drafts; somebody reads them a while later. */
export function readDrafts(deployment: Deployment, afterMs: number, errands: Errands): void {
  deployment.subscribe((recorded) => {
    for (const { type, data } of recorded) {
      if (type === 'clock.started') errands.after(afterMs, () => approveDrafts(deployment, String(data.incident)))
    }
  })
}

export async function traceAgain({ deployment, seen }: Pasu, cast: Cast, incident: string): Promise<void> {
  const before = seen.traced
  await tell(deployment, 'investigator', 'trace.start', { incident, chain: cast.chain, sources: [cast.id.hot] })
  await until('the trace', () => seen.traced > before)
}

/** Lifts the chain's halt, keeps the robbed wallet shut, and pays what is claimed out of the other wallet. */
export async function repay({ deployment, seen }: Pasu, plan: Plan, cast: Cast, incident: string): Promise<void> {
  const reason = 'the robbed wallet is retired; what is left is paid out of another with keys of its own'
  await tell(deployment, OPERATOR, 'halt.raise', { scope: `wallet:${HOT}`, reason: 'its key is known to the thief' })
  await tell(deployment, OPERATOR, 'halt.lift', { scope: `chain:${cast.chain}`, reason })
  const { repaying } = plan
  if (repaying === undefined) return
  const { loss } = await incidentDetail(deployment, incident)
  const { customers } = cast.id
  const claims = claimsOf(repaying, loss, (place) => customers[place % customers.length] ?? '')
  if (claims.length === 0) return
  await tell(deployment, 'finance', 'claim.file', { incident, claims })
  await tell(deployment, 'finance', 'repayment.plan', { incident })
  const wallets = loss.map(({ asset }) => ({ asset, wallet: repaying.wallet }))
  await tell(deployment, 'finance', 'repayment.pay', { incident, wallets, count_max: PAY_AT_ONCE })
  await until('the repayment', () => seen.repaid)
}

/** Waits until nothing that was approved is still on its way. */
export async function allTold({ deployment }: Pasu, incident: string): Promise<void> {
  await until('the sending of the notices', async () => {
    const { notices } = await incidentDetail(deployment, incident)
    return notices.every(({ status }) => status !== 'approved')
  })
}
