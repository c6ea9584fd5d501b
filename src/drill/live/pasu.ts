/** The deployment of a live drill: everything that a server starts, on real time, with the ways out that a platform would set up. */
import { isRefusal } from '../../kernel/refusal.ts'
import type { Command } from '../../machine/index.ts'
import { configSchema } from '../../world/config.ts'
import { type Deployment, openDeployment } from '../../world/deployment.ts'
import { evacuationCarrier, httpSigner } from '../../world/signers/index.ts'
import type { TransferFeed } from '../../world/tracing/carrier.ts'
import { runnersOf } from '../../world/watchers.ts'
import { nothingWatched, type Watched } from '../answer.ts'
import { tell } from '../ask.ts'
import type { Plan } from '../plan.ts'
import type { Ground, Sum } from '../played.ts'
import { setupCommands } from '../setup.ts'
import { watchEntries } from '../watched.ts'
import { waysOut } from '../ways.ts'
import { CHAIN } from './chain.ts'

export interface Pasu {
  readonly deployment: Deployment
  readonly watched: Watched
  /** What the journal says of the run so far, beside what every drill counts. */
  readonly seen: Seen
  /** Loads what an operator set up long before, and begins to read the chain. */
  begin(plan: Plan, node: string): Promise<void>
  /** Reads no further; the deployment stays open. */
  rest(): Promise<void>
}

export interface Seen {
  lastTheftAt: number | undefined
  thefts: number
  readonly saved: Sum[]
  sentNotices: number
  traced: number
  repaid: boolean
}

export function openPasu(ground: Ground, feed: TransferFeed, signer: () => string): Pasu {
  const { folder } = ground
  const deployment = openDeployment({
    folder,
    now: Date.now,
    carriers: (opened) =>
      new Map([
        ...waysOut(ground, opened, feed),
        // The signer opens its door after Pasu, whose keys it must know first.
        [
          'evacuation.broadcast',
          { deliver: (effect) => evacuationCarrier(httpSigner(signer()), opened).deliver(effect) },
        ],
      ]),
  })
  const watched = nothingWatched()
  const seen: Seen = { lastTheftAt: undefined, thefts: 0, saved: [], sentNotices: 0, traced: 0, repaid: false }
  deployment.subscribe((recorded) => {
    watchEntries(watched, recorded)
    for (const entry of recorded) if (entry.kind === 'event') note(seen, entry)
  })
  let runners: ReturnType<typeof runnersOf> = []
  return {
    deployment,
    watched,
    seen,
    async begin(plan, node) {
      for (const { type, data } of setupCommands(plan, ground)) await tell(deployment, 'operator', type, data)
      const sources = [{ chain: CHAIN, nodes: [node], poll_ms: plan.response.observeMs }]
      const config = configSchema.parse({ ...folder.config, sources })
      runners = runnersOf(config, { ...deployment, submit: timed(deployment, watched) })
      for (const runner of runners) await runner.start()
    },
    async rest() {
      for (const runner of runners) await runner.stop()
    },
  }
}

function note(
  seen: Seen,
  { type, data }: { readonly type: string; readonly data: { readonly [key: string]: unknown } },
) {
  if (type === 'transfer.unpermitted') {
    seen.thefts += 1
    seen.lastTheftAt = Math.max(seen.lastTheftAt ?? 0, Number(data.block_at))
  } else if (type === 'evacuation.landed' || (type === 'transfer.internal' && data.into === 'refuge')) {
    // Coins in the refuge are saved, also those that came there beside a permit.
    seen.saved.push({ asset: String(data.asset), amount: BigInt(String(data.amount)) })
  } else if (type === 'notice.sent') seen.sentNotices += 1
  else if (type === 'trace.recorded') seen.traced += 1
  else if (type === 'repayment.completed') seen.repaid = true
}

/** Measures what every drill tells: from the command that holds the block until the halt in it is durable. */
function timed(deployment: Deployment, watched: Watched): Deployment['submit'] {
  return async (command: Command) => {
    const began = performance.now()
    const answer = await deployment.submit(command)
    const alarmed = !isRefusal(answer) && answer.recorded.some(({ type }) => type === 'transfer.unpermitted')
    if (alarmed) watched.haltLatencyMs ??= performance.now() - began
    return answer
  }
}
