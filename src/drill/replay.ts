/**
 * Plays a plan through a real deployment on virtual time: real journal, real machine, real permits checked by the signer's verifier,
 * notices really sent to a mail server on the loopback. What is played, not real, is the chain and the people.
 */
import { MINUTE_MS } from '../kernel/time.ts'
import { TICK } from '../machine/index.ts'
import type { Transfer } from '../rooms/trace/engine/index.ts'
import type { Carrier } from '../world/carrier.ts'
import { type Deployment, openDeployment } from '../world/deployment.ts'
import { type IncidentDetail, nothingWatched, type Watched } from './answer.ts'
import { tell } from './ask.ts'
import { theftCases, wholeOf } from './cases.ts'
import { DrillChain, type Sending } from './chain.ts'
import { DrillNetwork } from './network.ts'
import { callPeople } from './people.ts'
import type { Plan, PlanMove } from './plan.ts'
import type { Ground } from './played.ts'
import { seeded } from './random.ts'
import { setupCommands } from './setup.ts'
import { DrillSigner } from './signer.ts'
import { VirtualTime } from './virtual.ts'
import { watchEntries } from './watched.ts'
import { DrillWatcher } from './watcher.ts'
import { waysOut } from './ways.ts'

/** The wallets stood there before the day began. */
const SET_UP_BEFORE_MS = 5 * MINUTE_MS

export interface ReplayOptions extends Ground {
  readonly plan: Plan
}

/** What playing on virtual time left behind. */
export interface Replayed {
  readonly deployment: Deployment
  readonly watched: Watched
  /** The theft, told as one case whatever the number of robbed wallets. */
  readonly detail: IncidentDetail | undefined
  readonly chain: DrillChain
}

/** What a plan is played on, in the order in which it is built: each part needs only those before it. */
interface Stage {
  readonly plan: Plan
  readonly time: VirtualTime
  readonly chain: DrillChain
  readonly network: DrillNetwork
  readonly signer: DrillSigner
  readonly deployment: Deployment
  readonly watcher: DrillWatcher
  readonly watched: Watched
}

export async function replay(options: ReplayOptions): Promise<Replayed> {
  const stage = build(options)
  const { plan, deployment, time, watched, chain } = stage
  await setUp(options, stage)
  callPeople({ plan, deployment, time })
  schedule(stage)
  await progressing(options, time)
  return { deployment, watched, detail: wholeOf(await theftCases(deployment)), chain }
}

function build(options: ReplayOptions): Stage {
  const { plan } = options
  const { response, blockMs } = plan
  const time = new VirtualTime(plan.startsAt - SET_UP_BEFORE_MS)
  const chain = new DrillChain(plan.wallets[0]?.chain ?? '', blockMs, time.now)
  const network = new DrillNetwork(chain, time)
  const signer = new DrillSigner({ network, time, response, blockMs, random: seeded(plan.seed).fork('signer') })
  const deployment = openDeployment({
    folder: options.folder,
    now: () => time.now,
    later: (ms, wake) => time.later(ms, wake),
    wake: false,
    carriers: (opened) => carriersOf(options, opened, chain, signer),
  })
  const watched = nothingWatched()
  deployment.subscribe((recorded) => watchEntries(watched, recorded))
  time.attach({
    due: () => deployment.app.machine.due(),
    tick: async () => void (await deployment.submit({ type: TICK, data: {}, by: 'clock' })),
    settle: async () => {
      await deployment.outbox.idle()
      await signer.idle()
    },
  })
  const watcher = new DrillWatcher({
    ...{ deployment, network, chain, time, observeMs: response.observeMs, ours: accountsOf(plan) },
    onObserved: (recorded, took) => {
      if (recorded.some(({ type }) => type === 'transfer.unpermitted')) watched.haltLatencyMs ??= took
    },
  })
  return { plan, time, chain, network, signer, deployment, watcher, watched }
}

const accountsOf = ({ wallets }: Plan): ReadonlySet<string> =>
  new Set(wallets.flatMap(({ account, refuge }) => (refuge === undefined ? [account] : [account, refuge])))

function carriersOf(
  { plan, ...ground }: ReplayOptions,
  opened: Deployment,
  chain: DrillChain,
  signer: DrillSigner,
): ReadonlyMap<string, Carrier> {
  const feed = {
    transfers: async (): Promise<readonly Transfer[]> =>
      chain.ledger.map(({ at, tx, from, to, asset, amount, height: block, position }) => ({
        ...{ at, tx, from, to, asset, amount, block },
        // A record's rows of one block have no order of their own: the engine then asks what can have followed what.
        ...(!plan.flowsRecorded && { position }),
      })),
    services: async () => plan.labels.map((label) => ({ ...label, address: `${chain.chain}:${label.address}` })),
  }
  return new Map<string, Carrier>([
    ...waysOut(ground, opened, feed),
    ['evacuation.broadcast', { deliver: (effect) => signer.evacuate(opened, String(effect.data.permit)) }],
  ])
}

async function setUp(ground: ReplayOptions, { plan, deployment, watcher, chain }: Stage): Promise<void> {
  for (const { type, data } of setupCommands(plan, ground)) await tell(deployment, 'operator', type, data)
  // Half-minute signs of life over the weeks that a record may last would be invented, and be nearly all of its journal.
  await (plan.flowsRecorded ? watcher.begin() : watcher.beat(plan.endsAt))
  for (const { wallet, account, holdings } of plan.wallets) {
    for (const { asset, amount } of holdings) {
      chain.fund(account, asset, amount)
      await tell(deployment, 'watcher:drill', 'holding.report', { wallet, asset, amount: amount.toString(), height: 0 })
    }
  }
}

function schedule({ plan, deployment, time, network, chain, signer }: Stage): void {
  for (const { at, ...withdrawal } of plan.withdrawals) {
    const data = { ...withdrawal, amount: withdrawal.amount.toString() }
    time.at(
      at,
      async () => void (await deployment.submit({ type: 'withdrawal.request', data, by: 'service:exchange' })),
    )
  }
  deployment.subscribe((recorded) => {
    for (const { type, data } of recorded) {
      if (type === 'permit.issued' && data.kind === 'withdrawal') signer.sign(deployment, String(data.permit))
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
