/** One proposal, made for a phone: what, how much, to whom, what is unusual, who asks from where, the exact text, and the decision. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ProposalDetail } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { Left } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { CallBack } from './CallBack.tsx'
import { type CheckedProposal, checkProposal } from './checkProposal.ts'
import { ProposalActs } from './ProposalActs.tsx'
import { ProposalEffect, ProposalOrigin, ProposalUnusual } from './ProposalFacts.tsx'
import { ProposalProgress } from './ProposalProgress.tsx'
import { ProposalText } from './ProposalText.tsx'

/** The check of exactly this answer; an answer that has just changed is not checked yet. */
function useChecked(shown: ProposalDetail | undefined): CheckedProposal | undefined {
  const [checked, setChecked] = useState<{ readonly of: ProposalDetail; readonly result: CheckedProposal }>()
  useEffect(() => {
    let current = true
    if (shown !== undefined)
      void checkProposal(shown).then((result) => {
        if (current) setChecked({ of: shown, result })
      })
    return () => {
      current = false
    }
  }, [shown])
  return checked !== undefined && checked.of === shown ? checked.result : undefined
}

export function ProposalPage() {
  const { t, pick } = useSpeech()
  const { proposal: id } = useParams({ from: '/proposals/$proposal' })
  const query = useQuery(queries.proposal(id))
  const shown = query.data
  const checked = useChecked(shown)
  return (
    <Page
      title={shown === undefined ? t('pr.one', { id }) : pick(shown.title)}
      lead={
        <>
          <span className="chips">
            {shown === undefined ? null : <StateChip kind="proposal" state={shown.outcome.state} />}
            {shown?.outcome.state === 'waiting' ? <Left due={shown.expires_at} /> : null}
          </span>
          <span>
            <Link {...paths.proposals()}>{t('pr.title')}</Link> · {id} <CopyButton text={id} what={t('word.id')} />
          </span>
        </>
      }
    >
      <Loaded query={query} lines={16}>
        {(data) => (
          <div className="proposal">
            <ProposalEffect shown={data} />
            <ProposalUnusual shown={data} />
            <ProposalOrigin shown={data} />
            <ProposalProgress shown={data} />
            <CallBack shown={data} />
            <ProposalText shown={data} checked={checked} />
            <ProposalActs shown={data} checked={checked} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}
