/** The wallets: what is in them, where it would flee to, what left without a permit. */
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Wallet } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Won } from '../../kit/Amount.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'
import { worthOf } from './worth.ts'

export function WalletsPage() {
  const { t } = useSpeech()
  const open = useParams({ strict: false }).wallet
  const wallets = useQuery(queries.wallets())
  return (
    <Page title={t('wl.title')} lead={t('wl.lead')}>
      <div className={open === undefined ? 'beside' : 'beside open'}>
        <div className="list">
          <Loaded query={wallets} lines={8}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty title={t('wl.none')}>{t('wl.none.more')}</Empty>
              ) : (
                <WalletTable rows={rows} open={open} />
              )
            }
          </Loaded>
        </div>
        <Outlet />
      </div>
    </Page>
  )
}

function WalletTable({ rows, open }: { readonly rows: readonly Wallet[]; readonly open: string | undefined }) {
  const { t } = useSpeech()
  const columns: readonly Column<Wallet>[] = [
    {
      id: 'wallet',
      title: t('wl.wallet'),
      sort: (row) => row.wallet,
      cell: (row) => (
        <Link {...paths.wallet(row.wallet)} data-row={row.wallet}>
          {row.wallet}
        </Link>
      ),
    },
    { id: 'kind', title: t('wl.kind'), wide: true, sort: (row) => row.kind, cell: (row) => t(`wallet.${row.kind}`) },
    {
      id: 'chain',
      title: t('wl.chain'),
      sort: (row) => row.chain,
      cell: (row) => <span title={row.chain}>{chainName(row.chain)}</span>,
    },
    { id: 'state', title: t('wl.state'), cell: (row) => <WalletState wallet={row} /> },
    {
      id: 'value',
      title: t('wl.value'),
      figures: true,
      sort: (row) => worthOf([row]).krw,
      cell: (row) => <Won krw={worthOf([row]).krw.toString()} />,
    },
    {
      id: 'open',
      title: t('wl.open'),
      figures: true,
      wide: true,
      sort: (row) => row.permits.open,
      cell: (row) => row.permits.open,
    },
    {
      id: 'unlanded',
      title: t('wl.unlanded'),
      figures: true,
      wide: true,
      sort: (row) => row.permits.unlanded,
      cell: (row) => row.permits.unlanded,
    },
    {
      id: 'unpermitted',
      title: t('wl.unpermitted'),
      figures: true,
      sort: (row) => row.unpermitted,
      cell: (row) => (row.unpermitted === 0 ? 0 : <Chip tone="stolen">{String(row.unpermitted)}</Chip>),
    },
  ]
  const total = worthOf(rows)
  const valueAt = columns.findIndex((column) => column.id === 'value')
  return (
    <Table
      caption={t('wl.caption')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.wallet}
      selected={open}
      foot={
        <tr>
          {columns.map((column, place) =>
            place === 0 ? (
              <th key={column.id} scope="row">
                {t('wl.total')}
              </th>
            ) : (
              <td key={column.id} className={column.wide === true ? 'wide' : place === valueAt ? 'figures' : undefined}>
                {place === valueAt ? <Won krw={total.krw.toString()} /> : null}
              </td>
            ),
          )}
        </tr>
      }
    />
  )
}

export function WalletState({ wallet }: { readonly wallet: Wallet }) {
  const { t } = useSpeech()
  return wallet.halted ? <Chip tone="late">{t('wl.halted')}</Chip> : <Chip tone="safe">{t('wl.serving')}</Chip>
}
