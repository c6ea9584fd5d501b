/** One wallet: holdings, refuge, permits, latest movements, and the evacuation. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Transfer, Wallet } from '../../api/types.ts'
import { baseUnits } from '../../format/amount.ts'
import { addressOf, chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address, AddressText } from '../../kit/Address.tsx'
import { Amount, Won } from '../../kit/Amount.tsx'
import { useAct } from '../../kit/act.ts'
import { useAssetUnit } from '../../kit/assets.ts'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { WalletState } from './WalletsPage.tsx'

export function WalletPanel() {
  const { t } = useSpeech()
  const { wallet: name } = useParams({ from: '/wallets/$wallet' })
  const wallets = useQuery(queries.wallets())
  return (
    <Panel title={name} back={paths.wallets()}>
      <Loaded query={wallets} lines={10}>
        {(rows) => {
          const wallet = rows.find((row) => row.wallet === name)
          return wallet === undefined ? (
            <Empty title={t('wl.none')}>{t('wl.none.more')}</Empty>
          ) : (
            <About wallet={wallet} />
          )
        }}
      </Loaded>
    </Panel>
  )
}

type Props = { readonly wallet: Wallet }

function About({ wallet }: Props) {
  const { t } = useSpeech()
  return (
    <>
      <Facts>
        <Fact name={t('wl.state')}>
          <WalletState wallet={wallet} />
        </Fact>
        <Fact name={t('wl.kind')}>
          {t(`wallet.${wallet.kind}`)} · {chainName(wallet.chain)}
        </Fact>
        <Fact name={t('wl.account')}>
          <Address account={wallet.account} />
        </Fact>
        <Fact name={t('wl.refuge')}>
          {wallet.refuge === null ? (
            <Chip tone="late">{t('wl.refuge.none')}</Chip>
          ) : (
            <Address account={wallet.refuge} />
          )}
        </Fact>
        <Fact name={t('wl.open')}>{wallet.permits.open}</Fact>
        <Fact name={t('wl.settled')}>{wallet.permits.settled}</Fact>
        <Fact name={t('wl.unlanded')}>{wallet.permits.unlanded}</Fact>
        <Fact name={t('wl.unpermitted')}>
          {wallet.unpermitted === 0 ? 0 : <Chip tone="stolen">{String(wallet.unpermitted)}</Chip>}
        </Fact>
      </Facts>
      <p>
        <Link {...paths.withdrawals({ wallet: wallet.wallet })}>{t('wl.withdrawals')}</Link>
      </p>
      <Holdings wallet={wallet} />
      <Movements wallet={wallet} />
      <Evacuate wallet={wallet} />
    </>
  )
}

/** What is worth most stands first: it is what a thief takes and an evacuation moves first. */
const byValue = (assets: Wallet['assets']): Wallet['assets'] =>
  [...assets].sort((a, b) => Number(baseUnits(b.krw) - baseUnits(a.krw)))

function Holdings({ wallet }: Props) {
  const { t } = useSpeech()
  const columns: readonly Column<Wallet['assets'][number]>[] = [
    { id: 'asset', title: t('wl.asset'), cell: (row) => <span title={row.asset}>{row.symbol}</span> },
    {
      id: 'holding',
      title: t('wl.holding'),
      figures: true,
      cell: (row) => <Amount amount={row.holding} decimals={row.decimals} symbol={row.symbol} />,
    },
    { id: 'krw', title: t('wl.value'), figures: true, cell: (row) => <Won krw={row.krw} /> },
  ]
  return (
    <Section title={t('wl.holdings')}>
      <Table caption={t('wl.holdings')} columns={columns} rows={byValue(wallet.assets)} rowKey={(row) => row.asset} />
    </Section>
  )
}

function Movements({ wallet }: Props) {
  const { t } = useSpeech()
  const unitOf = useAssetUnit()
  const query = useQuery(queries.transfers({ wallet: wallet.wallet }))
  const columns: readonly Column<Transfer>[] = [
    {
      id: 'kind',
      title: t('wl.moves.kind'),
      cell: (row) => (
        <>
          <StateChip kind="transfer" state={row.kind} />
          <br />
          <AddressText address={addressOf(row.to)} />
          {row.near === null ? null : (
            <p className="quiet-text">{t('wl.near', { permit: row.near.permit, differs: row.near.differs })}</p>
          )}
        </>
      ),
    },
    {
      id: 'amount',
      title: t('wl.moves.amount'),
      figures: true,
      cell: (row) => <Amount amount={row.amount} {...unitOf(row.asset)} />,
    },
    { id: 'when', title: t('wl.moves.when'), wide: true, cell: (row) => <StackedTime at={row.block_at} /> },
  ]
  return (
    <Section title={t('wl.moves')}>
      <Loaded query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('wl.moves.none')} />
          ) : (
            <Table
              caption={t('wl.moves')}
              columns={columns}
              rows={items.slice(0, 12)}
              rowKey={(row) => `${row.tx} ${row.place}`}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

function Evacuate({ wallet }: Props) {
  const { t } = useSpeech()
  const act = useAct()
  const name = wallet.wallet
  const refuge = wallet.refuge
  return (
    <Section title={t('wl.evacuate.head')}>
      <Danger
        act="evacuation.order"
        why={refuge === null ? t('wl.evacuate.noRefuge') : undefined}
        trigger={t('wl.evacuate')}
        title={t('wl.evacuate.title', { wallet: name })}
        effect={<p>{t('wl.evacuate.effect', { wallet: name, refuge: addressOf(refuge ?? '') })}</p>}
        ask={t('wl.evacuate.reason')}
        confirm={t('wl.evacuate.confirm', { wallet: name })}
        onConfirm={(reason) =>
          act('POST', `/v1/wallets/${name}/evacuate`, { reason }, t('wl.evacuate.said', { wallet: name }))
        }
      />
    </Section>
  )
}
