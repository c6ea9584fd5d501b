/** Folds what becomes of withdrawals and permits. */
import { SECOND_MS } from '../../kernel/time.ts'
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import { EVACUATION_LASTS_MS, RECENT_MAX, RESCUE_LANDING_MS } from './limits.ts'
import { join, leave } from './line.ts'
import { wakeLine } from './line-wake.ts'
import type { events } from './messages.ts'
import type { ReasonCode } from './reasons.ts'
import { type GateState, pairOfRow, type Reason, type Wallet } from './state.ts'
import { NONE } from './store/row-index.ts'
import {
  addRow,
  amountOf,
  EVACUATION,
  PURPOSES,
  permitOf,
  rowOf,
  rowOfPermit,
  STATUS,
  type Status,
  setStatus,
  setTx,
} from './store/rows.ts'
import { setTimer, TIMER } from './store/timers.ts'
import { adjust, drop, push } from './store/window.ts'

type Request = DataOf<typeof events, 'withdrawal.denied'>
type Issued = DataOf<typeof events, 'permit.issued'>

export const WINDOW_REASON: ReasonCode = 'GATE-012'

const landingMs = (state: GateState): number =>
  state.policy === undefined ? RESCUE_LANDING_MS : state.policy.landing_seconds * SECOND_MS

function walletOfRow(state: GateState, row: number): Wallet | undefined {
  const pair = pairOfRow(state, row)
  return pair === undefined ? undefined : state.wallets.get(pair.wallet)
}

const unitsOf = ({ rows }: GateState, row: number): bigint => BigInt(amountOf(rows, row))

/** The request's row: a new one, or the one that was held. */
function takeRow(state: GateState, request: Omit<Request, 'reasons'>, status: Status, at: number): number {
  const known = rowOf(state.rows, request.withdrawal)
  if (known !== NONE) return known
  const pair = state.wallets.get(request.wallet)?.pairs.get(request.asset) ?? NONE
  const { withdrawal: id, amount, to, customer = '' } = request
  const row = addRow(state.rows, {
    id,
    pair,
    amount,
    to,
    customer,
    status,
    at,
    purpose: PURPOSES.indexOf(request.purpose),
  })
  if (pair === NONE) state.strays.set(row, { wallet: request.wallet, asset: request.asset })
  return row
}

/** Ends a hold of whichever kind; nothing for a row that was not held. `status` is its new one. */
function endHold(state: GateState, row: number, status: Status): void {
  const { rows } = state
  const waited = rows.status[row] === STATUS.heldForWindow && state.until.has(row)
  setStatus(rows, row, status)
  state.until.delete(row)
  state.reasons.delete(row)
  if (status !== STATUS.heldForWindow) state.released.delete(row)
  const pair = pairOfRow(state, row)
  if (!waited || pair === undefined) return
  leave(pair.line, unitsOf(state, row), (other) => rows.status[other] === STATUS.heldForWindow)
  wakeLine(state, rows.pair[row] ?? NONE)
}

function hold(
  state: GateState,
  { reasons, until, ...request }: DataOf<typeof events, 'withdrawal.held'>,
  at: number,
): void {
  const inLine = reasons[0]?.code === WINDOW_REASON
  const status = inLine ? STATUS.heldForWindow : STATUS.heldForPerson
  const row = takeRow(state, request, status, at)
  endHold(state, row, status)
  state.until.set(row, until)
  state.reasons.set(row, reasons)
  const pair = pairOfRow(state, row)
  if (inLine && pair !== undefined) {
    join(pair.line, row, unitsOf(state, row))
    wakeLine(state, state.rows.pair[row] ?? NONE)
  } else setTimer(state.timers, { at: until, kind: TIMER.hold, ref: row })
}

function deny(state: GateState, { reasons, ...request }: Request, at: number): void {
  const row = takeRow(state, request, STATUS.denied, at)
  endHold(state, row, STATUS.denied)
  state.reasons.set(row, reasons as readonly Reason[])
}

function stamp(state: GateState, row: number, permit: Issued): void {
  // The permit's name is its row: a fold that put it elsewhere would give one permit's spending to another.
  if (permit.permit !== permitOf(row)) throw new Error(`${permit.permit} would stand in row ${row}`)
  const { rows } = state
  rows.issuedAt[row] = permit.issued_at
  rows.expiresAt[row] = permit.expires_at
  rows.epoch[row] = permit.halt_epoch
  awaitLanding(state, row, permit.issued_at)
}

function awaitLanding(state: GateState, row: number, from: number): void {
  const at = from + landingMs(state)
  state.rows.landsUntil[row] = at
  setTimer(state.timers, { at, kind: TIMER.landing, ref: row })
}

