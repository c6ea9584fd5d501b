/** A table to scan: sortable columns, figures to the right, the whole keyboard-scrollable where it is wider than the screen. */
import { type ReactNode, useMemo, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Present where the column can be sorted: what to compare. */
  readonly sort?: (row: Row) => string | number | bigint
  readonly figures?: boolean
  /** Left out where the screen is narrow; the row's own page or panel has it. */
  readonly wide?: boolean
}

export interface Sorting {
  readonly column: string
  readonly descending: boolean
}

export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): Row[] {
  const by = columns.find((column) => column.id === sorting?.column)?.sort
  if (by === undefined || sorting === undefined) return [...rows]
  const direction = sorting.descending ? -1 : 1
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -direction : direction))
    .map(({ row }) => row)
}

interface TableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The row whose panel is open. */
  readonly selected?: string | undefined
  readonly foot?: ReactNode
}

export function Table<Row>({ caption, columns, rows, rowKey, selected, foot }: TableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>()
  const shown = useMemo(() => sorted(rows, columns, sorting), [rows, columns, sorting])
  return (
    // A region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="table-frame" tabIndex={0}>
      <table>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={rowKey(row)} className={rowKey(row) === selected ? 'selected' : undefined}>
              {columns.map((column) => (
                <td key={column.id} className={classesOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </section>
  )
}

const classesOf = <Row,>(column: Column<Row>): string =>
  [column.figures === true ? 'figures' : '', column.wide === true ? 'wide' : ''].join(' ').trim()

function Head<Row>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: (next: Sorting) => void
}) {
  const { t } = useSpeech()
  if (column.sort === undefined)
    return (
      <th scope="col" className={classesOf(column)}>
        {column.title}
      </th>
    )
  const mine = sorting?.column === column.id
  const order = mine ? (sorting.descending ? 'descending' : 'ascending') : 'none'
  return (
    <th scope="col" className={classesOf(column)} aria-sort={order}>
      <button
        type="button"
        className="sort"
        title={t('act.sortBy', { column: column.title })}
        onClick={() => onSort({ column: column.id, descending: mine && !sorting.descending })}
      >
        {column.title}
        <span className="sort-mark" aria-hidden="true">
          {order === 'none' ? '↕' : order === 'ascending' ? '↑' : '↓'}
        </span>
      </button>
    </th>
  )
}
