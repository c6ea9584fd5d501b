/** What people do in a drill, by the clock of the plan: read and approve drafts, trace again, lift the halt, repay. */
import { HOUR_MS, MINUTE_MS } from '../kernel/time.ts'
import type { Recorded } from '../machine/index.ts'
import { TRACE_SOURCES_MAX } from '../rooms/trace/index.ts'
import type { Deployment } from '../world/deployment.ts'
import { incidentDetail } from './answer.ts'
import { tell } from './ask.ts'
import { theftCases } from './cases.ts'
import { claimsOf } from './claims.ts'
import type { Plan, Repaying } from './plan.ts'
import type { VirtualTime } from './virtual.ts'

const OPERATOR = 'operator'
/** As many as one command takes. */
const CLAIMS_AT_ONCE = 100
const PAY_AT_ONCE = 50
/** Repayments are asked for at the pace at which the signer and the chain take them. */
const PAY_EVERY_MS = MINUTE_MS

export interface Script {
  readonly plan: Plan
  readonly deployment: Deployment
  readonly time: VirtualTime
}

/** Watches for cases; each gets its people. */
export function callPeople(script: Script): void {
  const { plan, deployment, time } = script
  let followed = false
  deployment.subscribe((recorded: readonly Recorded[]) => {
    for (const { type, data } of recorded) {
      const incident = String(data.incident)
      // A duty begins with its drafts; somebody reads them a while later.
      if (type === 'clock.started') time.later(plan.response.approveAfterMs, () => approveDrafts(deployment, incident))
      if (type !== 'incident.opened' || data.kind !== 'theft') continue
      if (!followed) followLater(script, incident)
      followed = true
      repayLater(script, incident)
    }
  })
}

export async function approveDrafts(deployment: Deployment, incident: string): Promise<void> {
  const { notices } = await incidentDetail(deployment, incident)
  for (const { notice, status, channel } of notices) {
    if (status === 'drafted' && channel !== 'none') await tell(deployment, OPERATOR, 'notice.approve', { notice })
  }
}

/** When the coins have come to rest, all that was stolen is followed in one trace: that of the case which was opened first. */
function followLater(script: Script, incident: string): void {
  const { plan, time } = script
  const lastMove = [...plan.flows, ...plan.thefts].reduce((latest, { at }) => Math.max(latest, at), 0)
  if (plan.flows.length > 0) time.at(lastMove + HOUR_MS, () => traceAgain(script, incident))
}

function repayLater(script: Script, incident: string): void {
  const { plan, deployment, time } = script
  const { repaying } = plan
  if (repaying === undefined) return
  const chain = plan.wallets.find(({ wallet }) => wallet === repaying.wallet)?.chain ?? ''
  time.at(repaying.liftAt, async () => {
    const reason = 'the robbed wallet is empty and retired; new keys are in use'
    await tell(deployment, OPERATOR, 'halt.lift', { scope: `chain:${chain}`, reason })
    await tell(deployment, OPERATOR, 'halt.raise', { scope: 'wallet:hot-1', reason: 'its key is known to the thief' })
  })
  time.at(repaying.payAt, () => repay(script, incident, repaying))
}

async function traceAgain({ deployment }: Script, incident: string): Promise<void> {
  const cases = await theftCases(deployment)
  const robbed = [...new Set(cases.flatMap(({ thefts }) => thefts.map(({ from }) => from)))]
  const chain = cases[0]?.chain ?? ''
  // The case's own account is among the first: cases stand in the order in which they were opened.
  const sources = robbed.slice(0, TRACE_SOURCES_MAX)
  if (sources.length > 0) await tell(deployment, 'investigator', 'trace.start', { incident, chain, sources })
}

/** Claims in proportion to seeded shares, then the plan, then payment after payment until nothing is left to ask for. */
async function repay(script: Script, incident: string, repaying: Repaying): Promise<void> {
  const { deployment, time } = script
  const { loss } = await incidentDetail(deployment, incident)
  const claims = claimsOf(repaying, loss, (place, chain) => `${chain}:Customer${place + 1}`)
  for (let from = 0; from < claims.length; from += CLAIMS_AT_ONCE) {
    await tell(deployment, 'finance', 'claim.file', { incident, claims: claims.slice(from, from + CLAIMS_AT_ONCE) })
  }
  if (claims.length === 0) return
  await tell(deployment, 'finance', 'repayment.plan', { incident })
  const wallets = loss.map(({ asset }) => ({ asset, wallet: repaying.wallet }))
  const pay = async (): Promise<void> => {
    await tell(deployment, 'finance', 'repayment.pay', { incident, wallets, count_max: PAY_AT_ONCE })
    const { repayment } = await incidentDetail(deployment, incident)
    if (repayment !== null && repayment.planned > 0) time.later(PAY_EVERY_MS, pay)
  }
  time.later(PAY_EVERY_MS, pay)
}
