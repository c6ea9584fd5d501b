/** A CSV text with a heading line: columns are found by name, in any order, and an unknown one is refused. */
import { type CsvRow, csvRows } from './csv.ts'
import { malformed, type Place, refused } from './refusals.ts'

export interface Columns {
  /** Column name -> every spelling of it that is understood, lower case. The first is the one that refusals teach. */
  readonly required: Readonly<Record<string, readonly string[]>>
  readonly optional: Readonly<Record<string, readonly string[]>>
}

/** One row, its fields asked for by column name. */
export class Row {
  readonly #places: ReadonlyMap<string, number>
  readonly #heading: readonly string[]
  readonly #fields: readonly string[]
  readonly #file: string
  readonly line: number

  constructor(places: ReadonlyMap<string, number>, heading: readonly string[], row: CsvRow, file: string) {
    this.#places = places
    this.#heading = heading
    this.#fields = row.fields
    this.#file = file
    this.line = row.line
  }

  /** The field without surrounding spaces; empty where the table has no such column. */
  text(column: string): string {
    const place = this.#places.get(column)
    return place === undefined ? '' : (this.#fields[place] ?? '').trim()
  }

  /** The value that `read` makes of the field; where that is `undefined`, `FILE-007` with what was expected. */
  value<T>(column: string, expected: string, read: (text: string) => T | undefined): T {
    const text = this.text(column)
    const value = read(text)
    if (value === undefined) throw malformed(this.at(column), expected, text)
    return value
  }

  at(column: string): Place {
    // As the file itself calls it: that is what a person looks for.
    const place = this.#places.get(column)
    const called = place === undefined ? undefined : this.#heading[place]?.trim()
    return { file: this.#file, line: this.line, column: called ?? column }
  }
}

const heading = (field: string): string => field.trim().toLowerCase()

/** Whether a heading line names all required columns: how a reader tells one layout from another. */
export function fits(columns: Columns, fields: readonly string[]): boolean {
  const names = new Set(fields.map(heading))
  return Object.values(columns.required).every((spellings) => spellings.some((spelling) => names.has(spelling)))
}

function placesOf(columns: Columns, fields: readonly string[], place: Place): Map<string, number> {
  const known = { ...columns.required, ...columns.optional }
  const wanted = Object.values(known).map(([name]) => name)
  const places = new Map<string, number>()
  fields.forEach((field, at) => {
    const name = heading(field)
    const column = Object.keys(known).find((key) => known[key]?.includes(name))
    if (column === undefined) {
      throw refused(
        'FILE-004',
        place,
        `unknown column ${JSON.stringify(field.slice(0, 60))}`,
        `columns of ${wanted.join(', ')}`,
      )
    }
    if (places.has(column)) throw refused('FILE-004', place, `two columns for ${name}`, 'each column once')
    places.set(column, at)
  })
  for (const [column, [spelling]] of Object.entries(columns.required)) {
    if (places.has(column)) continue
    const needed = Object.values(columns.required).map(([name]) => name)
    throw refused('FILE-004', place, `no column ${spelling}`, `columns ${needed.join(', ')}`)
  }
  return places
}

/** Cuts a text into its first row and an iterator over the others. */
export function withFirst(text: string, file: string): { first: CsvRow; others: Generator<CsvRow> } {
  const others = csvRows(text, file)
  const first = others.next()
  if (first.done) throw refused('FILE-008', { file }, 'the file is empty')
  return { first: first.value, others }
}

/** The rows under a heading. At least one, each with as many fields as the heading. */
export function* rowsUnder(columns: Columns, first: CsvRow, others: Iterable<CsvRow>, file: string): Generator<Row> {
  const places = placesOf(columns, first.fields, { file, line: first.line })
  let any = false
  for (const row of others) {
    const { length } = row.fields
    if (length !== first.fields.length) {
      throw refused(
        'FILE-005',
        { file, line: row.line },
        `${length} fields`,
        `${first.fields.length}, as in the heading`,
      )
    }
    any = true
    yield new Row(places, first.fields, row, file)
  }
  if (!any) throw refused('FILE-008', { file }, 'there are no rows under the heading')
}
