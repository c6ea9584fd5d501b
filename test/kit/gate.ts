/** The gate alone on a stage, with one hot wallet of ether, one token and a refuge. */
import { gateRoom } from '../../src/rooms/gate/index.ts'
import { scene } from './given.ts'

export const CHAIN = 'eip155:1'
export const ETHER = `${CHAIN}/slip44:60`
export const TOKEN = `${CHAIN}/erc20:0x${'7'.repeat(40)}`
export const account = (digit: string): string => `${CHAIN}:0x${digit.repeat(40)}`
export const HOT = account('a')
export const COLD = account('c')
export const REFUGE = account('e')
export const ALICE = account('1')
export const BOB = account('2')
export const HOUR = 3_600_000

export const wallet = {
  wallet: 'hot-1',
  kind: 'hot' as const,
  chain: CHAIN,
  account: HOT,
  refuge: REFUGE,
  assets: [
    { asset: ETHER, symbol: 'ETH', decimals: 18 },
    { asset: TOKEN, symbol: 'TKN', decimals: 6 },
  ],
}
export const limit = { wallet: 'hot-1', asset: ETHER, withdrawal_max: '100', window_max: '300', window_seconds: 3600 }
export const policy = { permit_seconds: 60, landing_seconds: 600, hold_seconds_max: 1200, limits: [limit] }

export const ask = (withdrawal: string, amount = '10', to = ALICE) => ({
  withdrawal,
  wallet: 'hot-1',
  asset: ETHER,
  amount,
  to,
  purpose: 'customer' as const,
})

/** Holdings by asset; they may be changed while the story goes on. */
export function openGate(holdings: Map<string, bigint> = new Map([[ETHER, 10n ** 30n]]), price = 1n) {
  const stage = scene(gateRoom, {
    holding: (_wallet, asset) => holdings.get(asset),
    valueKrw: (asset, amount) => (asset === ETHER ? amount * price : undefined),
  })
  stage.when('wallet.register', wallet)
  stage.when('policy.set', policy)
  return stage
}
export type GateStage = ReturnType<typeof openGate>

interface Told {
  readonly type: string
  readonly data: object
}
/** One member of an event's data, as text. */
export const member = (event: Told | undefined, name: string): string => String(Reflect.get(event?.data ?? {}, name))
export const typesOf = (events: readonly Told[]): string[] => events.map(({ type }) => type)
export const reasonsOf = (events: readonly Told[]): string[] => {
  const reasons: unknown = Reflect.get(events[0]?.data ?? {}, 'reasons')
  return Array.isArray(reasons) ? reasons.map((reason: { code: string }) => reason.code) : []
}

/** Lets time come to `at`, one tick after another as the machine does; what that caused. Ends with a failure where a tick never ends. */
export function passTo(
  stage: GateStage,
  at: number,
  each: (events: ReturnType<GateStage['tick']>, at: number) => void = () => {},
) {
  const all: Told[] = []
  let now = stage.now()
  for (let ticks = 0; ; ticks++) {
    const due = stage.due()
    if (due === undefined || due > at) return all
    if (ticks > 10_000) throw new Error(`ticks go on for ever at ${due}`)
    // What fell due in the past is done now: the machine's time never goes back.
    now = Math.max(now, due)
    const events = stage.tick(now)
    each(events, now)
    all.push(...events)
  }
}
