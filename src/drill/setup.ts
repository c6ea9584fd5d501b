/** What an operator would have set up long before: wallets, limits, prices, funds, the rule pack and who is told what. */
import { canonical, digestOf } from '../kernel/canonical.ts'
import { DAY_MS } from '../kernel/time.ts'
import type { Message } from '../machine/room.ts'
import type { Plan } from './plan.ts'
import type { Ground } from './played.ts'

/** Limits of a drill: wide enough for the day's payouts, far too narrow for a theft. In parts of the wallet's holding. */
const WITHDRAWAL_PART = 50n
const WINDOW_PART = 2n
const PERMIT_SECONDS = 60
const LANDING_SECONDS = 15 * 60

const assetsOf = (plan: Plan, held: readonly { asset: string }[]) =>
  held.map(({ asset }) => {
    const known = plan.assets.find((item) => item.asset === asset)
    if (known === undefined) throw new Error(`the plan does not describe ${asset}`)
    return { asset, symbol: known.symbol, decimals: known.decimals }
  })

/** A wallet pays a customer's withdrawal only up to its limits; where nobody asks for coins, or none are held, there are none. */
function policy(plan: Plan): Message {
  const part = (amount: bigint, of: bigint): string => (amount / of > 0n ? amount / of : 1n).toString()
  const paying = plan.withdrawals.length > 0 || plan.repaying !== undefined ? plan.wallets : []
  const limits = paying.flatMap(({ wallet, holdings }) =>
    holdings
      .filter(({ amount }) => amount > 0n)
      .map(({ asset, amount }) => {
        const pays = plan.repaying?.wallet === wallet
        const withdrawal_max = pays ? amount.toString() : part(amount, WITHDRAWAL_PART)
        const window_max = pays ? amount.toString() : part(amount, WINDOW_PART)
        return { wallet, asset, withdrawal_max, window_max, window_seconds: DAY_MS / 1000 }
      }),
  )
  const permit_seconds = plan.permitSeconds ?? PERMIT_SECONDS
  return {
    type: 'policy.set',
    data: { permit_seconds, landing_seconds: LANDING_SECONDS, hold_seconds_max: DAY_MS / 1000, limits },
  }
}

function prices(plan: Plan): Message[] {
  const known = plan.assets.flatMap(({ asset, symbol, decimals, krwMicro }) =>
    krwMicro === undefined ? [] : [{ asset, symbol, decimals, krw_micro: krwMicro.toString() }],
  )
  if (known.length === 0) return []
  const source = `prices of the scenario ${plan.scenario}`
  const digest = digestOf(JSON.parse(canonical(known)))
  return [{ type: 'price.load', data: { source, digest, valid_from: plan.startsAt, prices: known } }]
}

/** Who signs the reports of a drill. They stay on this machine, and say what they are. */
function reporter({ platform }: Plan): Message {
  const name = { en: `${platform} (drill)`, ko: `${platform} (훈련)` }
  const unit = { en: 'Information Security Office', ko: '정보보호 담당 부서' }
  return { type: 'reporter.set', data: { platform: name, unit, contact: `security@${platform}.example` } }
}

/** Every authority of the pack, each at an address of the drill's own sinks. */
function recipients({ pack, sinks }: Pick<Ground, 'pack' | 'sinks'>): Message[] {
  const obligations = pack.data.obligations as readonly { authority: string }[]
  return [...new Set(obligations.map(({ authority }) => authority))].map((authority) => {
    const [channel, to] =
      authority === 'customers'
        ? ['webhook', sinks.webhookUrl]
        : ['mail', `${authority.toLowerCase()}@authority.example`]
    return { type: 'recipient.set', data: { authority, language: 'ko', channel, to } }
  })
}

/** The commands, in order; all of them are the operator's. */
export function setupCommands(plan: Plan, ground: Pick<Ground, 'pack' | 'sinks'>): Message[] {
  const wallets = plan.wallets.map(({ holdings, ...wallet }) => ({
    type: 'wallet.register',
    data: { ...wallet, assets: assetsOf(plan, holdings) },
  }))
  const funds = (plan.repaying?.funds ?? []).map(({ fund, krw, evidence }) => ({
    type: 'fund.set',
    data: { fund, krw: krw.toString(), evidence },
  }))
  return [...wallets, policy(plan), ground.pack, reporter(plan), ...recipients(ground), ...prices(plan), ...funds]
}
