/** CSV as RFC 4180 has it, comma-separated, and nothing looser: a file that needs guessing is refused with its line. */
import { refused } from './refusals.ts'

/** Twice what fits a file of `FILE_BYTES_MAX` with ordinary rows; rows of one letter would otherwise fill the memory with objects. */
export const ROWS_MAX = 5_000_000
/** No column of ours needs more; a lost closing quote would otherwise swallow the file into one field. */
export const FIELD_CHARS_MAX = 1_000
/** No table of ours has more columns. */
export const FIELDS_MAX = 64

export interface CsvRow {
  /** The line on which the row begins; the first is 1. */
  readonly line: number
  readonly fields: readonly string[]
}

// No name or number of ours holds a control or format character, and in a terminal or a picture they mislead.
const CONTROL = /[\p{Cc}\p{Cs}]/u
const PLAIN_END = /[,"\n]/

class Scanner {
  readonly #text: string
  readonly #file: string
  #at = 0
  #line = 1

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  *rows(): Generator<CsvRow> {
    let rows = 0
    while (this.#at < this.#text.length) {
      const line = this.#line
      const fields = this.#row()
      if (fields.length === 1 && fields[0] === '') continue
      rows += 1
      if (rows > ROWS_MAX) throw refused('FILE-002', { file: this.#file, line }, 'too many rows', `at most ${ROWS_MAX}`)
      yield { line, fields }
    }
  }

  #row(): string[] {
    const simple = this.#unquotedRow()
    if (simple !== undefined) return simple
    const line = this.#line
    const fields: string[] = []
    for (;;) {
      fields.push(this.#checked(this.#text[this.#at] === '"' ? this.#quoted(line) : this.#plain(), line))
      if (fields.length > FIELDS_MAX) throw this.#tooManyFields(line)
      const next = this.#text[this.#at]
      this.#at += 1
      if (next === ',') continue
      this.#line += 1
      return fields
    }
  }

  /** The common case, several times faster: a line without any quote. */
  #unquotedRow(): string[] | undefined {
    const newline = this.#text.indexOf('\n', this.#at)
    const end = newline < 0 ? this.#text.length : newline
    const cut = this.#text[end - 1] === '\r' && end > this.#at ? end - 1 : end
    const row = this.#text.slice(this.#at, cut)
    if (row.includes('"')) return undefined
    const fields = row.split(',', FIELDS_MAX + 1)
    if (fields.length > FIELDS_MAX) throw this.#tooManyFields(this.#line)
    // One look at the row is cheaper than one at each field; only a row that fails is looked at more closely.
    if (CONTROL.test(row) || row.length > FIELD_CHARS_MAX) for (const field of fields) this.#checked(field, this.#line)
    this.#at = end + 1
    this.#line += 1
    return fields
  }

  #plain(): string {
    const start = this.#at
    const rest = this.#text.slice(start, start + FIELD_CHARS_MAX + 2)
    const length = rest.search(PLAIN_END)
    const end = length < 0 ? Math.min(this.#text.length, start + rest.length) : start + length
    if (this.#text[end] === '"') throw this.#misplaced(this.#line)
    this.#at = end
    const field = this.#text.slice(start, end)
    return this.#text[end] !== ',' && field.endsWith('\r') ? field.slice(0, -1) : field
  }

  #quoted(line: number): string {
    let field = ''
    let start = this.#at + 1
    for (;;) {
      const quote = this.#text.indexOf('"', start)
      if (quote < 0) throw refused('FILE-006', { file: this.#file, line }, 'a quoted field does not end')
      field += this.#text.slice(start, quote)
      if (field.length > FIELD_CHARS_MAX) this.#checked(field, line)
      if (this.#text[quote + 1] !== '"') {
        this.#at = quote + 1
        break
      }
      field += '"'
      start = quote + 2
    }
    if (this.#text[this.#at] === '\r' && this.#text[this.#at + 1] === '\n') this.#at += 1
    const next = this.#text[this.#at]
    if (next !== undefined && next !== ',' && next !== '\n') throw this.#misplaced(line)
    return field
  }

  #checked(field: string, line: number): string {
    if (field.length > FIELD_CHARS_MAX) {
      throw refused(
        'FILE-002',
        { file: this.#file, line },
        'a field is too long',
        `at most ${FIELD_CHARS_MAX} characters`,
      )
    }
    if (CONTROL.test(field)) {
      throw refused(
        'FILE-003',
        { file: this.#file, line },
        'a field holds a control character or a line end',
        'printable text',
      )
    }
    return field
  }

  #tooManyFields = (line: number): Error =>
    refused('FILE-002', { file: this.#file, line }, 'too many fields', `at most ${FIELDS_MAX}`)

  #misplaced = (line: number): Error =>
    refused('FILE-006', { file: this.#file, line }, 'a double quote stands inside or after a field')
}

/** The rows of a CSV text, blank lines left out. Throws `Refused` at the first row that is not CSV. */
export const csvRows = (text: string, file: string): Generator<CsvRow> => new Scanner(text, file).rows()
