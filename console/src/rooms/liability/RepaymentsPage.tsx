/** Finance's morning: what was lost, what is owed, what is left in the reserve. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { FundRow, Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Won } from '../../kit/Amount.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'

/** Cases read for this list, newest first. */
const CASES_READ_MAX = 30

export function RepaymentsPage() {
  const { t } = useSpeech()
  const incidents = useQuery(queries.incidents())
  const funds = useQuery(queries.funds())
  const newest = [...(incidents.data ?? [])].sort((a, b) => b.aware_at - a.aware_at).slice(0, CASES_READ_MAX)
  const cases = useQueries({ queries: newest.map((row) => queries.incident(row.incident)) })
  const losses = cases.flatMap(({ data }) => (data !== undefined && data.loss.length > 0 ? [data] : []))
  return (
    <Page title={t('rp.title')} lead={t('rp.lead')}>
      <Section title={t('rp.funds')}>
        <Loaded query={funds} lines={4}>
          {(rows) =>
            rows.every(({ krw }) => krw === '0') ? (
              <Empty title={t('rp.funds.none')}>{t('rp.funds.none.more')}</Empty>
            ) : (
              <Funds rows={rows} />
            )
          }
        </Loaded>
      </Section>
      <Section title={t('inc.title')}>
        <Loaded query={incidents} lines={4}>
          {() =>
            losses.length === 0 ? <Empty title={t('rp.none')}>{t('rp.none.more')}</Empty> : <Losses rows={losses} />
          }
        </Loaded>
      </Section>
    </Page>
  )
}

function Funds({ rows }: { readonly rows: readonly FundRow[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<FundRow>[] = [
    { id: 'fund', title: t('rp.source'), cell: (row) => t(`fund.${row.fund}`) },
    { id: 'budget', title: t('rp.fund.budget'), figures: true, cell: (row) => <Won krw={row.krw} /> },
    { id: 'drawn', title: t('rp.fund.drawn'), figures: true, wide: true, cell: (row) => <Won krw={row.drawn} /> },
    { id: 'left', title: t('rp.fund.left'), figures: true, cell: (row) => <Won krw={row.left} /> },
  ]
  return <Table caption={t('rp.funds')} columns={columns} rows={rows} rowKey={(row) => row.fund} />
}

function Losses({ rows }: { readonly rows: readonly Incident[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<Incident>[] = [
    {
      id: 'case',
      title: t('rp.case'),
      cell: (row) => (
        <Link {...paths.repayment(row.incident)} data-row={row.incident}>
          {t(`kind.${row.kind}`)} {row.incident}
        </Link>
      ),
    },
    { id: 'loss', title: t('rp.loss'), figures: true, cell: (row) => <Won krw={row.loss_krw} /> },
    {
      id: 'claims',
      title: t('rp.claims'),
      figures: true,
      wide: true,
      cell: (row) => row.repayment?.claims ?? 0,
    },
    {
      id: 'planned',
      title: t('rp.planned'),
      figures: true,
      wide: true,
      cell: (row) => <Won krw={row.repayment?.planned_krw ?? '0'} />,
    },
    {
      id: 'repaid',
      title: t('rp.repaid'),
      figures: true,
      cell: (row) => <Won krw={row.repayment?.repaid_krw ?? '0'} />,
    },
  ]
  return <Table caption={t('rp.title')} columns={columns} rows={rows} rowKey={(row) => row.incident} />
}
