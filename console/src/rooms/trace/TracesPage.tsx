/** The traces of all cases: each case has at most one that it shows. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Incident, TraceState } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty, Waiting } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemView } from '../../kit/Problem.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'

/** Cases read for this list, newest first. */
const CASES_READ_MAX = 30

interface Row {
  readonly incident: Incident
  readonly trace: TraceState
}

export function TracesPage() {
  const { t } = useSpeech()
  const incidents = useQuery(queries.incidents())
  const newest = [...(incidents.data ?? [])].sort((a, b) => b.aware_at - a.aware_at).slice(0, CASES_READ_MAX)
  const cases = useQueries({ queries: newest.map((row) => queries.incident(row.incident)) })
  const rows = cases.flatMap(({ data }): Row[] =>
    data === undefined || data.trace === null ? [] : [{ incident: data, trace: data.trace }],
  )
  const waiting = incidents.isPending || cases.some((query) => query.isPending)
  return (
    <Page title={t('tr.title')} lead={t('tr.lead')}>
      {incidents.isError ? <ProblemView error={incidents.error} onRetry={() => incidents.refetch()} /> : null}
      {rows.length > 0 ? <TraceTable rows={rows} /> : null}
      {rows.length === 0 && waiting && !incidents.isError ? <Waiting lines={6} /> : null}
      {rows.length === 0 && !waiting ? <Empty title={t('tr.none')}>{t('tr.none.more')}</Empty> : null}
    </Page>
  )
}

function TraceTable({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<Row>[] = [
    {
      id: 'trace',
      title: t('tr.id'),
      cell: ({ trace }) => (
        <Link {...paths.trace(trace.trace)} data-row={trace.trace}>
          {trace.trace}
        </Link>
      ),
    },
    {
      id: 'case',
      title: t('tr.case'),
      cell: ({ incident }) => (
        <>
          <Link {...paths.incident(incident.incident)}>
            {t(`kind.${incident.kind}`)} {incident.incident}
          </Link>
          <p className="quiet-text">{chainName(incident.chain)}</p>
        </>
      ),
    },
    { id: 'status', title: t('tr.status'), cell: ({ trace }) => <StateChip kind="trace" state={trace.status} /> },
    { id: 'run', title: t('tr.run'), figures: true, wide: true, cell: ({ trace }) => trace.run },
    { id: 'edges', title: t('tr.edges'), figures: true, wide: true, cell: ({ trace }) => trace.edges },
    { id: 'addresses', title: t('tr.addresses'), figures: true, wide: true, cell: ({ trace }) => trace.addresses },
  ]
  return <Table caption={t('tr.caption')} columns={columns} rows={rows} rowKey={({ trace }) => trace.trace} />
}
