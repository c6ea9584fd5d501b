/** Proposals: first what waits for whoever looks, then what is open, then everything, newest first; or one state, filtered. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ProposalRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Page, Section } from '../../kit/Page.tsx'
import { tones } from '../../kit/tones.ts'
import { type ProposalSearch, paths } from '../../paths.ts'
import { ProposalTable } from './ProposalTable.tsx'

const STATES = Object.keys(tones.proposal) as readonly (keyof typeof tones.proposal)[]
const ENDED: ReadonlySet<string> = new Set(STATES.filter((state) => state !== 'waiting' && state !== 'approved'))

export function ProposalsPage() {
  const { t } = useSpeech()
  const search = useSearch({ from: '/proposals' })
  return (
    <Page title={t('pr.title')} lead={t('pr.lead')}>
      <Filter search={search} />
      {search.state === undefined ? (
        <>
          {search.before === undefined ? <Waiting /> : null}
          <List search={search} title={t('pr.ended')} none={t('pr.ended.none')} keep={isEnded} />
        </>
      ) : (
        <List search={search} title={t('pr.filtered')} none={t('pr.none')} keep={() => true} />
      )}
    </Page>
  )
}

const isEnded = (row: ProposalRow): boolean => ENDED.has(row.outcome.state)

/** What waits for this person, then what waits for others. */
function Waiting() {
  const { t } = useSpeech()
  const mine = useQuery(queries.proposals({ state: 'mine' }))
  const open = useQuery(queries.proposals({ state: 'open' }))
  const own = new Set(mine.data?.items.map(({ proposal }) => proposal))
  return (
    <>
      <Section title={t('pr.mine')} note={mine.data?.items.length || undefined}>
        <Loaded query={mine} lines={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('pr.mine.none')}>{t('pr.mine.none.more')}</Empty>
            ) : (
              <ProposalTable caption={t('pr.mine')} rows={items} />
            )
          }
        </Loaded>
      </Section>
      <Section title={t('pr.open')}>
        <Loaded query={open} lines={3}>
          {({ items }) => {
            const others = items.filter(({ proposal }) => !own.has(proposal))
            return others.length === 0 ? (
              <Empty title={t('pr.open.none')}>{t('pr.open.none.more')}</Empty>
            ) : (
              <ProposalTable caption={t('pr.open')} rows={others} />
            )
          }}
        </Loaded>
      </Section>
    </>
  )
}

function Filter({ search }: { readonly search: ProposalSearch }) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  return (
    <search className="filters">
      <label>
        {t('pr.filter')}
        <select
          value={search.state ?? ''}
          onChange={(event) => void navigate(paths.proposals({ state: event.target.value || undefined }))}
        >
          <option value="">{t('pr.filter.all')}</option>
          <option value="mine">{t('pr.mine')}</option>
          <option value="open">{t('pr.open')}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`proposal.${state}`)}
            </option>
          ))}
        </select>
      </label>
      {search.state === undefined ? null : <Link {...paths.proposals()}>{t('act.clearFilter')}</Link>}
    </search>
  )
}

interface ListProps {
  readonly search: ProposalSearch
  readonly title: string
  readonly none: string
  readonly keep: (row: ProposalRow) => boolean
}

function List({ search, title, none, keep }: ListProps) {
  const { t } = useSpeech()
  const page = useQuery(queries.proposals(search))
  return (
    <Section title={title}>
      <Loaded query={page} lines={8}>
        {({ items, next }) => {
          const rows = items.filter(keep)
          return (
            <>
              {rows.length === 0 ? <Empty title={none} /> : <ProposalTable caption={title} rows={rows} />}
              <nav className="paging" aria-label={title}>
                {search.before === undefined ? null : (
                  <Link {...paths.proposals({ ...search, before: undefined })} className="button quiet">
                    {t('act.newest')}
                  </Link>
                )}
                {next === null ? null : (
                  <Link {...paths.proposals({ ...search, before: next })} className="button quiet">
                    {t('act.older')}
                  </Link>
                )}
              </nav>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
