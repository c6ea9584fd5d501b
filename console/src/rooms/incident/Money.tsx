import { Link } from '@tanstack/react-router'
import type { Incident } from '../../api/types.ts'
import { grouped } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Amount, Won } from '../../kit/Amount.tsx'
import { type AssetUnit, useAssetUnit } from '../../kit/assets.ts'
import { Chip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'
import { RepaymentProgress } from '../liability/RepaymentProgress.tsx'
import { type MoneyRow, moneyOf } from './money.ts'

const FIGURES = ['stolen', 'followed', 'frozen', 'returned', 'lost'] as const

export function Money({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const known = useAssetUnit()
  const unitOf = (asset: string): AssetUnit => {
    const named = incident.loss.find((row) => row.asset === asset)
    return named === undefined || named.symbol === null || named.decimals === null
      ? known(asset)
      : { symbol: named.symbol, decimals: named.decimals }
  }
  const rows = moneyOf(incident)
  const columns: readonly Column<MoneyRow>[] = [
    { id: 'asset', title: t('case.money.asset'), cell: (row) => unitOf(row.asset).symbol },
    ...FIGURES.map((figure) => ({
      id: figure,
      title: t(`case.money.${figure}`),
      figures: true,
      wide: figure === 'frozen' || figure === 'returned',
      sort: (row: MoneyRow) => row[figure],
      cell: (row: MoneyRow) => <Amount amount={row[figure].toString()} {...unitOf(row.asset)} />,
    })),
    { id: 'adds', title: t('case.money.adds'), wide: true, cell: (row) => <Adds off={row.off} /> },
  ]
  return (
    <Section title={t('case.money')} id="money" note={t('case.money.equation')}>
      {rows.length === 0 ? (
        <Empty title={t('case.money.none')} />
      ) : (
        <>
          <p className="money-total">
            {t('case.money.value')}: <strong>{<Won krw={incident.loss_krw} />}</strong>
            {incident.loss.some(({ krw }) => krw === null) ? (
              <span className="quiet-text"> {t('case.money.unpriced')}</span>
            ) : null}
          </p>
          <Table caption={t('case.money')} columns={columns} rows={rows} rowKey={(row) => row.asset} />
          <p className="quiet-text">{t('case.money.about')}</p>
        </>
      )}
      <h3>{t('case.repay')}</h3>
      {incident.repayment === null ? (
        <p className="quiet-text">{t('case.repay.none')}</p>
      ) : (
        <RepaymentProgress summary={incident.repayment} lossKrw={incident.loss_krw} />
      )}
      <p>
        <Link {...paths.repayment(incident.incident)}>{t('case.repay.open')}</Link>
      </p>
    </Section>
  )
}

function Adds({ off }: { readonly off: bigint }) {
  const { t } = useSpeech()
  return off === 0n ? (
    <Chip tone="safe">{t('case.money.adds.yes')}</Chip>
  ) : (
    <Chip tone="stolen">{t('case.money.adds.no', { units: grouped(off.toString()) })}</Chip>
  )
}
