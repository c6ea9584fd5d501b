/** The repayment of one case: progress by fund, the acts of planning and paying, every repayment, and the claims without money. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { queries } from '../../api/queries.ts'
import type { RepaymentItem, Repayments, Unfunded } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address } from '../../kit/Address.tsx'
import { Amount, Won } from '../../kit/Amount.tsx'
import { useUnit } from '../../kit/assets.ts'
import { StateChip } from '../../kit/Chip.tsx'
import { ExactAmounts } from '../../kit/exact.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'
import { PlanAndPay } from './PlanAndPay.tsx'
import { RepaymentProgress } from './RepaymentProgress.tsx'

export function RepaymentPage() {
  const { t, pick } = useSpeech()
  const { incident: id } = useParams({ from: '/repayment/$incident' })
  const [after, setAfter] = useState(0)
  const query = useQuery(queries.repayments(id, after))
  const incident = useQuery(queries.incident(id)).data
  return (
    <ExactAmounts>
      {(toggle) => (
        <Page
          title={t('rp.case.title', { id })}
          lead={
            <Link {...paths.incident(id)}>
              {incident === undefined ? id : pick({ en: incident.summary, ko: incident.summary_ko })}
            </Link>
          }
          acts={toggle}
        >
          <Loaded query={query} lines={14}>
            {(data) => (
              <>
                <Section title={t('rp.progress')} note={data.planning ? t('rp.planning') : undefined}>
                  <RepaymentProgress
                    summary={data.summary}
                    {...(incident === undefined ? {} : { lossKrw: incident.loss_krw })}
                  />
                  <PlanAndPay incident={id} data={data} />
                </Section>
                <Items data={data} after={after} onPage={setAfter} />
                <UnfundedClaims rows={data.unfunded} />
              </>
            )}
          </Loaded>
        </Page>
      )}
    </ExactAmounts>
  )
}

interface ItemsProps {
  readonly data: Repayments
  readonly after: number
  readonly onPage: (after: number) => void
}

function Items({ data, after, onPage }: ItemsProps) {
  const { t } = useSpeech()
  const unitOf = useUnit()
  const next = data.next
  const columns: readonly Column<RepaymentItem>[] = [
    {
      id: 'customer',
      title: t('rp.customer'),
      sort: (row) => row.customer,
      cell: (row) => (
        <>
          {row.customer}
          {row.why === null ? null : <p className="quiet-text">{row.why}</p>}
        </>
      ),
    },
    {
      id: 'status',
      title: t('rp.status'),
      sort: (row) => row.status,
      cell: (row) => <StateChip kind="repayment" state={row.status} />,
    },
    {
      id: 'amount',
      title: t('rp.amount'),
      figures: true,
      cell: (row) => <Amount amount={row.amount} {...unitOf(row)} />,
    },
    {
      id: 'value',
      title: t('rp.value'),
      figures: true,
      wide: true,
      sort: (row) => BigInt(row.krw),
      cell: (row) => <Won krw={row.krw} />,
    },
    {
      id: 'from',
      title: t('rp.from'),
      wide: true,
      cell: (row) => row.draws.map(({ fund }) => t(`fund.${fund}`)).join(' + '),
    },
    { id: 'to', title: t('rp.to'), wide: true, cell: (row) => <Address account={row.pay_to} /> },
    {
      id: 'id',
      title: t('rp.id'),
      wide: true,
      cell: (row) =>
        row.status === 'planned' || row.status === 'withdrawn' ? (
          row.repayment
        ) : (
          <Link {...paths.withdrawal(row.repayment)}>{row.repayment}</Link>
        ),
    },
  ]
  return (
    <Section title={t('rp.items')}>
      {data.items.length === 0 ? (
        <Empty title={t('rp.items.none')}>{t('rp.items.none.more')}</Empty>
      ) : (
        <Table caption={t('rp.items')} columns={columns} rows={data.items} rowKey={(row) => row.repayment} />
      )}
      <div className="paging">
        {after === 0 ? null : (
          <button type="button" className="button quiet" onClick={() => onPage(0)}>
            {t('rp.first')}
          </button>
        )}
        {next === null ? null : (
          <button type="button" className="button quiet" onClick={() => onPage(next)}>
            {t('rp.more')}
          </button>
        )}
      </div>
    </Section>
  )
}

function UnfundedClaims({ rows }: { readonly rows: readonly Unfunded[] }) {
  const { t } = useSpeech()
  const unitOf = useUnit()
  if (rows.length === 0) return null
  const columns: readonly Column<Unfunded>[] = [
    { id: 'customer', title: t('rp.customer'), cell: (row) => row.customer },
    {
      id: 'amount',
      title: t('rp.amount'),
      figures: true,
      cell: (row) => <Amount amount={row.amount} {...unitOf(row)} />,
    },
    { id: 'why', title: t('rp.why'), cell: (row) => t(`rp.unfunded.why.${row.why}`) },
    { id: 'missing', title: t('rp.missing'), figures: true, cell: (row) => <Won krw={row.missing_krw} /> },
  ]
  return (
    <Section title={t('rp.unfunded')} note={rows.length}>
      <Table caption={t('rp.unfunded')} columns={columns} rows={rows} rowKey={(row) => row.claim} />
    </Section>
  )
}
