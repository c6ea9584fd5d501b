/**
 * Plays a plan through a real deployment on virtual time: real journal, real machine, real permits checked by the signer's verifier,
 * notices really sent to a mail server on the loopback. What is played, not real, is the chain and the people.
 */
import { isRefusal } from '../kernel/refusal.ts'
import { MINUTE_MS } from '../kernel/time.ts'
import { TICK } from '../machine/index.ts'
import type { Message } from '../machine/room.ts'
import type { Transfer } from '../rooms/trace/engine/index.ts'
import { mailCarrier, webhookCarrier } from '../world/channels/index.ts'
import { type Deployment, openDeployment } from '../world/deployment.ts'
import type { Folder } from '../world/folder.ts'
import { traceCarrier } from '../world/tracing/carrier.ts'
import { type IncidentDetail, incidentDetail, nothingWatched, type Watched } from './answer.ts'
import { tell } from './ask.ts'
import { DrillChain, type Sending } from './chain.ts'
import { DrillNetwork } from './network.ts'
import { callPeople } from './people.ts'
import type { Plan, PlanMove } from './plan.ts'
import { seeded } from './random.ts'
import { setupCommands } from './setup.ts'
import { DrillSigner } from './signer.ts'
import type { Sinks } from './sinks.ts'
import { VirtualTime } from './virtual.ts'
import { watchEntries } from './watched.ts'

/** The wallets stood there before the day began. */
const SET_UP_BEFORE_MS = 5 * MINUTE_MS

export interface ReplayOptions {
  readonly plan: Plan
  readonly folder: Folder
  readonly sinks: Sinks
  /** The rule pack, as the command that loads it. */
  readonly pack: Message
  readonly onProgress?: (done: number, of: number) => void
}

export interface Played {
  readonly deployment: Deployment
  readonly watched: Watched
  readonly detail: IncidentDetail | undefined
  readonly chain: DrillChain
}

export async function replay(options: ReplayOptions): Promise<Played> {
  const { plan, folder, sinks } = options
  const time = new VirtualTime(plan.startsAt - SET_UP_BEFORE_MS)
  const chainId = plan.wallets[0]?.chain ?? ''
  const chain = new DrillChain(chainId, plan.blockMs, time.now)
  const random = seeded(plan.seed)
  const feed = {
    transfers: async (): Promise<readonly Transfer[]> =>
      chain.ledger.map(({ at, tx, from, to, asset, amount, height, position }) => ({
        ...{ at, tx, from, to, asset, amount },
        ...{ block: height, position },
      })),
    services: async () => plan.labels.map((label) => ({ ...label, address: `${chainId}:${label.address}` })),
  }
  let signer: DrillSigner | undefined
  const deployment = openDeployment({
    folder,
    now: () => time.now,
    later: (ms, wake) => time.later(ms, wake),
    wake: false,
    carriers: (opened) =>
      new Map([
        [
          'mail.send',
          mailCarrier({ host: '127.0.0.1', port: sinks.mailPort, from: `pasu@${plan.platform}.example` }, opened),
        ],
        ['webhook.post', webhookCarrier({ secret: `drill ${plan.scenario}` }, opened)],
        ['trace.compute', traceCarrier(opened, feed)],
        [
          'evacuation.broadcast',
          { deliver: async (effect) => signer?.evacuate(String(effect.data.permit)) ?? 'no signer' },
        ],
      ]),
  })
  const watched = nothingWatched()
  deployment.subscribe((recorded) => watchEntries(watched, recorded))
  time.attach({
    due: () => deployment.app.machine.due(),
    tick: async () => void (await deployment.submit({ type: TICK, data: {}, by: 'clock' })),
    settle: async () => {
      await deployment.outbox.idle()
      await signer?.idle()
    },
  })
  const network = new DrillNetwork({
    chain,
    time,
    observeMs: plan.response.observeMs,
    ours: new Set(
      plan.wallets.flatMap(({ account, refuge }) => (refuge === undefined ? [account] : [account, refuge])),
    ),
    submit: deployment.submit,
    onObserved: (_block, answer, took) => {
      const alarmed = !isRefusal(answer) && answer.recorded.some(({ type }) => type === 'transfer.unpermitted')
      if (alarmed) watched.haltLatencyMs ??= took
    },
  })
  signer = new DrillSigner({
    deployment,
    network,
    time,
    response: plan.response,
    blockMs: plan.blockMs,
    random: random.fork('signer'),
  })
  await setUp(options, deployment, chain, network)
  callPeople({ plan, deployment, time })
  schedule(plan, deployment, time, network, chain, signer)
  await progressing(options, time)
  const detail = watched.incident === undefined ? undefined : await incidentDetail(deployment, watched.incident)
  return { deployment, watched, detail, chain }
}

async function setUp(
  options: ReplayOptions,
  deployment: Deployment,
  chain: DrillChain,
  network: DrillNetwork,
): Promise<void> {
  const { plan, pack, sinks } = options
  const obligations = pack.data.obligations as readonly { authority: string }[]
  const authorities = [...new Set(obligations.map(({ authority }) => authority))]
  const to = { mail: (authority: string) => `${authority.toLowerCase()}@authority.example`, webhook: sinks.webhookUrl }
  for (const command of setupCommands(plan, pack, authorities, to)) {
    await tell(deployment, 'operator', command.type, command.data)
  }
  await network.start(plan.endsAt)
  for (const { wallet, account, holdings } of plan.wallets) {
    for (const { asset, amount } of holdings) {
      chain.fund(account, asset, amount)
      await tell(deployment, 'watcher:drill', 'holding.report', { wallet, asset, amount: amount.toString(), height: 0 })
    }
  }
}

function schedule(
  plan: Plan,
  deployment: Deployment,
  time: VirtualTime,
  network: DrillNetwork,
  chain: DrillChain,
  signer: DrillSigner,
): void {
  for (const { at, ...withdrawal } of plan.withdrawals) {
    const data = { ...withdrawal, amount: withdrawal.amount.toString() }
    time.at(
      at,
      async () => void (await deployment.submit({ type: 'withdrawal.request', data, by: 'service:exchange' })),
    )
  }
  deployment.subscribe((recorded) => {
    for (const { type, data } of recorded) {
      if (type === 'permit.issued' && data.kind === 'withdrawal') signer.sign(String(data.permit))
    }
  })
  for (const theft of plan.thefts) time.at(theft.at, () => network.send(theft, theft.at))
  for (const flow of plan.flows) {
    const sent = (): Sending => (plan.flowsRecorded ? { ...flow, recorded: true } : asMuchAsCame(flow, chain))
    time.at(flow.at, () => network.send(sent(), flow.at))
  }
}

/** A flow was planned for the whole theft; it moves what really arrived. */
function asMuchAsCame(flow: PlanMove, chain: DrillChain) {
  const [part, of] = flow.share ?? [1n, 1n]
  const there = (chain.balance(flow.from, flow.asset) * part) / of
  const amount = smaller(there, flow.amount)
  return { ...flow, amount, atMost: true }
}

/** Runs the day in a hundred steps, so that a person sees it move. */
async function progressing({ plan, onProgress }: ReplayOptions, time: VirtualTime): Promise<void> {
  const STEPS = 100
  for (let step = 1; step <= STEPS; step++) {
    await time.runUntil(Math.round(plan.startsAt + ((plan.endsAt - plan.startsAt) * step) / STEPS))
    onProgress?.(step, STEPS)
  }
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
