/** What is said to whom: the full text in each language, and the act of sending it. */
import type { Incident, Notice } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAuthorityName } from '../../kit/authority.ts'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { NoticeActs } from './NoticeActs.tsx'
import { NoticeText } from './NoticeText.tsx'
import { isReadingCopy, type NoticeGroup, noticeGroups } from './noticeGroups.ts'
import { Statements } from './Statements.tsx'

export function Notices({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const groups = noticeGroups(incident.notices)
  return (
    <Section title={t('case.notices')} id="notices" note={groups.length === 0 ? undefined : groups.length}>
      {groups.length === 0 ? (
        <Empty title={t('case.notices.none')}>{t('case.notices.none.more')}</Empty>
      ) : (
        <ul className="notices">
          {groups.map((group) => (
            <Group key={group.key} group={group} incident={incident} />
          ))}
        </ul>
      )}
      <Statements incident={incident} />
    </Section>
  )
}

function Group({ group, incident }: { readonly group: NoticeGroup; readonly incident: Incident }) {
  const { t, pick } = useSpeech()
  const nameOf = useAuthorityName()
  const clock = incident.clocks.find(({ obligation, run }) => obligation === group.obligation && run === group.run)
  return (
    <li className="notice">
      <h3>
        <span className="notice-authority">{nameOf(group.authority)}</span>{' '}
        {clock === undefined ? group.obligation : pick(clock.title)}
        {group.run > 1 ? <span className="note"> {t('case.clock.run', { run: group.run })}</span> : null}
      </h3>
      {group.notices.map((notice) => (
        <Draft key={notice.notice} notice={notice} copy={isReadingCopy(notice, group.notices)} />
      ))}
    </li>
  )
}

function Draft({ notice, copy }: { readonly notice: Notice; readonly copy: boolean }) {
  const { t } = useSpeech()
  const stale = notice.status === 'drafted' && notice.stale_since !== null
  return (
    <div className="draft">
      <details>
        <summary>
          <span className="draft-language">{t(`lang.${notice.language}`)}</span>
          <span className="draft-subject" lang={notice.language}>
            {notice.subject}
          </span>
          {stale && !copy ? <Chip tone="waiting">{t('case.notice.stale.short')}</Chip> : null}
          {copy ? <Chip tone="plain">{t('case.notice.copy')}</Chip> : <StateChip kind="notice" state={notice.status} />}
        </summary>
        <DraftFacts notice={notice} />
        <NoticeText notice={notice} />
      </details>
      {copy ? null : <NoticeActs notice={notice} stale={stale} />}
    </div>
  )
}

function DraftFacts({ notice }: { readonly notice: Notice }) {
  const { t } = useSpeech()
  return (
    <Facts>
      <Fact name={t('case.notice.to')}>
        {notice.channel === 'none' ? t('channel.none') : `${notice.to} (${t(`channel.${notice.channel}`)})`}
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
  )
}
