import { useState } from 'react'
import type { Incident, Theft } from '../../api/types.ts'
import { baseUnits } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Address, AddressText } from '../../kit/Address.tsx'
import { Amount, Won } from '../../kit/Amount.tsx'
import { useUnit } from '../../kit/assets.ts'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'

/** Movements shown until all are asked for. */
const SHOWN_FIRST = 10

export function Thefts({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const unitOf = useUnit()
  const [all, setAll] = useState(false)
  const { thefts } = incident
  const columns: readonly Column<Theft>[] = [
    {
      id: 'to',
      title: t('case.thefts.to'),
      cell: (row) => (
        <>
          <Address account={row.to} />
          {row.retracted ? <Chip tone="waiting">{t('case.thefts.retracted')}</Chip> : null}
        </>
      ),
    },
    {
      id: 'amount',
      title: t('case.thefts.amount'),
      figures: true,
      sort: (row) => baseUnits(row.amount),
      cell: (row) => <Amount amount={row.amount} {...unitOf(row)} />,
    },
    {
      id: 'value',
      title: t('case.thefts.value'),
      figures: true,
      wide: true,
      sort: (row) => baseUnits(row.krw),
      cell: (row) => <Won krw={row.krw} />,
    },
    {
      id: 'when',
      title: t('case.thefts.when'),
      wide: true,
      sort: (row) => row.block_at,
      cell: (row) => <StackedTime at={row.block_at} />,
    },
    {
      id: 'tx',
      title: t('case.thefts.tx'),
      wide: true,
      cell: (row) => (
        <span className="address-line">
          <AddressText address={row.tx} />
          <CopyButton text={row.tx} what={t('word.tx')} />
        </span>
      ),
    },
  ]
  return (
    <Section
      title={t('case.thefts')}
      id="thefts"
      note={thefts.length === 0 ? undefined : thefts.length}
      acts={
        thefts.length > SHOWN_FIRST ? (
          <button type="button" className="button quiet" onClick={() => setAll(!all)}>
            {all ? t('case.thefts.fewer') : t('case.thefts.all', { count: thefts.length })}
          </button>
        ) : undefined
      }
    >
      {thefts.length === 0 ? (
        <Empty title={t('case.thefts.none')} />
      ) : (
        <Table
          caption={t('case.thefts')}
          columns={columns}
          rows={all ? thefts : thefts.slice(0, SHOWN_FIRST)}
          rowKey={(row) => `${row.tx} ${row.place}`}
        />
      )}
    </Section>
  )
}
