import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { csvRows, FIELD_CHARS_MAX, FIELDS_MAX } from './csv.ts'
import { answer } from './read.ts'

const read = (text: string): string[][] => [...csvRows(text, 'x.csv')].map((row) => [...row.fields])

function refusal(text: string): string {
  const result = answer(() => read(text))
  return isRefusal(result) ? `${result.code} ${result.detail}` : JSON.stringify(result)
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`

test('F1: whatever printable text is written comes back, quoted or not', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'é', '🪙', '"', ',', ' ', "'", ';', '='), maxLength: 8 })
  const cell = fc.tuple(field, fc.boolean())
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, last) => {
      const line = (row: [string, boolean][]): string =>
        row.map(([text, quote]) => (quote || /[",]/.test(text) ? quoted(text) : text)).join(',')
      const text = rows.map(line).join(end) + (last ? end : '')
      expect(read(text)).toEqual(rows.map((row) => row.map(([cellText]) => cellText)))
    }),
    { numRuns: 1_000 },
  )
})

test('F1: any text at all is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\u0000', '\ud800', '\u0085') }),
      (text) => {
        expect(refusal(text)).toMatch(/^(FILE-00[236] x\.csv line \d+: |\[)/)
      },
    ),
    { numRuns: 2_000 },
  )
})

describe('what is refused', () => {
  test('F8: quotes out of place, with the line on which the row begins', () => {
    expect(refusal('a,b\n"c",d"e\n')).toBe('FILE-006 x.csv line 2: a double quote stands inside or after a field')
    expect(refusal('a\n"b"c\n')).toContain('FILE-006 x.csv line 2')
    expect(refusal('a\nb\n"c,d\ne\n')).toBe('FILE-006 x.csv line 3: a quoted field does not end')
  })

  test('F8: control characters and line ends inside a field', () => {
    for (const bad of ['\u0000', '\t', '\r', '\u001b', '\u0085', '\u007f']) {
      expect(refusal(`a\nb${bad}c\n`)).toMatch(/^FILE-003 x\.csv line 2: /)
      expect(refusal(`a\n"b${bad}c"\n`)).toMatch(/^FILE-003 x\.csv line 2: /)
    }
    expect(refusal('a\n"b\nc"\n')).toMatch(/^FILE-003 x\.csv line 2: /)
  })

  test('F8: fields that are too long or too many', () => {
    const most = 'a'.repeat(FIELD_CHARS_MAX)
    for (const wrap of [(text: string) => text, quoted]) {
      expect(read(`x,${wrap(most)}`)).toEqual([['x', most]])
      expect(refusal(`x,${wrap(`${most}a`)}`)).toContain(
        'FILE-002 x.csv line 1: a field is too long; expected at most 1000',
      )
    }
    expect(read('a'.repeat(FIELDS_MAX).split('').join(','))[0]).toHaveLength(FIELDS_MAX)
    for (const first of ['', '""']) {
      expect(refusal(first + ','.repeat(FIELDS_MAX))).toContain(
        'FILE-002 x.csv line 1: too many fields; expected at most 64',
      )
    }
  })
})
