/** The case's time line as a table that can be handed over: exact times, journal index as proof, both languages. */
import { kst, utc } from '../../kernel/time.ts'
import type { IncidentNeeds } from './needs.ts'
import { timelineOf } from './record.ts'
import type { Case } from './state.ts'

/** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it: texts come from outside. */
function cell(value: string): string {
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

export function timelineCsv(item: Case, needs: IncidentNeeds): string {
  const rows = timelineOf(item, needs).map(({ at, index, kind, text, text_ko }) => [
    utc(at),
    kst(at),
    String(at),
    String(index),
    kind,
    text,
    text_ko,
  ])
  const head = ['utc', 'kst', 'epoch_ms', 'journal_index', 'kind', 'text_en', 'text_ko']
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}
