/** The journal: its head, its verification, its entries; one opened beside the list. */
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useId } from 'react'
import { PAGE_ROWS, queries } from '../../api/queries.ts'
import type { JournalEntry } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { Time } from '../../kit/Time.tsx'
import { type EvidenceSearch, paths } from '../../paths.ts'
import { factWords } from './factWords.ts'
import { JournalHead } from './JournalHead.tsx'

export function EvidencePage() {
  const { t } = useSpeech()
  const search = useSearch({ from: '/evidence' })
  const open = useParams({ strict: false }).index
  const state = useQuery(queries.state())
  const size = state.data?.journal.size
  const first = search.first ?? Math.max(0, (size ?? 0) - PAGE_ROWS)
  const entries = useQuery({ ...queries.events(first), enabled: size !== undefined })
  return (
    <Page title={t('ev.title')} lead={t('ev.lead')}>
      <Loaded query={state} lines={6}>
        {(data) => <JournalHead journal={data.journal} />}
      </Loaded>
      <Section title={t('ev.entries')} acts={<Jump />}>
        <div className={open === undefined ? 'beside' : 'beside open'}>
          <div className="list">
            <Loaded query={entries} lines={16}>
              {(data) => (
                <>
                  <Entries rows={data.items} search={search} open={open} />
                  <Paging first={first} size={data.size} newest={search.first === undefined} />
                </>
              )}
            </Loaded>
          </div>
          <Outlet />
        </div>
      </Section>
    </Page>
  )
}

interface EntriesProps {
  readonly rows: readonly JournalEntry[]
  readonly search: EvidenceSearch
  readonly open: string | undefined
}

function Entries({ rows, search, open }: EntriesProps) {
  const { t } = useSpeech()
  if (rows.length === 0) return <Empty title={t('ev.none')}>{t('ev.none.more')}</Empty>
  const newestFirst = [...rows].sort((a, b) => b.index - a.index)
  const columns: readonly Column<JournalEntry>[] = [
    {
      id: 'index',
      title: t('ev.index'),
      figures: true,
      sort: (row) => row.index,
      cell: (row) => (
        <Link {...paths.entry(row.index, search)} data-row={String(row.index)}>
          {row.index}
        </Link>
      ),
    },
    {
      id: 'type',
      title: t('ev.type'),
      sort: (row) => row.type,
      cell: (row) => <span className="fact-type">{row.type}</span>,
    },
    {
      id: 'gist',
      title: t('ev.gist'),
      wide: true,
      cell: (row) => <span className="clamp gist">{factWords(row)}</span>,
    },
    { id: 'at', title: t('ev.at'), sort: (row) => row.at, cell: (row) => <Time at={row.at} quiet /> },
  ]
  return (
    <Table
      caption={t('ev.caption')}
      columns={columns}
      rows={newestFirst}
      rowKey={(row) => String(row.index)}
      selected={open}
    />
  )
}

interface PagingProps {
  readonly first: number
  readonly size: number
  readonly newest: boolean
}

function Paging({ first, size, newest }: PagingProps) {
  const { t } = useSpeech()
  return (
    <nav className="paging" aria-label={t('ev.entries')}>
      {newest ? null : (
        <Link {...paths.evidence()} className="button quiet">
          {t('act.newest')}
        </Link>
      )}
      {newest || first + PAGE_ROWS >= size ? null : (
        <Link {...paths.evidence({ first: first + PAGE_ROWS })} className="button quiet">
          {t('act.newer')}
        </Link>
      )}
      {first === 0 ? null : (
        <Link {...paths.evidence({ first: Math.max(0, first - PAGE_ROWS) })} className="button quiet">
          {t('act.older')}
        </Link>
      )}
    </nav>
  )
}

/** Any entry by its number. */
function Jump() {
  const { t } = useSpeech()
  const navigate = useNavigate()
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const index = Number(new FormData(event.currentTarget).get('index'))
    if (Number.isSafeInteger(index) && index >= 0)
      void navigate(paths.entry(index, { first: Math.max(0, index - Math.floor(PAGE_ROWS / 2)) }))
  }
  return (
    <form className="jump" onSubmit={submit}>
      <label htmlFor={id}>{t('ev.jump')}</label>
      <input id={id} name="index" inputMode="numeric" pattern="[0-9]{1,15}" required autoComplete="off" size={8} />
      <button type="submit" className="button">
        {t('ev.jump.go')}
      </button>
    </form>
  )
}
