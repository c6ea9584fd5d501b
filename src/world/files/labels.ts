/** Label files: who runs an address, and of what kind it is. A plain list of addresses is a label file that says only "stop here". */
import type { Refusal } from '../../kernel/refusal.ts'
import { isAddressHeading, soleAddress } from './addresses.ts'
import { answer, readFileWith } from './read.ts'
import { refused } from './refusals.ts'
import { type Columns, rowsUnder, withFirst } from './table.ts'
import * as field from './values.ts'

export interface AddressLabel {
  readonly address: string
  readonly name?: string
  /** `exchange`, `mixer`, `bridge`, … lower case. */
  readonly kind?: string
  readonly entity?: string
}

const COLUMNS: Columns = {
  required: { address: ['address'] },
  optional: { name: ['name', 'label'], kind: ['kind', 'category'], entity: ['entity'] },
}

const member = <K extends string>(key: K, value: string): { [P in K]?: string } =>
  (value === '' ? {} : { [key]: value }) as { [P in K]?: string }

interface Found {
  readonly line: number
  readonly label: AddressLabel
}

function* found(text: string, file: string): Generator<Found> {
  const { first, others } = withFirst(text, file)
  if (first.fields.length === 1) {
    if (!isAddressHeading(first)) yield { line: first.line, label: { address: soleAddress(first, file) } }
    for (const row of others) yield { line: row.line, label: { address: soleAddress(row, file) } }
    return
  }
  for (const row of rowsUnder(COLUMNS, first, others, file)) {
    const kind = row.text('kind') === '' ? '' : row.value('kind', field.WORD, field.word)
    const label = {
      address: row.value('address', field.ADDRESS, field.address),
      ...member('name', row.value('name', field.NAME, field.name)),
      ...member('kind', kind),
      ...member('entity', row.value('entity', field.ENTITY, field.entity)),
    }
    yield { line: row.line, label }
  }
}

const differ = (a: AddressLabel, b: AddressLabel): boolean =>
  a.name !== b.name || a.kind !== b.kind || a.entity !== b.entity

/** Two rows for one address may repeat each other, but not disagree: the answer would depend on which one is believed. */
function parse(text: string, file: string): AddressLabel[] {
  const known = new Map<string, Found>()
  for (const { line, label } of found(text, file)) {
    const other = known.get(label.address)
    if (other !== undefined && differ(other.label, label)) {
      const problem = `${label.address} has another label on line ${other.line}`
      throw refused('FILE-009', { file, line, column: 'address' }, problem, 'one label an address')
    }
    if (other === undefined) known.set(label.address, { line, label })
  }
  if (known.size === 0) throw refused('FILE-008', { file }, 'there are no addresses under the heading')
  return [...known.values()].map(({ label }) => label)
}

export const parseLabels = (text: string, file: string): readonly AddressLabel[] | Refusal =>
  answer(() => parse(text, file))
export const readLabels = (path: string): Promise<readonly AddressLabel[] | Refusal> => readFileWith(path, parseLabels)
