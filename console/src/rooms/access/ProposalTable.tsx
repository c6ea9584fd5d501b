import { Link } from '@tanstack/react-router'
import type { ProposalRow } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { Left, StackedTime } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'

const isWaiting = ({ outcome }: ProposalRow): boolean => outcome.state === 'waiting'

export function ProposalTable({ caption, rows }: { readonly caption: string; readonly rows: readonly ProposalRow[] }) {
  const { t, pick } = useSpeech()
  const left: Column<ProposalRow> = {
    id: 'left',
    title: t('pr.left'),
    sort: (row) => row.expires_at,
    cell: (row) => (isWaiting(row) ? <Left due={row.expires_at} /> : '—'),
  }
  const columns: readonly Column<ProposalRow>[] = [
    {
      id: 'act',
      title: t('pr.act'),
      sort: (row) => pick(row.title),
      cell: (row) => (
        <>
          <Link {...paths.proposal(row.proposal)} data-row={row.proposal} className="strong">
            {pick(row.title)}
          </Link>
          <span className="clamp quiet-text">{row.reason}</span>
        </>
      ),
    },
    {
      id: 'state',
      title: t('pr.state'),
      sort: (row) => row.outcome.state,
      cell: (row) => (
        <>
          <StateChip kind="proposal" state={row.outcome.state} />
          {row.outcome.state === 'waiting' ? (
            <span className="quiet-text block">{t('pr.missing', { count: row.outcome.missing })}</span>
          ) : null}
          {row.stalled === null ? null : <span className="quiet-text block">{t('pr.stalled')}</span>}
        </>
      ),
    },
    ...(rows.some(isWaiting) ? [left] : []),
    { id: 'by', title: t('pr.by'), wide: true, sort: (row) => row.proposed_by, cell: (row) => row.proposed_by },
    {
      id: 'at',
      title: t('pr.at'),
      wide: true,
      sort: (row) => row.proposed_at,
      cell: (row) => <StackedTime at={row.proposed_at} />,
    },
  ]
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.proposal} />
}
