/**
 * Every withdrawal that was ever asked for and every permit, one row each, kept as columns: an id that was denied stays denied for
 * ever, so millions of rows must stay in memory and in a snapshot. A withdrawal has at most one permit, so its permit is its row.
 */
import type { Instant } from '../../../kernel/time.ts'
import { type Columns, emptyColumns, emptyHeap, type Heap, keep, makeRoom, NO_RECORD, textAt } from './columns.ts'
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

const LAYOUT = {
  /** Place in the state's list of pairs (wallet and asset), or `NONE` where the request named none that exist. */
  pair: Int32Array,
  purpose: Uint8Array,
  status: Uint8Array,
  requestedAt: Float64Array,
  /** 0 until there is a permit. */
  issuedAt: Float64Array,
  expiresAt: Float64Array,
  /** A transfer in a block up to then may still be this permit's. */
  landsUntil: Float64Array,
  epoch: Uint32Array,
  /** Of its amount in the pair's window. */
  slot: Int32Array,
  /** What was asked for, as a record of `texts`. */
  request: Float64Array,
  /** The transaction that spent the permit, likewise; none where none did. */
  spentBy: Float64Array,
  idHash: Uint32Array,
  moveHash: Uint32Array,
  nextById: Int32Array,
  nextByMove: Int32Array,
} as const

/** Cells from `count` on mean nothing yet. */
export interface Rows extends Columns<typeof LAYOUT> {
  count: number
  readonly texts: Heap
  readonly byId: RowIndex
  /** Permits not spent yet, by destination and amount. */
  readonly open: RowIndex
  /** Permits that are spent (the latest) or were given up, likewise. */
  readonly closed: RowIndex
}

export const emptyRows = (): Rows => ({
  ...emptyColumns(LAYOUT),
  count: 0,
  texts: emptyHeap(),
  byId: emptyIndex(),
  open: emptyIndex(),
  closed: emptyIndex(),
})

export interface NewRow {
  /** The withdrawal's id, or the evacuation's. */
  readonly id: string
  readonly pair: number
  readonly amount: string
  readonly to: string
  readonly purpose: number
  /** Empty where none was given. */
  readonly customer: string
  readonly status: Status
  readonly at: Instant
}

export function addRow(rows: Rows, made: NewRow): number {
  const row = rows.count
  makeRoom(LAYOUT, rows, row + 1)
  rows.count = row + 1
  rows.pair[row] = made.pair
  rows.purpose[row] = made.purpose
  rows.status[row] = made.status
  rows.requestedAt[row] = made.at
  rows.slot[row] = NONE
  rows.request[row] = keep(rows.texts, [made.id, made.to, made.amount, made.customer])
  rows.idHash[row] = hash(made.id)
  rows.moveHash[row] = moveHash(made.to, made.amount)
  rows.nextById[row] = NONE
  rows.nextByMove[row] = NONE
  // Evacuations are found by their wallet; one has many rows.
  if (made.purpose !== EVACUATION) add(rows.byId, rows.nextById, row, (other) => rows.idHash[other] ?? 0)
  return row
}

const textOf = (place: number) => (rows: Rows, row: number) => textAt(rows.texts, rows.request[row] ?? NO_RECORD, place)

/** Texts of a row in the order in which `addRow` keeps them; empty for a row that is not there. */
export const idOf = textOf(0)
export const toOf = textOf(1)
export const amountOf = textOf(2)
export const customerOf = textOf(3)

/** Empty where no transaction spent the permit. */
export const txOf = (rows: Rows, row: number): string => textAt(rows.texts, rows.spentBy[row] ?? NO_RECORD, 0)

export function setTx(rows: Rows, row: number, tx: string): void {
  rows.spentBy[row] = tx === '' ? NO_RECORD : keep(rows.texts, [tx])
}

/** The withdrawal's row, or `NONE`. */
export const rowOf = (rows: Rows, withdrawal: string): number => findId(rows, withdrawal, hash(withdrawal))

const findId = (rows: Rows, id: string, hashed: number): number =>
  find(rows.byId, rows.nextById, hashed, (row) => rows.idHash[row] === hashed && idOf(rows, row) === id)

/** A permit is named by its row: no two have one, and a replay gives the same. */
export const permitOf = (row: number): string => `permit-${row}`

/** The row of a permit that was issued, or `NONE`. */
export function rowOfPermit(rows: Rows, permit: string): number {
  const row = /^permit-(0|[1-9][0-9]{0,14})$/.test(permit) ? Number(permit.slice('permit-'.length)) : NONE
  return (rows.expiresAt[row] ?? 0) > 0 ? row : NONE
}

export const statusOf = (rows: Rows, row: number): Status => (rows.status[row] ?? STATUS.denied) as Status

const moveHash = (to: string, amount: string): number => hash(amount, hash(to))
const hashOf = (rows: Rows) => (row: number) => rows.moveHash[row] ?? 0

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
export function findMove(
  rows: Rows,
  index: 'open' | 'closed',
  { to, amount }: { readonly to: string; readonly amount: string },
  fits: (row: number) => boolean,
): number {
  const hashed = moveHash(to, amount)
  const isIt = (row: number): boolean =>
    rows.moveHash[row] === hashed && fits(row) && toOf(rows, row) === to && amountOf(rows, row) === amount
  return find(rows[index], rows.nextByMove, hashed, isIt)
}
