/** Decides what the chain did to a permit: spent it, or took the spending back. */
import type { Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decision } from '../../machine/room.ts'
import type { commands, events } from './messages.ts'
import { refuse } from './refusals.ts'
import { type GateState, pairOfRow } from './state.ts'
import { NONE } from './store/row-index.ts'
import { amountOf, EVACUATION, idOf, rowOfPermit, STATUS, txOf } from './store/rows.ts'

const unknown = (permit: string): Refusal => refuse('GATE-029', `there is no permit ${permit}`, { field: 'permit' })
const kindOf = (state: GateState, row: number) =>
  state.rows.purpose[row] === EVACUATION ? ('evacuation' as const) : ('withdrawal' as const)

const spentOtherwise = (permit: string, by: string, tx: string): Refusal =>
  refuse('GATE-030', `${permit} was spent by ${by}, not by ${tx}`, { field: 'tx', expected: by })

export function settlePermit(
  state: GateState,
  { permit, tx, amount }: DataOf<typeof commands, 'permit.settle'>,
): Decision<typeof events> {
  const { rows } = state
  const row = rowOfPermit(rows, permit)
  if (row === NONE) return unknown(permit)
  const spentBy = txOf(rows, row)
  if (spentBy !== '') return spentBy === tx ? [] : spentOtherwise(permit, spentBy, tx)
  const permitted = amountOf(rows, row)
  const kind = kindOf(state, row)
  const fits = kind === 'evacuation' ? BigInt(amount) <= BigInt(permitted) : amount === permitted
  if (!fits) {
    const most = kind === 'evacuation' ? 'at most ' : ''
    return refuse('GATE-031', `${permit} allows ${most}${permitted} base units, ${tx} moved ${amount}`, {
      field: 'amount',
      expected: `${most}${permitted}`,
    })
  }
  return [{ type: 'permit.settled', data: { permit, subject: idOf(rows, row), kind, tx, amount } }]
}

export function reopenPermit(
  { rows }: GateState,
  { permit, tx }: DataOf<typeof commands, 'permit.reopen'>,
): Decision<typeof events> {
  const row = rowOfPermit(rows, permit)
  if (row === NONE) return unknown(permit)
  if (rows.status[row] !== STATUS.settled) return []
  const spentBy = txOf(rows, row)
  if (spentBy !== tx) return spentOtherwise(permit, spentBy, tx)
  return [{ type: 'permit.reopened', data: { permit, subject: idOf(rows, row), tx } }]
}

export function noteLanded(
  state: GateState,
  { permit, tx }: DataOf<typeof commands, 'evacuation.note_landed'>,
): Decision<typeof events> {
  const { rows } = state
  const row = rowOfPermit(rows, permit)
  if (row === NONE) return unknown(permit)
  const pair = pairOfRow(state, row)
  if (rows.purpose[row] !== EVACUATION || txOf(rows, row) !== tx || pair === undefined) {
    return refuse('GATE-033', `${permit} is no evacuation that landed by ${tx}`, { field: 'permit' })
  }
  if (state.arrived.has(row)) return []
  const { wallet, asset } = pair
  const amount = state.rescued.get(row) ?? '0'
  return [{ type: 'evacuation.landed', data: { evacuation: idOf(rows, row), permit, wallet, asset, amount, tx } }]
}
