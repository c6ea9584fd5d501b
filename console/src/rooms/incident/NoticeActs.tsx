/** Approve, draft again, record the answer. An approver sees the whole text and the address it goes to before the one question. */
import type { Notice } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ActButton } from '../../kit/Button.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { NoticeText } from './NoticeText.tsx'

interface NoticeActsProps {
  readonly notice: Notice
  readonly stale: boolean
}

export function NoticeActs({ notice, stale }: NoticeActsProps) {
  switch (notice.status) {
    case 'drafted':
    case 'failed':
      return (
        <div className="acts">
          <Approve notice={notice} stale={stale} />
          <Redraft notice={notice} />
        </div>
      )
    case 'sent':
      return (
        <div className="acts">
          <Acknowledge notice={notice} />
        </div>
      )
    case 'approved':
    case 'acknowledged':
      return null
  }
}

function Approve({ notice, stale }: NoticeActsProps) {
  const { t } = useSpeech()
  const act = useAct()
  const { authority } = notice
  const label = t('case.notice.approve.label', { authority, language: t(`lang.${notice.language}`) })
  if (notice.channel === 'none')
    return (
      <ActButton label={label} why={t('case.notice.noRecipient', { authority })} onAct={async () => undefined}>
        {t('case.notice.approve')}
      </ActButton>
    )
  return (
    <Danger
      tone="plain"
      act="notice.approve"
      trigger={t('case.notice.approve')}
      triggerLabel={label}
      title={t('case.notice.approve.title', { authority })}
      effect={
        <>
          <p>{t('case.notice.approve.effect', { channel: t(`channel.${notice.channel}`), to: notice.to })}</p>
          {stale ? <p className="strong">{t('case.notice.stale')}</p> : null}
          <NoticeText notice={notice} />
        </>
      }
      ask={t('form.why')}
      confirm={t('case.notice.approve.confirm')}
      onConfirm={(reason) =>
        // The time of the draft says which text was read: one that was drawn anew meanwhile is not sent.
        act(
          'POST',
          `/v1/notices/${notice.notice}/approve`,
          { drafted_at: notice.drafted_at, reason },
          t('case.notice.approve.said', { authority }),
        )
      }
    />
  )
}

function Redraft({ notice }: { readonly notice: Notice }) {
  const { t } = useSpeech()
  const act = useAct()
  const { authority } = notice
  return (
    <ActButton
      act="notice.redraft"
      label={t('case.notice.redraft.label', { authority, language: t(`lang.${notice.language}`) })}
      onAct={() =>
        act('POST', `/v1/notices/${notice.notice}/redraft`, {}, t('case.notice.redraft.said', { authority }))
      }
    >
      {t('case.notice.redraft')}
    </ActButton>
  )
}

function Acknowledge({ notice }: { readonly notice: Notice }) {
  const { t } = useSpeech()
  const act = useAct()
  const { authority } = notice
  return (
    <Danger
      tone="plain"
      act="notice.acknowledge"
      trigger={t('case.notice.ack')}
      title={t('case.notice.ack.title', { authority })}
      effect={<p>{t('case.notice.ack.effect', { authority })}</p>}
      ask={t('case.notice.ack.reason')}
      confirm={t('case.notice.ack.confirm')}
      onConfirm={(reference) =>
        act('POST', `/v1/notices/${notice.notice}/acknowledge`, { reference }, t('case.notice.ack.said', { authority }))
      }
    />
  )
}
