/** A list of addresses, one a line, with or without the heading `address`: sources of a theft, addresses to stop at. */
import type { Refusal } from '../../kernel/refusal.ts'
import type { CsvRow } from './csv.ts'
import { answer, readFileWith } from './read.ts'
import { malformed, refused } from './refusals.ts'
import { withFirst } from './table.ts'
import { ADDRESS, address } from './values.ts'

const HEADING = 'address'

export const isAddressHeading = (row: CsvRow): boolean =>
  row.fields.length === 1 && row.fields[0]?.trim().toLowerCase() === HEADING

/** The address of a row with that one field. */
export function soleAddress(row: CsvRow, file: string): string {
  const place = { file, line: row.line, column: HEADING }
  if (row.fields.length !== 1) {
    throw refused('FILE-005', { file, line: row.line }, `${row.fields.length} fields`, 'one address a line')
  }
  const text = (row.fields[0] ?? '').trim()
  const found = address(text)
  if (found === undefined) throw malformed(place, ADDRESS, text)
  return found
}

function parse(text: string, file: string): string[] {
  const { first, others } = withFirst(text, file)
  const found = new Set<string>()
  if (!isAddressHeading(first)) found.add(soleAddress(first, file))
  for (const row of others) found.add(soleAddress(row, file))
  if (found.size === 0) throw refused('FILE-008', { file }, 'there are no addresses under the heading')
  return [...found]
}

/** Each address once, in its normal spelling, in the order of the file. */
export const parseAddresses = (text: string, file: string): readonly string[] | Refusal =>
  answer(() => parse(text, file))
export const readAddresses = (path: string): Promise<readonly string[] | Refusal> => readFileWith(path, parseAddresses)
