/** Who must approve what: the rules in force. They are changed by a proposal, under themselves. */
import { useQuery } from '@tanstack/react-query'
import type { ApprovalRules } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { duration } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { useRoleNames } from './roles.ts'

type Rule = ApprovalRules['acts'][number]

export function ApprovalRulesSection() {
  const { t } = useSpeech()
  const query = useQuery(queries.approvals())
  return (
    <Section title={t('rules.title')} id="rules">
      <p className="quiet-text">{t('rules.lead')}</p>
      <Loaded query={query} lines={6}>
        {(rules) => (rules === null ? <Empty title={t('rules.none')} /> : <Rules rows={rules.acts} />)}
      </Loaded>
    </Section>
  )
}

function Rules({ rows }: { readonly rows: readonly Rule[] }) {
  const { t, language } = useSpeech()
  const names = useRoleNames()
  const columns: readonly Column<Rule>[] = [
    { id: 'act', title: t('pr.act'), sort: (row) => row.act, cell: (row) => row.act },
    {
      id: 'count',
      title: t('rules.count'),
      figures: true,
      sort: (row) => row.terms.approvals_min,
      cell: (row) => row.terms.approvals_min,
    },
    { id: 'roles', title: t('rules.roles'), cell: (row) => names(row.terms.roles) },
    {
      id: 'lock',
      title: t('pr.lock'),
      sort: (row) => row.terms.time_lock_ms,
      cell: (row) => (row.terms.time_lock_ms === 0 ? t('word.none') : duration(row.terms.time_lock_ms, language)),
    },
    { id: 'veto', title: t('pr.veto'), wide: true, cell: (row) => names(row.terms.veto_roles) },
    {
      id: 'life',
      title: t('rules.life'),
      wide: true,
      cell: (row) => duration(row.terms.expires_after_ms, language),
    },
  ]
  return <Table caption={t('rules.title')} columns={columns} rows={rows} rowKey={(row) => row.act} />
}
