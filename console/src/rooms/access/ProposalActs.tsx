/** The decision. Approving signs the digest that this page computed; nothing is signed that differs from what is shown. */
import { useQuery } from '@tanstack/react-query'
import type { Me, ProposalDetail } from '../../api/access.ts'
import { Problem } from '../../api/problem.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ActButton } from '../../kit/Button.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { useWhyNot } from '../../kit/may.ts'
import { Section } from '../../kit/Page.tsx'
import { signWithKey } from '../../kit/passkey.ts'
import { type CheckedProposal, checkProposal } from './checkProposal.ts'

interface ProposalActsProps {
  readonly shown: ProposalDetail
  readonly checked: CheckedProposal | undefined
}

export function ProposalActs({ shown, checked }: ProposalActsProps) {
  const { t } = useSpeech()
  const act = useAct()
  const id = shown.proposal
  const { state } = shown.outcome
  if (state !== 'waiting' && state !== 'approved')
    return (
      <Section title={t('pr.decide')}>
        <p className="quiet-text">{t('pr.decide.ended')}</p>
      </Section>
    )
  const path = `/v1/proposals/${id}`
  return (
    <Section title={t('pr.decide')}>
      <div className="acts decide">
        <Approve shown={shown} checked={checked} />
        <Danger
          why={shown.can.veto ? undefined : t('pr.veto.why')}
          trigger={t('pr.veto.act')}
          title={t('pr.veto.title')}
          effect={<p>{t('pr.veto.effect')}</p>}
          ask={t('pr.veto.reason')}
          confirm={t('pr.veto.confirm')}
          onConfirm={(reason) => act('POST', `${path}/veto`, { reason }, t('pr.veto.said'))}
        />
        {shown.can.withdraw ? (
          <Danger
            tone="plain"
            trigger={t('pr.withdraw')}
            title={t('pr.withdraw.title')}
            effect={<p>{t('pr.withdraw.effect')}</p>}
            ask={t('pr.withdraw.reason')}
            confirm={t('pr.withdraw.confirm')}
            onConfirm={(reason) => act('POST', `${path}/withdraw`, { reason }, t('pr.withdraw.said'))}
          />
        ) : null}
        {shown.stalled === null ? null : (
          <ActButton
            why={shown.can.execute === false ? t('pr.execute.why') : undefined}
            onAct={() => act('POST', `${path}/execute`, {}, t('pr.execute.said'))}
          >
            {t('pr.execute')}
          </ActButton>
        )}
      </div>
    </Section>
  )
}

/** Why this person cannot approve it now; the first that applies. */
function useWhyNoApproval({ shown, checked }: ProposalActsProps, me: Me | undefined): string | undefined {
  const { t } = useSpeech()
  const whyNot = useWhyNot()
  if (checked === undefined) return t('pr.checking')
  if (!checked.same) return t('pr.why.differs')
  if (me?.person === shown.signed.proposed_by) return t('pr.why.own')
  if (shown.approvals.some(({ person }) => person === me?.person)) return t('pr.why.already')
  const barred = whyNot(`approve.${shown.act}`)
  if (barred !== undefined) return barred
  return shown.can.approve && shown.options !== null ? undefined : t('pr.why.terms')
}

function Approve(props: ProposalActsProps) {
  const { t } = useSpeech()
  const act = useAct()
  const { shown } = props
  const me = useQuery(queries.me()).data
  const why = useWhyNoApproval(props, me)
  const approve = async (): Promise<void> => {
    // Once more, on exactly what stands on the screen now: nothing is signed on the word of an earlier check.
    const checked = await checkProposal(shown)
    if (!checked.same || shown.options === null)
      throw new Problem({ status: 0, code: 'DIFFERS', title: '', detail: '', field: undefined })
    const { id, response } = await signWithKey(shown.options)
    const assertion = {
      credential_id: id,
      client_data_json: response.clientDataJSON,
      authenticator_data: response.authenticatorData,
      signature: response.signature,
    }
    const body = { digest: checked.digest, assertion }
    await act('POST', `/v1/proposals/${shown.proposal}/approve`, body, t('pr.approve.said'))
  }
  return (
    <ActButton tone="primary" why={why} onAct={approve}>
      {t('pr.approve')}
    </ActButton>
  )
}
