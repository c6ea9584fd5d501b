/** How administrators behave, and what was tried and refused: each with its plain reason; and the alarms of each day against the budget. */
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { AlertRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { en } from '../../i18n/en.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { AlertDays } from './AlertDays.tsx'
import type { DetectorKey } from './detectors.ts'

export function AlertsPage() {
  const { t } = useSpeech()
  const { before } = useSearch({ from: '/alerts' })
  const query = useQuery(queries.alerts(before))
  return (
    <Page title={t('al.title')} lead={t('al.lead')}>
      <Loaded query={query} lines={14}>
        {({ items, next, days }) => (
          <>
            {days.length === 0 ? null : (
              <Section title={t('al.days')}>
                <AlertDays days={days} />
              </Section>
            )}
            <Section title={t('al.list')}>
              {items.length === 0 ? <Empty title={t('al.none')}>{t('al.none.more')}</Empty> : <Rows rows={items} />}
              <nav className="paging" aria-label={t('al.list')}>
                {before === undefined ? null : (
                  <Link {...paths.alerts()} className="button quiet">
                    {t('act.newest')}
                  </Link>
                )}
                {next === null ? null : (
                  <Link {...paths.alerts({ before: next })} className="button quiet">
                    {t('act.older')}
                  </Link>
                )}
              </nav>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const isNamed = (key: string): key is DetectorKey => Object.hasOwn(en, key)

/** A detector by its name; an attempt, or a detector of a newer server, as the server calls it. */
function useWhat(): (what: string) => string {
  const { t } = useSpeech()
  return (what) => {
    const key = `detector.${what}`
    return isNamed(key) ? t(key) : what
  }
}

const GRAVITY = ['low', 'medium', 'high', 'critical']

function Rows({ rows }: { readonly rows: readonly AlertRow[] }) {
  const { t, pick } = useSpeech()
  const whatOf = useWhat()
  const columns: readonly Column<AlertRow>[] = [
    {
      id: 'severity',
      title: t('al.severity'),
      sort: (row) => GRAVITY.indexOf(row.severity),
      cell: (row) => <StateChip kind="alert" state={row.severity} />,
    },
    {
      id: 'what',
      title: t('al.what'),
      sort: (row) => row.what,
      cell: (row) => (
        <>
          <strong>{whatOf(row.what)}</strong>{' '}
          {row.kind === 'attempt' ? <StateChip kind="alarm" state="attempt" /> : null}
          <span className="block">{pick(row.why)}</span>
          <span className="quiet-text block">
            {t('al.events', { count: row.events.length })}
            {row.source === null ? null : ` · ${row.source}`}
          </span>
        </>
      ),
    },
    {
      id: 'who',
      title: t('al.who'),
      sort: (row) => row.person ?? row.account ?? '',
      cell: (row) => (
        <>
          {row.person === null ? null : <Link {...paths.person(row.person)}>{row.person}</Link>}
          {row.account === null ? null : <span className="quiet-text block">{row.account}</span>}
          {row.person === null && row.account === null ? t('word.unknown') : null}
        </>
      ),
    },
    { id: 'at', title: t('al.at'), wide: true, sort: (row) => row.at, cell: (row) => <StackedTime at={row.at} /> },
  ]
  return <Table caption={t('al.list')} columns={columns} rows={rows} rowKey={(row) => row.alert} />
}
