/** One duty: what it is, who tells whom until when, what is left; what is owed is open, what is done is folded. */
import type { Clock } from '../../api/types.ts'
import { duration } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { useAuthorityName } from '../../kit/authority.ts'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { deadlineWords } from '../../kit/deadline.ts'
import { Fact, Facts } from '../../kit/Page.tsx'
import { Due, Time } from '../../kit/Time.tsx'
import { toneOf } from '../../kit/tones.ts'
import { isOwed } from './Clocks.tsx'

interface ClockProps {
  readonly clock: Clock
  readonly incident: string
}

export function ClockRow({ clock, incident }: ClockProps) {
  const { t, language, pick } = useSpeech()
  const nameOf = useAuthorityName()
  const must = t('case.clock.must', {
    authority: nameOf(clock.authority),
    deadline: deadlineWords(clock.deadline, t, language),
  })
  const tone = clock.state === 'proposed' ? 'plain' : toneOf('clock', clock.status)
  return (
    <li className={`clock edge-${tone}`}>
      <div className="clock-head">
        <h3>
          {pick(clock.title)}
          {clock.run > 1 ? <span className="note"> {t('case.clock.run', { run: clock.run })}</span> : null}
        </h3>
        <span className="clock-side">
          {clock.state === 'proposed' ? (
            <StateChip kind="law" state="proposed" />
          ) : (
            <StateChip kind="clock" state={clock.status} />
          )}
          {isOwed(clock) ? <Due due={clock.due_at} deadline={clock.deadline} /> : null}
        </span>
      </div>
      <p className="clock-must">
        {must} <MetWords clock={clock} />
      </p>
      <details open={isOwed(clock)}>
        <summary>{t('case.clock.more')}</summary>
        <ClockFacts clock={clock} />
      </details>
      {isOwed(clock) ? <MeetClock clock={clock} incident={incident} /> : null}
    </li>
  )
}

function ClockFacts({ clock }: { readonly clock: Clock }) {
  const { t, pick } = useSpeech()
  return (
    <Facts>
      <Fact name={t('case.clock.by')}>{t(`trigger.${clock.trigger}`)}</Fact>
      <Fact name={t('case.clock.started')}>
        <Time at={clock.started_at} quiet />
      </Fact>
      <Fact name={t('case.clock.due')}>
        {clock.due_at === null ? t('time.unset') : <Time at={clock.due_at} quiet />}
      </Fact>
      {clock.met_at === null ? null : (
        <Fact name={t('case.clock.met')}>
          <Time at={clock.met_at} quiet />
          {clock.evidence === null ? null : (
            <p className="quiet-text">{pick({ en: clock.evidence, ko: clock.evidence_ko ?? clock.evidence })}</p>
          )}
        </Fact>
      )}
      <Fact name={t('case.clock.then')}>
        {clock.sanction === null ? t('case.clock.then.unknown') : pick(clock.sanction)}
      </Fact>
      <Fact name={t('case.clock.source')}>
        {pick(clock.basis)} · {clock.obligation}{' '}
        {clock.verified ? null : <Chip tone="waiting">{t('case.clock.unverified')}</Chip>}
        {clock.note === null ? null : <p className="quiet-text">{pick(clock.note)}</p>}
      </Fact>
    </Facts>
  )
}

function MetWords({ clock }: { readonly clock: Clock }) {
  const { t, language } = useSpeech()
  if (clock.met_at === null) return null
  const late = clock.late_ms ?? 0
  const early = clock.due_at === null ? 0 : clock.due_at - clock.met_at
  if (late === 0 && early <= 0) return null
  return (
    <>
      ·{' '}
      <strong className="whole">
        {late > 0
          ? t('case.clock.late', { span: duration(late, language) })
          : t('case.clock.early', { span: duration(early, language) })}
      </strong>
    </>
  )
}

function MeetClock({ clock, incident }: ClockProps) {
  const { t } = useSpeech()
  const act = useAct()
  const { obligation, authority } = clock
  return (
    <div className="acts">
      <Danger
        tone="plain"
        act="clock.meet"
        trigger={t('case.clock.meet')}
        triggerLabel={t('case.clock.meet.label', { obligation })}
        title={t('case.clock.meet.title', { obligation })}
        effect={<p>{t('case.clock.meet.effect', { authority })}</p>}
        ask={t('case.clock.meet.reason')}
        askReason={t('form.why')}
        confirm={t('case.clock.meet.confirm')}
        onConfirm={(evidence, reason) =>
          act(
            'POST',
            `/v1/incidents/${incident}/clocks/${obligation}/meet`,
            { evidence, reason },
            t('case.clock.meet.said', { obligation }),
          )
        }
      />
    </div>
  )
}
