/**
 * Every withdrawal that was ever asked for and every permit, one row each, kept as columns: an id that was denied stays denied for
 * ever, so millions of rows must stay in memory and in a snapshot. A withdrawal has at most one permit, so its permit is its row.
 */
import type { Instant } from '../../../kernel/time.ts'
import { hash } from './hash.ts'
import { add, emptyIndex, find, NONE, type RowIndex, remove } from './row-index.ts'

export const STATUS = {
  /** Waits for a person. */
  heldForPerson: 0,
  /** Waits in line until the window has room. */
  heldForWindow: 1,
  denied: 2,
  /** The permit is out: not spent, and not yet given up. */
  permitted: 3,
  settled: 4,
  unlanded: 5,
} as const
export type Status = (typeof STATUS)[keyof typeof STATUS]

/** What a row moves coins for. */
export const PURPOSES = ['customer', 'repayment', 'treasury', 'evacuation'] as const
export type Purpose = (typeof PURPOSES)[number]
export const EVACUATION = PURPOSES.indexOf('evacuation')

export interface Rows {
  /** The withdrawal's id, or the evacuation's. */
  readonly id: string[]
  /** Place in the state's list of pairs (wallet and asset), or `NONE` where the request named none that exist. */
  readonly pair: number[]
  readonly amount: string[]
  readonly to: string[]
  readonly purpose: number[]
  /** Empty where none was given. */
  readonly customer: string[]
  readonly status: number[]
  readonly requestedAt: Instant[]
  /** 0 until there is a permit. */
  readonly issuedAt: Instant[]
  readonly expiresAt: Instant[]
  /** A transfer in a block up to then may still be this permit's. */
  readonly landsUntil: Instant[]
  readonly epoch: number[]
  /** Of its amount in the pair's window. */
  readonly slot: number[]
  /** The transaction that spent the permit; empty where none did. */
  readonly tx: string[]
  readonly nextById: number[]
  readonly nextByMove: number[]
  readonly byId: RowIndex
  /** Permits not spent yet, by destination and amount. */
  readonly open: RowIndex
  /** Permits that are spent (the latest) or were given up, likewise. */
  readonly closed: RowIndex
}

export const emptyRows = (): Rows => ({
  id: [],
  pair: [],
  amount: [],
  to: [],
  purpose: [],
  customer: [],
  status: [],
  requestedAt: [],
  issuedAt: [],
  expiresAt: [],
  landsUntil: [],
  epoch: [],
  slot: [],
  tx: [],
  nextById: [],
  nextByMove: [],
  byId: emptyIndex(),
  open: emptyIndex(),
  closed: emptyIndex(),
})

export interface NewRow {
  readonly id: string
  readonly pair: number
  readonly amount: string
  readonly to: string
  readonly purpose: number
  readonly customer: string
  readonly status: Status
  readonly at: Instant
}

export function addRow(rows: Rows, made: NewRow): number {
  const row = rows.id.length
  rows.id.push(made.id)
  rows.pair.push(made.pair)
  rows.amount.push(made.amount)
  rows.to.push(made.to)
  rows.purpose.push(made.purpose)
  rows.customer.push(made.customer)
  rows.status.push(made.status)
  rows.requestedAt.push(made.at)
  rows.issuedAt.push(0)
  rows.expiresAt.push(0)
  rows.landsUntil.push(0)
  rows.epoch.push(0)
  rows.slot.push(NONE)
  rows.tx.push('')
  rows.nextById.push(NONE)
  rows.nextByMove.push(NONE)
  // Evacuations are found by their wallet; one has many rows.
  if (made.purpose !== EVACUATION) add(rows.byId, rows.nextById, row, (other) => hash(rows.id[other] ?? ''))
  return row
}

/** The withdrawal's row, or `NONE`. */
export const rowOf = (rows: Rows, withdrawal: string): number =>
  find(rows.byId, rows.nextById, hash(withdrawal), (row) => rows.id[row] === withdrawal)

/** A permit is named by its row: no two have one, and a replay gives the same. */
export const permitOf = (row: number): string => `permit-${row}`

/** The row of a permit that was issued, or `NONE`. */
export function rowOfPermit(rows: Rows, permit: string): number {
  const row = /^permit-(0|[1-9][0-9]{0,14})$/.test(permit) ? Number(permit.slice('permit-'.length)) : NONE
  return (rows.expiresAt[row] ?? 0) > 0 ? row : NONE
}

export const statusOf = (rows: Rows, row: number): Status => (rows.status[row] ?? STATUS.denied) as Status

const moveHash = (to: string, amount: string): number => hash(amount, hash(to))
const hashOf = (rows: Rows) => (row: number) => moveHash(rows.to[row] ?? '', rows.amount[row] ?? '')

const isOpen = (status: number): boolean => status === STATUS.permitted
const isClosed = (status: number): boolean => status === STATUS.settled || status === STATUS.unlanded

/** Puts a row where its status says, taking it out of where its former one had put it. `keep` is false for what nobody will look for. */
export function setStatus(rows: Rows, row: number, status: Status, keep = true): void {
  const key = hashOf(rows)
  if (rows.nextByMove[row] !== NONE) {
    remove(isOpen(statusOf(rows, row)) ? rows.open : rows.closed, rows.nextByMove, row, key(row))
  }
  rows.status[row] = status
  if (!keep || (!isOpen(status) && !isClosed(status))) return
  add(isOpen(status) ? rows.open : rows.closed, rows.nextByMove, row, key)
}

/** The first row, oldest first, of that destination and amount that also `fits`; `NONE` where there is none. */
export const findMove = (
  rows: Rows,
  index: 'open' | 'closed',
  { to, amount }: { readonly to: string; readonly amount: string },
  fits: (row: number) => boolean,
): number =>
  find(
    rows[index],
    rows.nextByMove,
    moveHash(to, amount),
    (row) => rows.to[row] === to && rows.amount[row] === amount && fits(row),
  )
