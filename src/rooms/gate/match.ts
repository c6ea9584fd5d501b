/** What the watch asks: whose an account is, which permit covers a movement, and which it resembles without being covered. */
import type { Instant } from '../../kernel/time.ts'
import { NEAR_SCAN_MAX } from './limits.ts'
import type { GateState } from './state.ts'
import { NONE } from './store/row-index.ts'
import { amountOf, EVACUATION, findMove, permitOf, STATUS, toOf } from './store/rows.ts'

/** Accounts and assets in their normal spelling; `amount` in base units, as a decimal string. */
export interface Movement {
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: string
  /** The time of its block: lets a permit that was given up while nobody watched still be recognised. */
  readonly at?: Instant | undefined
}

export function walletByAccount(
  state: GateState,
  account: string,
): { readonly wallet: string; readonly kind: 'hot' | 'warm' | 'cold' } | undefined {
  const wallet = state.wallets.get(state.accounts.get(account) ?? '')
  return wallet && { wallet: wallet.wallet, kind: wallet.kind }
}

/** The first wallet whose refuge this account is. */
export const refugeOf = (state: GateState, account: string): string | undefined => state.refuges.get(account)?.[0]

/** The pair of wallet and asset that a movement takes from. */
const pairOfMove = (state: GateState, { from, asset }: Movement): number =>
  state.wallets.get(state.accounts.get(from) ?? '')?.pairs.get(asset) ?? NONE

/**
 * The oldest unspent permit, other than those in `except`, that covers exactly this movement. An expired one still does: what was
 * signed in time may land later, up to the policy's landing time.
 */
export function permitFor(state: GateState, move: Movement, except: ReadonlySet<string>): string | undefined {
  const pair = pairOfMove(state, move)
  if (pair === NONE) return undefined
  const { rows } = state
  const isFree = (row: number): boolean => rows.pair[row] === pair && !except.has(permitOf(row))
  const open = findMove(rows, 'open', move, isFree)
  if (open !== NONE) return permitOf(open)
  const { at } = move
  if (at !== undefined) {
    const landedInTime = (row: number): boolean =>
      isFree(row) && rows.status[row] === STATUS.unlanded && at <= (rows.landsUntil[row] ?? 0)
    const late = findMove(rows, 'closed', move, landedInTime)
    if (late !== NONE) return permitOf(late)
  }
  return rescueFor(state, move, pair, except)
}

/** A rescue may move less than its ceiling, since fees are paid from what is left. */
function rescueFor(
  state: GateState,
  { from, to, amount }: Movement,
  pair: number,
  except: ReadonlySet<string>,
): string | undefined {
  const wallet = state.wallets.get(state.accounts.get(from) ?? '')
  if (wallet === undefined || wallet.rescuing.length === 0 || to !== wallet.refuge) return undefined
  const { rows } = state
  const row = wallet.rescuing.find(
    (other) =>
      rows.pair[other] === pair && BigInt(amount) <= BigInt(amountOf(rows, other)) && !except.has(permitOf(other)),
  )
  return row === undefined ? undefined : permitOf(row)
}

export interface Near {
  readonly permit: string
  /** `already spent`, `too late`, `amount` or `to`. */
  readonly differs: string
}

/** A permit out of the same account for the same asset that differs in one thing, so that a person sees at once what happened. */
export function nearPermit(state: GateState, move: Movement): Near | undefined {
  const pair = pairOfMove(state, move)
  if (pair === NONE) return undefined
  const { rows } = state
  const spent = findMove(rows, 'closed', move, (row) => rows.pair[row] === pair)
  if (spent !== NONE) {
    return { permit: permitOf(spent), differs: rows.status[spent] === STATUS.settled ? 'already spent' : 'too late' }
  }
  let sameAmount: Near | undefined
  const last = Math.max(0, rows.count - NEAR_SCAN_MAX)
  for (let row = rows.count - 1; row >= last; row--) {
    if (rows.pair[row] !== pair || rows.status[row] !== STATUS.permitted || rows.purpose[row] === EVACUATION) continue
    if (toOf(rows, row) === move.to) return { permit: permitOf(row), differs: 'amount' }
    if (amountOf(rows, row) === move.amount) sameAmount ??= { permit: permitOf(row), differs: 'to' }
  }
  return sameAmount
}

/** The accounts of a chain that a watcher must follow. */
export const accountsOn = (state: GateState, chain: string): string[] =>
  [...state.wallets.values()].filter((wallet) => wallet.chain === chain).map(({ account }) => account)
