/** People and keys: who is there with which roles, one's own keys, machines, and who must approve what. */
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import type { PersonRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { paths } from '../../paths.ts'
import { ApprovalRulesSection } from './ApprovalRulesSection.tsx'
import { FoundingSection } from './FoundingSection.tsx'
import { InvitePerson } from './InvitePerson.tsx'
import { MyKeys } from './MyKeys.tsx'
import { useRoleNames } from './roles.ts'
import { Services } from './Services.tsx'

export function PeoplePage() {
  const { t } = useSpeech()
  const open = useParams({ strict: false }).person
  const me = useQuery(queries.me()).data
  const people = useQuery(queries.people())
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      {me?.phase === 'founding' ? <FoundingSection people={people.data ?? []} /> : null}
      <Section title={t('people.people')} note={people.data?.length} acts={<InvitePerson />}>
        <div className={open === undefined ? 'beside' : 'beside open'}>
          <div className="list">
            <Loaded query={people} lines={6}>
              {(rows) => <People rows={rows} open={open} />}
            </Loaded>
          </div>
          <Outlet />
        </div>
      </Section>
      <MyKeys me={me?.person} people={people} />
      <Services />
      <ApprovalRulesSection />
    </Page>
  )
}

const liveKeys = (row: PersonRow): number => row.keys.filter(({ until }) => until === null).length

function People({ rows, open }: { readonly rows: readonly PersonRow[]; readonly open: string | undefined }) {
  const { t } = useSpeech()
  const names = useRoleNames()
  if (rows.length === 0) return <Empty title={t('people.none')}>{t('people.none.more')}</Empty>
  const columns: readonly Column<PersonRow>[] = [
    {
      id: 'person',
      title: t('people.person'),
      sort: (row) => row.person,
      cell: (row) => (
        <Link {...paths.person(row.person)} data-row={row.person}>
          {row.person}
        </Link>
      ),
    },
    {
      id: 'status',
      title: t('people.status'),
      sort: (row) => row.status,
      cell: (row) => (
        <span className="chips">
          <StateChip kind="person" state={row.status} />
          {row.at_risk === null ? null : <Chip tone="stolen">{t('people.atRisk')}</Chip>}
        </span>
      ),
    },
    { id: 'roles', title: t('people.roles'), sort: (row) => row.roles.join(), cell: (row) => names(row.roles) },
    { id: 'keys', title: t('people.keys'), figures: true, sort: liveKeys, cell: (row) => liveKeys(row) },
    { id: 'contact', title: t('people.contact'), wide: true, cell: (row) => row.contact ?? t('word.none') },
  ]
  return (
    <Table caption={t('people.people')} columns={columns} rows={rows} rowKey={(row) => row.person} selected={open} />
  )
}
