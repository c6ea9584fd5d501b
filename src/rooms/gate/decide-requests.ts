/** Decides withdrawals: permitted, held or denied, with every reason that applies. */
import { addressOf, chainOf, normalAccount, normalAsset } from '../../kernel/caip.ts'
import { type Instant, SECOND_MS, utc } from '../../kernel/time.ts'
import type { DataOf, Decision, Turn } from '../../machine/room.ts'
import { denyKeysOf, isAddress } from './address.ts'
import { WINDOW_REASON } from './fold-moves.ts'
import { first } from './line.ts'
import type { commands, events, GateEvent } from './messages.ts'
import type { GateNeeds } from './needs.ts'
import type { ReasonCode } from './reasons.ts'
import { refuse } from './refusals.ts'
import {
  type GateState,
  haltOf,
  type Limit,
  type Pair,
  type Policy,
  pairOf,
  type Reason,
  type Wallet,
} from './state.ts'
import { NONE } from './store/row-index.ts'
import { amountOf, customerOf, idOf, PURPOSES, permitOf, rowOf, STATUS, toOf } from './store/rows.ts'
import { freeAt, sumAfter } from './store/window.ts'

export type Request = DataOf<typeof commands, 'withdrawal.request'>
type Asked = { readonly state: GateState; readonly turn: Turn<GateNeeds> }

const because = (code: ReasonCode, detail: string): Reason => ({ code, detail })

export function requestWithdrawal(state: GateState, data: Request, turn: Turn<GateNeeds>): Decision<typeof events> {
  const request = { ...data, asset: normalAsset(data.asset), to: normalAccount(data.to) }
  const row = rowOf(state.rows, request.withdrawal)
  if (row === NONE) return [judge({ state, turn }, request, false)]
  const changed = changedField(state, row, request)
  if (changed === undefined) return []
  return refuse('GATE-020', `withdrawal ${request.withdrawal} was asked for before with another ${changed}`, {
    field: changed,
  })
}

/** The request that a row came from. */
export function requestOfRow(state: GateState, row: number): Request {
  const { rows } = state
  const { wallet = '', asset = '' } = state.pairs[rows.pair[row] ?? NONE] ?? state.strays.get(row) ?? {}
  const customer = customerOf(rows, row)
  return {
    withdrawal: idOf(rows, row),
    wallet,
    asset,
    amount: amountOf(rows, row),
    to: toOf(rows, row),
    purpose: PURPOSES[rows.purpose[row] ?? 0] as Request['purpose'],
    ...(customer === '' ? {} : { customer }),
  }
}

function changedField(state: GateState, row: number, request: Request): string | undefined {
  const before = requestOfRow(state, row)
  const fields = ['wallet', 'asset', 'amount', 'to', 'purpose', 'customer'] as const
  return fields.find((field) => before[field] !== request[field])
}

/** One outcome. `seen` where a person has released it: then only the window may still hold it. */
export function judge({ state, turn }: Asked, request: Request, seen: boolean): GateEvent {
  const { policy } = state
  const wallet = state.wallets.get(request.wallet)
  const pair = pairOf(state, request.wallet, request.asset)
  const amount = BigInt(request.amount)
  const reasons = denials({ state, turn }, request, amount)
  if (wallet === undefined || pair?.limit === undefined || policy === undefined || reasons.length > 0) {
    return { type: 'withdrawal.denied', data: { ...request, reasons } }
  }
  const wishes = seen ? [] : personWishes(wallet, pair, pair.limit, amount)
  if (wishes.length > 0) {
    const until = turn.at + policy.hold_seconds_max * SECOND_MS
    return { type: 'withdrawal.held', data: { ...request, reasons: wishes, until } }
  }
  const wait = waitFor(state, pair, pair.limit, request.withdrawal, amount, turn.at)
  if (wait === 'full') {
    const full = because('GATE-010', `${pair.line.waiting} base units wait already of at most ${pair.limit.windowMax}`)
    return { type: 'withdrawal.denied', data: { ...request, reasons: [full] } }
  }
  if (wait !== 'now') {
    const held = because(WINDOW_REASON, `waits for room in the window, at the latest until ${utc(wait)}`)
    return { type: 'withdrawal.held', data: { ...request, reasons: [held], until: wait } }
  }
  return permit(state, policy, wallet, request, turn.at)
}

function permit(state: GateState, policy: Policy, wallet: Wallet, request: Request, at: Instant): GateEvent {
  const known = rowOf(state.rows, request.withdrawal)
  return {
    type: 'permit.issued',
    data: {
      permit: permitOf(known === NONE ? state.rows.count : known),
      kind: 'withdrawal',
      subject: request.withdrawal,
      wallet: request.wallet,
      from: wallet.account,
      to: request.to,
      asset: request.asset,
      amount: request.amount,
      issued_at: at,
      expires_at: at + policy.permit_seconds * SECOND_MS,
      halt_epoch: state.haltEpoch,
      request,
    },
  }
}

function denials({ state, turn }: Asked, request: Request, amount: bigint): Reason[] {
  const { wallet: name, asset } = request
  const wallet = state.wallets.get(name)
  if (wallet === undefined) return [because('GATE-001', `there is no wallet ${name}`)]
  const pair = pairOf(state, name, asset)
  if (pair === undefined) return [because('GATE-002', `wallet ${name} does not hold ${asset}`)]
  const reasons = destinationDenials(state, request, wallet)
  const halt = haltOf(state, name, asset)
  if (halt !== undefined) reasons.push(because('GATE-007', `withdrawals are halted: ${halt}`))
  if (pair.limit === undefined) reasons.push(because('GATE-003', `no limit is set for ${asset} in ${name}`))
  else if (amount > pair.limit.windowMax) {
    reasons.push(because('GATE-009', `${amount} base units are more than the window's ${pair.limit.windowMax}`))
  }
  const holding = turn.needs.holding(name, asset)
  if (holding !== undefined && amount > holding) {
    reasons.push(because('GATE-008', `${name} holds ${holding} base units of ${asset}, ${amount} were asked for`))
  }
  return reasons
}

