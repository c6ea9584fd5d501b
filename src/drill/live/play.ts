/** Plays the live scenario: a real chain, a real signer, two thieves, in real time. */
import type { Transfer } from '../../rooms/trace/engine/index.ts'
import { incidentDetail } from '../answer.ts'
import type { Act, ChainSums, Ground, LiveFacts, Performed } from '../played.ts'
import { startAnvil } from './anvil.ts'
import { Burglar } from './burglar.ts'
import { addressIn } from './chain.ts'
import { chainFeed } from './feed.ts'
import type { LiveScenario } from './scenario.ts'
import { aftermath, burglary, ordinaryDay, robbery } from './scenes.ts'
import { type Stage, setStage } from './stage.ts'
import { KeyThief } from './thief.ts'

/** Steps that a person sees done. */
const STEPS = 6

export const liveAct = (scenario: LiveScenario, seed: number): Act => ({
  platform: scenario.platform,
  play: (ground) => playLive(scenario, seed, ground),
})

async function playLive(scenario: LiveScenario, seed: number, ground: Ground): Promise<Performed> {
  const step = (done: number): void => ground.onProgress?.(done, STEPS)
  step(0)
  const anvil = await startAnvil(scenario.block_seconds)
  try {
    step(1)
    const stage = await setStage(scenario, seed, ground, anvil)
    step(2)
    try {
      return await perform(stage, step)
    } catch (fault) {
      await stage.end()
      await stage.pasu.deployment.close()
      throw stage.errands.fault ?? fault
    }
  } finally {
    await anvil.stop()
  }
}

async function perform(stage: Stage, step: (done: number) => void): Promise<Performed> {
  const { plan, cast, chain, door, credential, pasu } = stage
  const { deployment, watched, seen } = pasu
  const burglar = new Burglar({ url: door.url, credential, to: cast.id.thief })
  const thief = new KeyThief(chain, cast.people.hot)
  await Promise.all([ordinaryDay(stage), burglary(stage, burglar)])
  await stage.errands.all()
  step(3)
  await robbery(stage, burglar, thief).finally(() => thief.stop())
  step(4)
  await aftermath(stage, thief)
  step(5)
  await stage.end()
  const live: LiveFacts = {
    attempts: burglar.attempts,
    thief: thief.racer,
    evacuation: stage.signer.sweepOf(cast.id.hot)?.racer ?? { sent: 0, landed: 0 },
    chain: await chainSums(stage),
    saved: sums(seen.saved),
  }
  const detail = watched.incident === undefined ? undefined : await incidentDetail(deployment, watched.incident)
  return { plan, played: { deployment, watched, detail, lastTheftAt: seen.lastTheftAt, live } }
}

/** One line for each asset. */
function sums(saved: LiveFacts['saved']): LiveFacts['saved'] {
  const found = new Map<string, bigint>()
  for (const { asset, amount } of saved) found.set(asset, (found.get(asset) ?? 0n) + amount)
  return [...found].map(([asset, amount]) => ({ asset, amount }))
}

/** Read from the node alone: the journal's own numbers can be held against it. */
async function chainSums({ plan, cast, chain }: Stage): Promise<ChainSums[]> {
  const transfers: readonly Transfer[] = await chainFeed(chain, () => plan.labels).transfers(cast.chain)
  const moved = (asset: string, from: string, to: string): bigint =>
    transfers
      .filter((move) => move.asset === asset && move.from === from && move.to === to)
      .reduce((sum, { amount }) => sum + amount, 0n)
  return Promise.all(
    plan.assets.map(async ({ asset }) => ({
      asset,
      stolen: moved(asset, cast.id.hot, cast.id.thief),
      refuge: await chain.balance(addressIn(cast.id.refuge), asset),
      left: await chain.balance(addressIn(cast.id.hot), asset),
    })),
  )
}
