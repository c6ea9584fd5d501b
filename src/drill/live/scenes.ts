/** The scenes of a live drill, in the order in which they happen. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PlanWithdrawal } from '../plan.ts'
import type { Burglar } from './burglar.ts'
import { addressIn, NATIVE } from './chain.ts'
import { orderFor } from './payouts.ts'
import { allTold, repay, traceAgain } from './people.ts'
import { POCKET_MONEY, type Stage } from './stage.ts'
import type { KeyThief } from './thief.ts'
import { until } from './wait.ts'

/** A withdrawal like the first of the day, under a name of its own. */
function another({ plan }: Stage, withdrawal: string): PlanWithdrawal {
  const [first] = plan.withdrawals
  if (first === undefined) throw new Error('the day has no withdrawals')
  return { ...first, withdrawal }
}

/** The day's payouts, permitted, signed, on the chain and matched. */
export async function ordinaryDay({ plan, payouts, pasu }: Stage): Promise<void> {
  let before = plan.startsAt
  for (const withdrawal of plan.withdrawals) {
    await sleep(Math.max(0, withdrawal.at - before))
    before = withdrawal.at
    await payouts.request(withdrawal)
  }
  await until('the matching of the payouts', () => pasu.watched.permitsMatched >= plan.withdrawals.length)
}

/** Beside the day's payouts: who stole the credential asks the signer in every way that he can think of. */
export async function burglary(stage: Stage, burglar: Burglar): Promise<void> {
  const { payouts, plan } = stage
  const spent = await payouts.signed(plan.withdrawals[0]?.withdrawal ?? '')
  await burglar.try('spent permit', spent.order)
  const seen = await payouts.leave(another(stage, 'left-to-expire'))
  await burglar.forgeries(seen.order)
  await sleep(Math.max(0, seen.expiresAt - Date.now()))
  await burglar.try('expired permit', seen.order)
}

/** Who stole the key signs himself; the halt voids what was permitted, and the evacuation races him. */
export async function robbery(stage: Stage, burglar: Burglar, thief: KeyThief): Promise<void> {
  const { plan, payouts, pasu, signer, cast, errands } = stage
  const { deployment, watched, seen } = pasu
  const evacuations: string[] = []
  const forget = deployment.subscribe((recorded) => {
    for (const { type, data } of recorded) {
      if (type === 'permit.issued' && data.kind === 'evacuation') evacuations.push(String(data.permit))
    }
  })
  const before = await payouts.leave(another(stage, 'left-to-be-halted'))
  errands.start(() => thief.rob(plan.thefts))
  try {
    await until('the halt', () => watched.haltedAt !== undefined)
    await burglar.try('permit from before the halt', before.order)
    await until('the permit of an evacuation', () => evacuations.length > 0)
    const order = await orderFor(deployment, evacuations[0] ?? '')
    await burglar.try('permit of the evacuation', { ...order, to: cast.id.thief })
    await payouts.request(another(stage, 'after-the-halt'))
  } finally {
    forget()
  }
  await errands.all()
  const sweep = signer.sweepOf(cast.id.hot)
  await until('the end of the evacuation', () => {
    const read = seen.thefts >= thief.racer.landed && seen.saved.length >= (sweep?.racer.landed ?? 0)
    // The thief is done: an account that cannot pay now will not be able to later.
    return read && (sweep?.busy !== true || sweep.starved)
  })
}

/** The coins go on to an exchange; people follow them, tell whom they must, and pay the customers. */
export async function aftermath(stage: Stage, thief: KeyThief): Promise<void> {
  const { plan, pasu, cast, chain, errands } = stage
  const { incident } = pasu.watched
  if (incident === undefined) throw new Error('nobody opened a case')
  for (const flow of plan.flows) {
    const held = await chain.balance(addressIn(flow.from), flow.asset)
    const own = flow.asset === NATIVE ? POCKET_MONEY : 0n
    const tx = held > own ? await thief.passOn(cast.people.thief, flow, held - own) : undefined
    if (tx !== undefined)
      errands.start(() => until('a transfer of the thief', async () => (await chain.fate(tx)) === 'done'))
  }
  await repay(pasu, plan, cast, incident)
  await errands.all()
  await traceAgain(pasu, cast, incident)
  await allTold(pasu, incident)
}
