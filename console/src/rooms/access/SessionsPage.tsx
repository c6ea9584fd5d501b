/** Who is signed in, from where, until when; and the end of any of it. */
import { useQuery } from '@tanstack/react-query'
import type { SessionRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { signOut } from '../../frame/enter.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'

export function SessionsPage() {
  const { t } = useSpeech()
  const query = useQuery(queries.sessions())
  return (
    <Page title={t('ses.title')} lead={t('ses.lead')}>
      <Loaded query={query} lines={5}>
        {(rows) => (rows.length === 0 ? <Empty title={t('ses.none')} /> : <Sessions rows={rows} />)}
      </Loaded>
    </Page>
  )
}

function Sessions({ rows }: { readonly rows: readonly SessionRow[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<SessionRow>[] = [
    {
      id: 'person',
      title: t('people.person'),
      sort: (row) => row.person,
      cell: (row) => (
        <>
          <strong>{row.person}</strong> {row.current ? <Chip tone="safe">{t('ses.current')}</Chip> : null}
          <span className="quiet-text block">
            {row.label} · {row.session} <CopyButton text={row.session} what={t('word.id')} />
          </span>
        </>
      ),
    },
    { id: 'from', title: t('ses.from'), sort: (row) => row.from, cell: (row) => row.from },
    {
      id: 'opened',
      title: t('ses.opened'),
      wide: true,
      sort: (row) => row.opened_at,
      cell: (row) => <StackedTime at={row.opened_at} />,
    },
    {
      id: 'expires',
      title: t('ses.expires'),
      wide: true,
      sort: (row) => row.expires_at,
      cell: (row) => <StackedTime at={row.expires_at} />,
    },
    { id: 'end', title: t('people.acts'), cell: (row) => <End row={row} /> },
  ]
  return <Table caption={t('ses.title')} columns={columns} rows={rows} rowKey={(row) => row.session} />
}

function End({ row }: { readonly row: SessionRow }) {
  const { t } = useSpeech()
  const act = useAct()
  if (row.current)
    return (
      <button type="button" className="button" onClick={() => void signOut()}>
        {t('act.signOut')}
      </button>
    )
  return (
    <Danger
      act="session.end"
      trigger={t('ses.end')}
      triggerLabel={t('ses.end.label', { person: row.person, key: row.label })}
      title={t('ses.end.title', { person: row.person })}
      effect={<p>{t('ses.end.effect')}</p>}
      ask={t('ses.end.reason')}
      confirm={t('ses.end.confirm')}
      onConfirm={(reason) =>
        act('POST', `/v1/sessions/${row.session}/end`, { reason }, t('ses.end.said', { person: row.person }))
      }
    />
  )
}
