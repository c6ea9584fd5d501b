import type { ServiceReached } from '../../api/types.ts'
import type { Key } from '../../i18n/en.ts'
import { en } from '../../i18n/en.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Amount } from '../../kit/Amount.tsx'
import { useAssetUnit } from '../../kit/assets.ts'
import { type Column, Table } from '../../kit/Table.tsx'

const isServiceKind = (key: string): key is Extract<Key, `tr.service.${string}`> =>
  key.startsWith('tr.service.') && key in en

/** The same as the picture, in words and figures. */
export function Services({ services }: { readonly services: readonly ServiceReached[] }) {
  const { t } = useSpeech()
  const unitOf = useAssetUnit()
  if (services.length === 0) return <p className="quiet-text">{t('tr.services.none')}</p>
  const columns: readonly Column<ServiceReached>[] = [
    { id: 'entity', title: t('tr.entity'), sort: (row) => row.entity, cell: (row) => row.entity },
    {
      id: 'kind',
      title: t('tr.kind'),
      sort: (row) => row.kind,
      cell: (row) => {
        const key = `tr.service.${row.kind}`
        return isServiceKind(key) ? t(key) : row.kind
      },
    },
    {
      id: 'amount',
      title: t('tr.amount'),
      figures: true,
      sort: (row) => BigInt(row.amount),
      cell: (row) => <Amount amount={row.amount} {...unitOf(row.asset)} />,
    },
  ]
  return (
    <Table
      caption={t('tr.services')}
      columns={columns}
      rows={services}
      rowKey={(row) => `${row.entity} ${row.kind} ${row.asset}`}
    />
  )
}