function destinationDenials(state: GateState, { to, purpose }: Request, wallet: Wallet): Reason[] {
  const reasons: Reason[] = []
  // Asked of every request, so without taking the ids apart: the wallet's chain, a colon, and an address.
  if (!to.startsWith(wallet.chain) || to[wallet.chain.length] !== ':') {
    reasons.push(because('GATE-004', `${to} is on ${chainOf(to)}, the asset on ${wallet.chain}`))
  } else if (!isAddress(to)) reasons.push(because('GATE-004', `${addressOf(to)} is not an address of ${wallet.chain}`))
  const ours = state.accounts.has(to) || state.refuges.has(to)
  if (to === wallet.account || (ours && purpose !== 'treasury')) {
    reasons.push(because('GATE-005', `${addressOf(to)} belongs to the platform`))
  }
  const lists = state.denied.size === 0 ? [] : denyingLists(state, to)
  if (lists.length > 0) reasons.push(because('GATE-006', `${addressOf(to)} is on ${lists.join(', ')}`.slice(0, 500)))
  return reasons
}

/** The lists that name an account. */
export function denyingLists({ denied }: GateState, account: string): readonly string[] {
  const [own, anywhere] = denyKeysOf(account)
  const [here, there] = [denied.get(own), denied.get(anywhere)]
  if (here === undefined) return there ?? []
  return there === undefined ? here : [...new Set([...here, ...there])]
}

function personWishes(wallet: Wallet, pair: Pair, limit: Limit, amount: bigint): Reason[] {
  const reasons: Reason[] = []
  if (wallet.kind === 'cold') reasons.push(because('GATE-013', `${wallet.wallet} is a cold wallet`))
  if (amount > limit.withdrawalMax) {
    reasons.push(
      because('GATE-011', `${amount} base units of ${pair.symbol} are over the limit of ${limit.withdrawalMax}`),
    )
  }
  return reasons
}

/**
 * When the window surely has room: `now`, at a later instant, or `full` where it can't be said. Whoever comes while others wait, waits behind them; since the line never
 * holds more than one whole window, everybody in it fits together once enough of what is in the window has left it.
 */
function waitFor(
  state: GateState,
  { window, line }: Pair,
  { windowMax, windowMs }: Limit,
  withdrawal: string,
  amount: bigint,
  at: Instant,
): Instant | 'now' | 'full' {
  const head = first(line)
  const isHead = head !== undefined && idOf(state.rows, head) === withdrawal
  if (head === undefined || isHead) {
    if (sumAfter(window, at - windowMs) + amount <= windowMax) return 'now'
    return isHead ? (state.until.get(head) ?? at) : freeAt(window, windowMax - amount, windowMs)
  }
  const waiting = line.waiting + amount
  return waiting > windowMax ? 'full' : Math.max(at + 1, freeAt(window, windowMax - waiting, windowMs))
}

export function releaseWithdrawal(
  state: GateState,
  { withdrawal, reason }: DataOf<typeof commands, 'withdrawal.release'>,
  turn: Turn<GateNeeds>,
): Decision<typeof events> {
  const row = rowOf(state.rows, withdrawal)
  if (row === NONE) return refuse('GATE-021', `there is no withdrawal ${withdrawal}`, { field: 'withdrawal' })
  if (state.rows.status[row] !== STATUS.heldForPerson) {
    return refuse('GATE-022', `withdrawal ${withdrawal} does not wait for a person`, { field: 'withdrawal' })
  }
  const request = requestOfRow(state, row)
  const halt = haltOf(state, request.wallet, request.asset)
  if (halt !== undefined) return refuse('GATE-023', `${halt} is halted, so ${withdrawal} can not be released`)
  const released: GateEvent = { type: 'withdrawal.released', data: { withdrawal, reason } }
  return [released, judge({ state, turn }, request, true)]
}

export function rejectWithdrawal(
  state: GateState,
  { withdrawal, reason }: DataOf<typeof commands, 'withdrawal.reject'>,
): Decision<typeof events> {
  const row = rowOf(state.rows, withdrawal)
  if (row === NONE) return refuse('GATE-021', `there is no withdrawal ${withdrawal}`, { field: 'withdrawal' })
  if (!state.until.has(row)) {
    return refuse('GATE-022', `withdrawal ${withdrawal} is not held any more`, { field: 'withdrawal' })
  }
  return [{ type: 'withdrawal.denied', data: { ...requestOfRow(state, row), reasons: [because('GATE-015', reason)] } }]
}

/** A hold whose time is up, or the first of a line whose turn has come. Always one event, so that its timer is spent. */
export function decideHeld(asked: Asked, row: number): GateEvent {
  const { state, turn } = asked
  const request = requestOfRow(state, row)
  const until = state.until.get(row) ?? turn.at
  if (state.rows.status[row] === STATUS.heldForWindow) {
    const event = judge(asked, request, state.released.has(row))
    if (event.type !== 'withdrawal.held') return event
    // Since it was last decided the policy may have come to ask for a person.
    if (event.data.reasons[0]?.code !== WINDOW_REASON) return event
  }
  const late = because('GATE-014', `it waited until ${utc(until)} and its time is up`)
  return { type: 'withdrawal.denied', data: { ...request, reasons: [late] } }
}