function permitWithdrawal(state: GateState, permit: Issued, at: number): void {
  if (permit.request === undefined) throw new Error(`${permit.permit} has no request`)
  const row = takeRow(state, permit.request, STATUS.permitted, at)
  endHold(state, row, STATUS.permitted)
  stamp(state, row, permit)
  const pair = pairOfRow(state, row)
  if (pair !== undefined) {
    drop(pair.window, at - (pair.limit?.windowMs ?? 0))
    state.rows.slot[row] = push(pair.window, at, unitsOf(state, row))
    if (pair.wakeAt > 0) wakeLine(state, state.rows.pair[row] ?? NONE)
  }
  const wallet = walletOfRow(state, row)
  if (wallet !== undefined) wallet.open += 1
}

function permitRescue(state: GateState, permit: Issued, at: number): void {
  const wallet = state.wallets.get(permit.wallet)
  const pair = wallet?.pairs.get(permit.asset)
  if (wallet === undefined || pair === undefined)
    throw new Error(`${permit.permit} is for an asset that ${permit.wallet} has not`)
  const { subject: id, amount, to } = permit
  const status = STATUS.permitted
  const row = addRow(state.rows, { id, pair, amount, to, customer: '', status, at, purpose: EVACUATION })
  stamp(state, row, permit)
  wallet.open += 1
  wallet.rescues.set(pair, row)
  wallet.rescuing.push(row)
  if (permit.expires_at < (wallet.evacuation?.endsAt ?? 0)) {
    setTimer(state.timers, { at: permit.expires_at, kind: TIMER.renew, ref: row })
  }
}

const isRescue = (state: GateState, row: number): boolean => state.rows.purpose[row] === EVACUATION

/** Takes a permit from its present status to the next, with all that counts by status. */
function turnPermit(state: GateState, row: number, status: Status): void {
  const { rows } = state
  const before = rows.status[row]
  const wallet = walletOfRow(state, row)
  const rescue = isRescue(state, row)
  setStatus(rows, row, status, !rescue)
  if (wallet === undefined) return
  if (before === STATUS.permitted) wallet.open -= 1
  if (before === STATUS.settled) wallet.settled -= 1
  if (before === STATUS.unlanded) wallet.unlanded -= 1
  if (status === STATUS.permitted) wallet.open += 1
  if (status === STATUS.settled) wallet.settled += 1
  if (status === STATUS.unlanded) wallet.unlanded += 1
  if (rescue) {
    wallet.rescuing = wallet.rescuing.filter((other) => other !== row)
    if (status === STATUS.permitted) wallet.rescuing.push(row)
  } else giveBack(state, row, before === STATUS.unlanded, status === STATUS.unlanded)
}

/** A permit that never landed gives its amount back to the window; should it land after all, it counts again. */
function giveBack(state: GateState, row: number, was: boolean, is: boolean): void {
  const slot = state.rows.slot[row] ?? NONE
  const pair = pairOfRow(state, row)
  if (was === is || slot === NONE || pair === undefined) return
  adjust(pair.window, slot, is ? -unitsOf(state, row) : unitsOf(state, row))
  if (pair.wakeAt > 0) wakeLine(state, state.rows.pair[row] ?? NONE)
}

function settle(state: GateState, data: DataOf<typeof events, 'permit.settled'>): void {
  const row = rowOfPermit(state.rows, data.permit)
  turnPermit(state, row, STATUS.settled)
  setTx(state.rows, row, data.tx)
  if (isRescue(state, row)) {
    state.rescued.set(row, data.amount)
    return
  }
  state.recent.push(row)
  if (state.recent.length < RECENT_MAX * 2) return
  for (const old of state.recent.splice(0, RECENT_MAX)) {
    if (state.rows.status[old] === STATUS.settled) setStatus(state.rows, old, STATUS.settled, false)
  }
}

function reopen(state: GateState, data: DataOf<typeof events, 'permit.reopened'>, { at }: Happened): void {
  const row = rowOfPermit(state.rows, data.permit)
  turnPermit(state, row, STATUS.permitted)
  setTx(state.rows, row, '')
  state.rescued.delete(row)
  state.arrived.delete(row)
  awaitLanding(state, row, at)
}

export const moveFolds = {
  'withdrawal.held': (state, data, { at }) => hold(state, data, at),
  'withdrawal.denied': (state, data, { at }) => deny(state, data, at),
  'withdrawal.released': (state, { withdrawal }) => void state.released.add(rowOf(state.rows, withdrawal)),
  'permit.issued': (state, permit, { at }) =>
    permit.kind === 'evacuation' ? permitRescue(state, permit, at) : permitWithdrawal(state, permit, at),
  'permit.settled': settle,
  'permit.reopened': reopen,
  'permit.unlanded': (state, { permit }) => turnPermit(state, rowOfPermit(state.rows, permit), STATUS.unlanded),
  'evacuation.ordered': (state, { evacuation, wallet, reason }, { at }) => {
    const robbed = state.wallets.get(wallet)
    if (robbed !== undefined) robbed.evacuation = { evacuation, reason, endsAt: at + EVACUATION_LASTS_MS }
  },
  'evacuation.landed': (state, { permit }) => void state.arrived.add(rowOfPermit(state.rows, permit)),
} satisfies Partial<Evolve<GateState, typeof events>>
