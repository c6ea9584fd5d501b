/** Transfers from a CSV, in one of two layouts: base units with assets, or the US dollars of a published ground truth. */
import type { Refusal } from '../../kernel/refusal.ts'
import type { Transfer } from '../../rooms/trace/engine/index.ts'
import { answer, readFileWith } from './read.ts'
import { type Columns, fits, type Row, rowsUnder, withFirst } from './table.ts'
import * as field from './values.ts'

export interface TransferFile {
  readonly transfers: readonly Transfer[]
  /** Names that the file itself gives to addresses. They are for people: a name does not make an address a service. */
  readonly names: ReadonlyMap<string, string>
  /** What the amounts count: base units of each row's asset, or millionths of a US dollar (then no row has an asset). */
  readonly unit: 'base' | 'usd-micro'
}

/** `time,tx_hash,from,to,asset,amount`, and what a chain's own export can add. `chain` is put before an asset that has none. */
const ASSET_COLUMNS: Columns = {
  required: {
    time: ['time', 'time_utc', 'timestamp'],
    tx: ['tx_hash', 'tx'],
    from: ['from'],
    to: ['to'],
    asset: ['asset'],
    amount: ['amount', 'amount_base_units'],
  },
  optional: { block: ['block'], position: ['position', 'log_index'], chain: ['chain'] },
}

/** `Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD`, as published with the MFTracer paper. */
const USD_COLUMNS: Columns = {
  required: {
    time: ['timestamp'],
    tx: ['tx_hash'],
    from: ['from'],
    to: ['to'],
    value: ['value_in_usd'],
  },
  optional: { block: ['block'], fromName: ['from_label'], toName: ['to_label'] },
}

function common(row: Row): Omit<Transfer, 'amount' | 'asset'> {
  const block = row.text('block') === '' ? undefined : row.value('block', field.COUNT, field.count)
  return {
    at: row.value('time', field.TIME, field.instant),
    tx: row.value('tx', field.TX, field.txHash),
    from: row.value('from', field.ADDRESS, field.address),
    to: row.value('to', field.ADDRESS, field.address),
    ...(block === undefined ? {} : { block }),
  }
}

function withAsset(row: Row): Transfer {
  const chain = row.text('chain') === '' ? '' : `${row.value('chain', field.CHAIN, field.chain)}/`
  const asset = row.value('asset', field.ASSET, (text) => field.asset(text.includes('/') ? text : `${chain}${text}`))
  const position = row.text('position') === '' ? undefined : row.value('position', field.COUNT, field.count)
  return {
    ...common(row),
    amount: row.value('amount', field.BASE_UNITS, field.baseUnits),
    asset,
    ...(position === undefined ? {} : { position }),
  }
}

/** Where rows name one address differently the smallest text is kept: the choice must not depend on the order of rows. */
function noteName(names: Map<string, string>, address: string, row: Row, column: string): void {
  const given = row.value(column, field.NAME, field.name)
  if (given === '') return
  const known = names.get(address)
  if (known === undefined || given < known) names.set(address, given)
}

function inUsd(rows: Iterable<Row>): TransferFile {
  const transfers: Transfer[] = []
  const names = new Map<string, string>()
  for (const row of rows) {
    const transfer = { ...common(row), amount: row.value('value', field.USD, field.usdMicros) }
    transfers.push(transfer)
    noteName(names, transfer.from, row, 'fromName')
    noteName(names, transfer.to, row, 'toName')
  }
  return { transfers, names, unit: 'usd-micro' }
}

function parse(text: string, file: string): TransferFile {
  const { first, others } = withFirst(text, file)
  if (fits(USD_COLUMNS, first.fields)) return inUsd(rowsUnder(USD_COLUMNS, first, others, file))
  const transfers: Transfer[] = []
  for (const row of rowsUnder(ASSET_COLUMNS, first, others, file)) transfers.push(withAsset(row))
  return { transfers, names: new Map(), unit: 'base' }
}

export const parseTransfers = (text: string, file: string): TransferFile | Refusal => answer(() => parse(text, file))
export const readTransfers = (path: string): Promise<TransferFile | Refusal> => readFileWith(path, parseTransfers)
