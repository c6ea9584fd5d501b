/** Builds what a live drill is played on: chain, tokens, accounts, Pasu, the signer and its door. Whatever was begun is ended again. */
import { randomBytes } from 'node:crypto'
import { parseEther } from 'viem'
import { holdingOf } from '../../rooms/watch/index.ts'
import { ask } from '../ask.ts'
import type { Plan } from '../plan.ts'
import type { Ground } from '../played.ts'
import type { Anvil } from './anvil.ts'
import { type Cast, castFor } from './cast.ts'
import { CHAIN, LiveChain, NATIVE } from './chain.ts'
import { type Door, openDoor } from './door.ts'
import { chainFeed } from './feed.ts'
import { openPasu, type Pasu } from './pasu.ts'
import { Payouts } from './payouts.ts'
import { readDrafts } from './people.ts'
import { type LiveScenario, livePlan, units } from './scenario.ts'
import { LiveSigner } from './signer.ts'
import { compileToken, deployTokens } from './token.ts'
import { Errands, until } from './wait.ts'

/** What an account needs of its own for fees: the deployer's, and the thief's, who pays his onward transfers with it. */
export const POCKET_MONEY = parseEther('1')

export interface Stage {
  readonly plan: Plan
  readonly cast: Cast
  readonly chain: LiveChain
  readonly pasu: Pasu
  readonly signer: LiveSigner
  readonly door: Door
  /** Opens the signer's door; not more. */
  readonly credential: string
  readonly payouts: Payouts
  readonly errands: Errands
  /** Reads the chain and carries the outbox no further. The deployment stays open, for the report. */
  end(): Promise<void>
}

export async function setStage(scenario: LiveScenario, seed: number, ground: Ground, anvil: Anvil): Promise<Stage> {
  const chain = new LiveChain(anvil.url)
  const cast = castFor(CHAIN)
  const assets = await coins(scenario, chain, cast)
  const plan = livePlan(scenario, cast, assets, Date.now(), seed)
  const errands = new Errands()
  let door: Door | undefined
  const feed = chainFeed(chain, () => plan.labels)
  const pasu = openPasu(ground, feed, () => `${door?.url}/evacuate`)
  const { deployment } = pasu
  const credential = randomBytes(32).toString('base64url')
  const signer = new LiveSigner({
    chain,
    wallets: [
      { account: cast.id.hot, key: cast.people.hot, refuge: cast.id.refuge },
      { account: cast.id.warm, key: cast.people.warm },
    ],
    issuer: plan.platform,
    keys: deployment.jwks,
    haltEpoch: async () => (await ask<{ readonly halt_epoch: number }>(deployment, '/v1/halts')).halt_epoch,
    feeReserve: units(scenario.fee_reserve, scenario.assets[0]?.decimals ?? 0),
    now: Date.now,
  })
  const end = async (): Promise<void> => {
    await errands.stop()
    await pasu.rest()
    await signer.stop()
    await door?.close()
  }
  try {
    door = await openDoor(signer, credential)
    const payouts = new Payouts({ deployment, errands, signer: door.url, credential })
    readDrafts(deployment, plan.response.approveAfterMs, errands)
    await pasu.begin(plan, anvil.url)
    await until('the first balances', () => holdingsKnown(pasu, plan))
    return { plan, cast, chain, pasu, signer, door, credential, payouts, errands, end }
  } catch (fault) {
    await end()
    await deployment.close()
    throw fault
  }
}

/** The chain's own coin for those who need it, and the tokens. Returns the assets in the order of the scenario. */
async function coins({ assets }: LiveScenario, chain: LiveChain, { people }: Cast): Promise<string[]> {
  const [native, ...tokens] = assets.map(({ hot, warm, decimals, ...asset }) => ({
    ...{ ...asset, decimals },
    shares: [
      { to: people.hot.address, amount: units(hot, decimals) },
      { to: people.warm.address, amount: units(warm, decimals) },
    ],
  }))
  for (const { to, amount } of native?.shares ?? []) await chain.mint(to, amount)
  for (const { address } of [people.deployer, people.thief]) await chain.mint(address, POCKET_MONEY)
  return [NATIVE, ...(await deployTokens(chain, people.deployer, compileToken(), tokens))]
}

const holdingsKnown = ({ deployment }: Pasu, plan: Plan): boolean =>
  plan.wallets.every(({ wallet, holdings }) =>
    holdings.every(({ asset }) => (holdingOf(deployment.app.rooms.watch.state, wallet, asset) ?? 0n) > 0n),
  )
