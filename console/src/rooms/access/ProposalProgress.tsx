/** How far it is: who approved, what is missing, when it ends, how long it stays locked, and what became of it. */
import { Link } from '@tanstack/react-router'
import type { Outcome, ProposalDetail, Terms } from '../../api/access.ts'
import { duration } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Shape } from '../../kit/Chip.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Left, Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { useRoleNames } from './roles.ts'

export function ProposalProgress({ shown }: { readonly shown: ProposalDetail }) {
  const { t } = useSpeech()
  return (
    <Section title={t('pr.progress')}>
      <Became outcome={shown.outcome} />
      {shown.stalled === null ? null : <Stalled stalled={shown.stalled} />}
      {shown.approvals.length === 0 && shown.vetoes.length === 0 ? null : (
        <ul className="plain">
          {shown.approvals.map((approval) => (
            <li key={`${approval.person} ${approval.given_at}`}>
              <Shape tone="safe" /> {t('pr.approvedBy', { person: approval.person })} <Time at={approval.given_at} />
            </li>
          ))}
          {shown.vetoes.map((veto) => (
            <li key={`${veto.person} ${veto.at}`}>
              <Shape tone="late" /> {t('pr.vetoedBy', { person: veto.person, reason: veto.reason })}{' '}
              <Time at={veto.at} />
            </li>
          ))}
        </ul>
      )}
      <TermsFacts terms={shown.signed.terms} expires={shown.signed.expires_at} proposer={shown.signed.proposed_by} />
    </Section>
  )
}

function Became({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useSpeech()
  switch (outcome.state) {
    case 'waiting':
      return <p className="strong">{t('pr.missing', { count: outcome.missing })}</p>
    case 'approved':
      return (
        <p className="strong">
          {t('pr.approved')} <Left due={outcome.executable_from} /> · <Time at={outcome.executable_from} quiet />
        </p>
      )
    case 'executed':
      return (
        <p className="strong">
          {t('pr.executed')} <Time at={outcome.at} />
        </p>
      )
    case 'vetoed':
      return <p className="strong">{t('pr.vetoed', { person: outcome.by })}</p>
    case 'void':
      return <p className="strong">{t('pr.void')}</p>
    case 'expired':
      return (
        <p className="strong">
          {t('pr.expired')} <Time at={outcome.at} />
        </p>
      )
    case 'withdrawn':
      return (
        <p className="strong">
          {t('pr.withdrawn')} <Time at={outcome.at} />
        </p>
      )
  }
}

function Stalled({ stalled }: { readonly stalled: NonNullable<ProposalDetail['stalled']> }) {
  const { t } = useSpeech()
  return (
    <div className="problem">
      <p className="problem-title">
        <strong>{t('pr.stalled.title')}</strong>
      </p>
      <p>
        <Link {...paths.explain(stalled.code)} className="code">
          {stalled.code}
        </Link>{' '}
        {stalled.detail}
      </p>
    </div>
  )
}

interface TermsProps {
  readonly terms: Terms
  readonly expires: number
  readonly proposer: string
}

function TermsFacts({ terms, expires, proposer }: TermsProps) {
  const { t, language } = useSpeech()
  const names = useRoleNames()
  return (
    <Facts>
      <Fact name={t('pr.needs')}>
        {t('pr.needs.of', { count: terms.approvals_min, roles: names(terms.roles), proposer })}
      </Fact>
      <Fact name={t('pr.before')}>
        <Time at={expires} />
      </Fact>
      <Fact name={t('pr.lock')}>
        {terms.time_lock_ms === 0
          ? t('pr.lock.none')
          : t('pr.lock.for', { span: duration(terms.time_lock_ms, language) })}
      </Fact>
      <Fact name={t('pr.veto')}>
        {terms.veto_roles.length === 0 ? t('pr.veto.nobody') : t('pr.veto.by', { roles: names(terms.veto_roles) })}
      </Fact>
    </Facts>
  )
}
