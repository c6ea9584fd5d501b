/** What the gate remembers. Plain data: it survives structured cloning; only the folds change it. */
import { chainOf } from '../../kernel/caip.ts'
import type { Instant } from '../../kernel/time.ts'
import type { DataOf } from '../../machine/room.ts'
import { emptyLine, type Line } from './line.ts'
import type { commands, events } from './messages.ts'
import { EVACUATION, emptyRows, type Rows, STATUS } from './store/rows.ts'
import { emptyTimers, TIMER, type Timer, type Timers } from './store/timers.ts'
import { emptyWindow, type Window } from './store/window.ts'

export type Policy = Omit<DataOf<typeof commands, 'policy.set'>, 'limits'>
export type Reason = DataOf<typeof events, 'withdrawal.denied'>['reasons'][number]

export interface Limit {
  readonly withdrawalMax: bigint
  readonly windowMax: bigint
  readonly windowMs: number
}

/** One asset of one wallet. */
export interface Pair {
  readonly wallet: string
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  limit: Limit | undefined
  window: Window
  readonly line: Line
  /** When the first of the line may fit; 0 where nobody waits. */
  wakeAt: Instant
}

/** The rescue of a wallet under way. After `endsAt` its permits are no longer renewed, and a new order starts another one. */
export interface Evacuation {
  readonly evacuation: string
  readonly reason: string
  readonly endsAt: Instant
}

export interface Wallet {
  readonly wallet: string
  readonly kind: 'hot' | 'warm' | 'cold'
  readonly chain: string
  readonly account: string
  refuge: string | undefined
  /** Asset -> place in the state's pairs, in the order of registration. */
  readonly pairs: Map<string, number>
  open: number
  settled: number
  unlanded: number
  evacuation: Evacuation | undefined
  /** Pair -> the latest permit of an evacuation for it. */
  readonly rescues: Map<number, number>
  /** Rows of evacuation permits that are out, oldest first. */
  rescuing: number[]
}

export interface DenyList {
  readonly source: string
  readonly digest: string
  readonly addresses: number
  readonly at: Instant
}

export interface Halt {
  readonly reason: string
  readonly since: Instant
  readonly by: string
  /** What the machine saw, where it halted by itself: told in the reader's language, where the reason is in one. */
  readonly alarm: DataOf<typeof events, 'halt.raised'>['alarm'] | null
}

export interface GateState {
  readonly wallets: Map<string, Wallet>
  /** Account -> wallet. */
  readonly accounts: Map<string, string>
  /** Refuge -> the wallets whose refuge it is. */
  readonly refuges: Map<string, string[]>
  readonly pairs: Pair[]
  policy: Policy | undefined
  readonly denyLists: Map<string, DenyList>
  /** `eip155:1:0x…` or `*:0x…` -> the lists that name it. */
  readonly denied: Map<string, string[]>
  readonly halts: Map<string, Halt>
  haltEpoch: number
  readonly rows: Rows
  /** Only for rows that wait: by when it is decided. */
  readonly until: Map<number, Instant>
  /** Only for rows that are held or denied. */
  readonly reasons: Map<number, readonly Reason[]>
  /** Held rows that a person has released, and that now wait for the window. */
  readonly released: Set<number>
  /** Denied requests for a wallet or an asset that does not exist: what they named. */
  readonly strays: Map<number, { readonly wallet: string; readonly asset: string }>
  /** Spent evacuation permits -> what really moved: their amount is a ceiling. */
  readonly rescued: Map<number, string>
  /** Those of them whose arrival was noted. */
  readonly arrived: Set<number>
  /** The latest spent permits, oldest first: a transfer that repeats one of them is explained by it. */
  recent: number[]
  readonly timers: Timers
}

export const initial = (): GateState => ({
  wallets: new Map(),
  accounts: new Map(),
  refuges: new Map(),
  pairs: [],
  policy: undefined,
  denyLists: new Map(),
  denied: new Map(),
  halts: new Map(),
  haltEpoch: 0,
  rows: emptyRows(),
  until: new Map(),
  reasons: new Map(),
  released: new Set(),
  strays: new Map(),
  rescued: new Map(),
  arrived: new Set(),
  recent: [],
  timers: emptyTimers(),
})

export const newPair = (wallet: string, asset: { asset: string; symbol: string; decimals: number }): Pair => ({
  wallet,
  asset: asset.asset,
  symbol: asset.symbol,
  decimals: asset.decimals,
  limit: undefined,
  window: emptyWindow(),
  line: emptyLine(),
  wakeAt: 0,
})

export function pairOf(state: GateState, wallet: string, asset: string): Pair | undefined {
  const place = state.wallets.get(wallet)?.pairs.get(asset)
  return place === undefined ? undefined : state.pairs[place]
}

/** The pair of a row; `undefined` for a denied request that named none. */
export const pairOfRow = (state: GateState, row: number): Pair | undefined => state.pairs[state.rows.pair[row] ?? -1]

/** The scope that halts it, the widest first; `undefined` where nothing does. */
export function haltOf(state: GateState, wallet: string, asset: string): string | undefined {
  if (state.halts.size === 0) return undefined
  const scopes = ['all', `chain:${chainOf(asset)}`, `wallet:${wallet}`, `asset:${asset}`]
  return scopes.find((scope) => state.halts.has(scope))
}

/** Whether a timer still means something. */
export function counts(state: GateState, { at, kind, ref }: Timer): boolean {
  const { rows } = state
  switch (kind) {
    case TIMER.landing:
      return rows.status[ref] === STATUS.permitted && rows.landsUntil[ref] === at
    case TIMER.hold:
      return rows.status[ref] === STATUS.heldForPerson && state.until.get(ref) === at
    case TIMER.wake:
      return state.pairs[ref]?.wakeAt === at
    case TIMER.renew:
      return rows.status[ref] === STATUS.permitted && rows.purpose[ref] === EVACUATION && isLatestRescue(state, ref)
  }
}

function isLatestRescue(state: GateState, row: number): boolean {
  const pair = pairOfRow(state, row)
  const wallet = pair === undefined ? undefined : state.wallets.get(pair.wallet)
  return wallet?.rescues.get(state.rows.pair[row] ?? -1) === row
}
