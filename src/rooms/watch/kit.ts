/** For tests alone: a gate small enough to hold in the head, and blocks and movements with sensible defaults. */
import type { DataOf } from '../../machine/room.ts'
import type { commands } from './messages.ts'
import type { Movement, WatchNeeds } from './needs.ts'

export const CHAIN = 'eip155:1'
export const ETHER = `${CHAIN}/slip44:60`
export const account = (digit: string): string => `${CHAIN}:0x${digit.repeat(40)}`
export const HOT = account('a')
export const COLD = account('b')
export const REFUGE = account('c')
export const CUSTOMER = account('d')
export const THIEF = account('e')
export const START = 100
export const T = Date.UTC(2026, 0, 5)

export interface KitPermit extends Omit<Movement, 'at'> {
  readonly permit: string
}

/** Wallets `hot` and `cold`, and a refuge of `hot` that is no wallet. The list of permits may change as a test goes on. */
export function book(permits: readonly KitPermit[] = []): WatchNeeds {
  const wallets = new Map([
    [HOT, 'hot'],
    [COLD, 'cold'],
  ])
  return {
    walletByAccount: (of) => {
      const wallet = wallets.get(of)
      return wallet === undefined ? undefined : { wallet, kind: wallet }
    },
    refugeOf: (of) => (of === REFUGE ? 'hot' : undefined),
    permitFor: ({ from, to, asset, amount }, except) =>
      permits.find(
        (p) => p.from === from && p.to === to && p.asset === asset && p.amount === amount && !except.has(p.permit),
      )?.permit,
    nearPermit: ({ from, asset, to }) => {
      const like = permits.find((p) => p.from === from && p.asset === asset && p.to === to)
      return like === undefined ? undefined : { permit: like.permit, differs: 'amount' }
    },
  }
}

type Block = DataOf<typeof commands, 'block.observe'>
type Moved = Block['movements'][number]

export const movement = (tx: string, more: Partial<Moved> = {}): Moved => ({
  tx,
  place: 0,
  from: HOT,
  to: THIEF,
  asset: ETHER,
  amount: '5',
  ...more,
})

export const block = (
  after: number,
  height: number,
  movements: readonly Moved[] = [],
  more: Partial<Block> = {},
): Block => ({
  chain: CHAIN,
  after,
  height,
  hash: `h${height}`,
  block_at: T + height * 12_000,
  part: 0,
  last: true,
  movements: [...movements],
  delegations: [],
  ...more,
})
