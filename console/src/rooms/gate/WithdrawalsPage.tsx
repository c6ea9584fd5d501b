/** All withdrawals: filter, sort, page, export; one opened beside the list. */
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Withdrawal } from '../../api/types.ts'
import { baseUnits } from '../../format/amount.ts'
import { addressOf } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { AddressText } from '../../kit/Address.tsx'
import { Amount } from '../../kit/Amount.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { ExactAmounts } from '../../kit/exact.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'
import { tones } from '../../kit/tones.ts'
import { paths, type WithdrawalSearch } from '../../paths.ts'
import { ExportWithdrawals } from './ExportWithdrawals.tsx'

const STATUSES = Object.keys(tones.withdrawal) as readonly (keyof typeof tones.withdrawal)[]

export function WithdrawalsPage() {
  const { t } = useSpeech()
  const search = useSearch({ from: '/withdrawals' })
  const open = useParams({ strict: false }).withdrawal
  const page = useQuery(queries.withdrawals(search))
  return (
    <ExactAmounts>
      {(toggle) => (
        <Page
          title={t('wd.title')}
          lead={t('wd.lead')}
          acts={
            <>
              {toggle}
              <ExportWithdrawals search={search} />
            </>
          }
        >
          <Filters search={search} />
          <div className={open === undefined ? 'beside' : 'beside open'}>
            <div className="list">
              <Loaded query={page} lines={16}>
                {(data) => (
                  <>
                    <Rows rows={data.items} search={search} open={open} />
                    <Paging search={search} next={data.next} count={data.items.length} />
                  </>
                )}
              </Loaded>
            </div>
            <Outlet />
          </div>
        </Page>
      )}
    </ExactAmounts>
  )
}

function Filters({ search }: { readonly search: WithdrawalSearch }) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  const wallets = useQuery(queries.wallets()).data ?? []
  const change = (next: WithdrawalSearch) => void navigate(paths.withdrawals({ ...search, before: undefined, ...next }))
  return (
    <search className="filters">
      <label>
        {t('wd.filter.status')}
        <select value={search.status ?? ''} onChange={(event) => change({ status: event.target.value || undefined })}>
          <option value="">{t('wd.filter.any')}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`withdrawal.${status}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('wd.filter.wallet')}
        <select value={search.wallet ?? ''} onChange={(event) => change({ wallet: event.target.value || undefined })}>
          <option value="">{t('wd.filter.any')}</option>
          {wallets.map(({ wallet }) => (
            <option key={wallet} value={wallet}>
              {wallet}
            </option>
          ))}
        </select>
      </label>
      {search.status === undefined && search.wallet === undefined ? null : (
        <Link {...paths.withdrawals()}>{t('act.clearFilter')}</Link>
      )}
    </search>
  )
}

interface RowsProps {
  readonly rows: readonly Withdrawal[]
  readonly search: WithdrawalSearch
  readonly open: string | undefined
}

function Rows({ rows, search, open }: RowsProps) {
  const { t } = useSpeech()
  if (rows.length === 0)
    return search.status === undefined && search.wallet === undefined ? (
      <Empty title={t('wd.none')}>{t('wd.none.more')}</Empty>
    ) : (
      <Empty title={t('wd.noneFiltered')}>
        <Link {...paths.withdrawals()}>{t('act.clearFilter')}</Link>
      </Empty>
    )
  const columns: readonly Column<Withdrawal>[] = [
    {
      id: 'id',
      title: t('wd.id'),
      sort: (row) => row.withdrawal,
      cell: (row) => (
        <Link {...paths.withdrawal(row.withdrawal, search)} data-row={row.withdrawal}>
          {row.withdrawal}
        </Link>
      ),
    },
    {
      id: 'status',
      title: t('wd.status'),
      sort: (row) => row.status,
      cell: (row) => <StateChip kind="withdrawal" state={row.status} />,
    },
    {
      id: 'amount',
      title: t('wd.amount'),
      figures: true,
      sort: (row) => baseUnits(row.amount),
      cell: (row) => <Amount amount={row.amount} decimals={row.decimals} symbol={row.symbol} />,
    },
    { id: 'to', title: t('wd.to'), wide: true, cell: (row) => <AddressText address={addressOf(row.to)} /> },
    { id: 'wallet', title: t('wd.wallet'), wide: true, sort: (row) => row.wallet, cell: (row) => row.wallet },
    { id: 'purpose', title: t('wd.purpose'), wide: true, cell: (row) => t(`purpose.${row.purpose}`) },
    {
      id: 'requested',
      title: t('wd.requested'),
      wide: true,
      sort: (row) => row.requested_at,
      cell: (row) => <StackedTime at={row.requested_at} />,
    },
  ]
  return (
    <Table caption={t('wd.caption')} columns={columns} rows={rows} rowKey={(row) => row.withdrawal} selected={open} />
  )
}

interface PagingProps {
  readonly search: WithdrawalSearch
  readonly next: string | null
  readonly count: number
}

function Paging({ search, next, count }: PagingProps) {
  const { t } = useSpeech()
  return (
    <nav className="paging" aria-label={t('wd.caption')}>
      <span className="note">{t('wd.rows', { count })}</span>
      {search.before === undefined ? null : (
        <Link {...paths.withdrawals({ ...search, before: undefined })} className="button quiet">
          {t('act.newest')}
        </Link>
      )}
      {next === null ? null : (
        <Link {...paths.withdrawals({ ...search, before: next })} className="button quiet">
          {t('act.older')}
        </Link>
      )}
    </nav>
  )
}
