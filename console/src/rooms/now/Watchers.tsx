import type { Watcher } from '../../api/types.ts'
import { grouped } from '../../format/amount.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'

export function Watchers({ watchers }: { readonly watchers: readonly Watcher[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<Watcher>[] = [
    { id: 'chain', title: t('col.chain'), cell: (row) => <span title={row.chain}>{chainName(row.chain)}</span> },
    { id: 'state', title: t('col.state'), cell: (row) => <StateChip kind="watcher" state={row.status} /> },
    { id: 'height', title: t('col.height'), figures: true, wide: true, cell: (row) => grouped(String(row.height)) },
    {
      id: 'block',
      title: t('col.block'),
      cell: (row) => (row.block_at === null ? t('word.none') : <StackedTime at={row.block_at} />),
    },
    { id: 'sources', title: t('col.sources'), wide: true, cell: (row) => <Sources watcher={row} /> },
  ]
  return (
    <Section title={t('now.watchers')} id="watchers">
      {watchers.length === 0 ? (
        <Empty title={t('now.watchers.none')}>{t('now.watchers.none.more')}</Empty>
      ) : (
        <Table caption={t('now.watchers')} columns={columns} rows={watchers} rowKey={(row) => row.chain} />
      )}
    </Section>
  )
}

function Sources({ watcher }: { readonly watcher: Watcher }) {
  return (
    <ul className="plain">
      {watcher.sources.map((source) => (
        <li key={source.source} title={source.detail}>
          {source.source} <StateChip kind="source" state={source.status} />
        </li>
      ))}
    </ul>
  )
}
