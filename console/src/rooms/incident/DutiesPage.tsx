/** Who is told of what: the directory of recipients, and the duties of the loaded rule packs. */
import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import type { Obligation, Pack, Recipient } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { deadlineWords } from '../../kit/deadline.ts'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { RecipientForm } from './RecipientForm.tsx'
import { ReporterSection } from './ReporterForm.tsx'

export function DutiesPage() {
  const { t } = useSpeech()
  const recipients = useQuery(queries.recipients())
  const packs = useQuery(queries.packs())
  const authorities = new Set(packs.data?.flatMap((pack) => pack.obligations.map(({ authority }) => authority)))
  return (
    <Page title={t('duty.title')} lead={t('duty.lead')}>
      <Section title={t('duty.recipients')}>
        <Loaded query={recipients} lines={5}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('duty.recipients.none')}>{t('duty.recipients.none.more')}</Empty>
            ) : (
              <Recipients rows={rows} />
            )
          }
        </Loaded>
        <RecipientForm authorities={[...authorities]} />
      </Section>
      <ReporterSection />
      <Loaded query={packs} lines={10}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('duty.packs.none')}>{t('duty.packs.none.more')}</Empty>
          ) : (
            rows.map((pack) => <PackSection key={pack.pack} pack={pack} />)
          )
        }
      </Loaded>
    </Page>
  )
}

function Recipients({ rows }: { readonly rows: readonly Recipient[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<Recipient>[] = [
    { id: 'authority', title: t('duty.authority'), sort: (row) => row.authority, cell: (row) => row.authority },
    { id: 'language', title: t('duty.language'), cell: (row) => t(`lang.${row.language}`) },
    { id: 'channel', title: t('duty.channel'), wide: true, cell: (row) => t(`channel.${row.channel}`) },
    { id: 'to', title: t('duty.to'), cell: (row) => row.to },
  ]
  return (
    <Table
      caption={t('duty.recipients')}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.authority} ${row.language}`}
    />
  )
}

function PackSection({ pack }: { readonly pack: Pack }) {
  const { t, language, pick } = useSpeech()
  const columns: readonly Column<Obligation>[] = [
    {
      id: 'obligation',
      title: t('duty.obligation'),
      sort: (row) => row.obligation,
      cell: (row) => (
        <>
          {pick(row.title)}
          <p className="quiet-text">{row.obligation}</p>
        </>
      ),
    },
    { id: 'authority', title: t('duty.authority'), sort: (row) => row.authority, cell: (row) => row.authority },
    { id: 'deadline', title: t('duty.deadline'), cell: (row) => deadlineWords(row.deadline, t, language) },
    { id: 'trigger', title: t('duty.trigger'), wide: true, cell: (row) => t(`trigger.${row.trigger}`) },
    {
      id: 'state',
      title: t('duty.state'),
      wide: true,
      cell: (row) => (
        <span className="chips">
          <StateChip kind="law" state={row.state} />
          {row.verified ? null : <Chip tone="waiting">{t('duty.unverified')}</Chip>}
        </span>
      ),
    },
    {
      id: 'sanction',
      title: t('duty.sanction'),
      wide: true,
      cell: (row) => (row.sanction === undefined ? t('word.none') : pick(row.sanction)),
    },
    { id: 'source', title: t('duty.source'), wide: true, cell: (row) => row.source },
  ]
  return (
    <Section title={t('duty.pack', { pack: pack.pack })} note={t('duty.asOf', { date: pack.as_of })}>
      <Table
        caption={t('duty.pack', { pack: pack.pack })}
        columns={columns}
        rows={pack.obligations}
        rowKey={(row) => row.obligation}
      />
    </Section>
  )
}
