/** What is said to whom: the full text in each language, and the act of sending it. */
import type { Incident, Notice } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { NoticeActs } from './NoticeActs.tsx'

export function Notices({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const { notices } = incident
  return (
    <Section title={t('case.notices')} id="notices" note={notices.length === 0 ? undefined : notices.length}>
      {notices.length === 0 ? (
        <Empty title={t('case.notices.none')}>{t('case.notices.none.more')}</Empty>
      ) : (
        <ul className="notices">
          {notices.map((notice) => (
            <NoticeItem key={notice.notice} notice={notice} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function NoticeItem({ notice }: { readonly notice: Notice }) {
  const { t } = useSpeech()
  const stale = notice.status === 'drafted' && notice.stale_since !== null
  return (
    <li className="notice">
      <details>
        <summary>
          <span className="notice-authority">{notice.authority}</span>
          <span className="note">{t(`lang.${notice.language}`)}</span>
          <span className="notice-subject" lang={notice.language}>
            {notice.subject}
          </span>
          {stale ? <Chip tone="waiting">{t('case.notice.stale')}</Chip> : null}
          <StateChip kind="notice" state={notice.status} />
        </summary>
        <Facts>
          <Fact name={t('case.notice.to')}>
            {notice.channel === 'none' ? t('channel.none') : `${notice.to} (${t(`channel.${notice.channel}`)})`} ·{' '}
            {notice.obligation}
          </Fact>
          <Fact name={t('case.notice.drafted')}>
            <Time at={notice.drafted_at} quiet />
          </Fact>
          {notice.approved_at === null ? null : (
            <Fact name={t('case.notice.approved')}>
              <Time at={notice.approved_at} quiet />
            </Fact>
          )}
          {notice.sent_at === null ? null : (
            <Fact name={t('case.notice.sent')}>
              <Time at={notice.sent_at} quiet />
            </Fact>
          )}
          {notice.receipt === null ? null : <Fact name={t('case.notice.receipt')}>{notice.receipt}</Fact>}
          {notice.reference === null ? null : <Fact name={t('notice.acknowledged')}>{notice.reference}</Fact>}
          {notice.why === null ? null : <Fact name={t('notice.failed')}>{notice.why}</Fact>}
        </Facts>
        <NoticeText notice={notice} />
      </details>
      <NoticeActs notice={notice} stale={stale} />
    </li>
  )
}

/** The text as it is sent, in its own language, so that a screen reader speaks it rightly. */
export function NoticeText({ notice }: { readonly notice: Notice }) {
  return (
    <div className="letter" lang={notice.language}>
      <p className="letter-subject">{notice.subject}</p>
      <pre>{notice.body}</pre>
    </div>
  )
}
