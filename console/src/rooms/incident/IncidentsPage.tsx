import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { IncidentRow } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'

export function IncidentsPage() {
  const { t } = useSpeech()
  const incidents = useQuery(queries.incidents())
  return (
    <Page title={t('inc.title')} lead={t('inc.lead')} acts={<Link {...paths.duties()}>{t('nav.duties')}</Link>}>
      <Loaded query={incidents} lines={8}>
        {(rows) =>
          rows.length === 0 ? <Empty title={t('inc.none')}>{t('inc.none.more')}</Empty> : <IncidentTable rows={rows} />
        }
      </Loaded>
    </Page>
  )
}

function IncidentTable({ rows }: { readonly rows: readonly IncidentRow[] }) {
  const { t, pick } = useSpeech()
  const newest = [...rows].sort((a, b) => b.aware_at - a.aware_at)
  const columns: readonly Column<IncidentRow>[] = [
    {
      id: 'id',
      title: t('inc.id'),
      sort: (row) => row.incident,
      cell: (row) => (
        <>
          <Link {...paths.incident(row.incident)} data-row={row.incident}>
            {t(`kind.${row.kind}`)} {row.incident}
          </Link>
          <p className="quiet-text clamp">{pick({ en: row.summary, ko: row.summary_ko })}</p>
        </>
      ),
    },
    { id: 'status', title: t('inc.status'), cell: (row) => <StateChip kind="incident" state={row.status} /> },
    {
      id: 'severity',
      title: t('inc.severity'),
      cell: (row) => <StateChip kind="severity" state={row.severity} />,
    },
    { id: 'chain', title: t('inc.chain'), wide: true, cell: (row) => chainName(row.chain) },
    { id: 'wallet', title: t('inc.wallet'), wide: true, cell: (row) => row.wallet ?? t('word.none') },
    {
      id: 'thefts',
      title: t('inc.thefts'),
      wide: true,
      figures: true,
      sort: (row) => row.thefts,
      cell: (row) => row.thefts,
    },
    {
      id: 'clocks',
      title: t('inc.clocks'),
      wide: true,
      figures: true,
      sort: (row) => row.clocks_running,
      cell: (row) => row.clocks_running,
    },
    {
      id: 'aware',
      title: t('inc.aware'),
      wide: true,
      sort: (row) => row.aware_at,
      cell: (row) => <StackedTime at={row.aware_at} />,
    },
  ]
  return <Table caption={t('inc.caption')} columns={columns} rows={newest} rowKey={(row) => row.incident} />
}
