/** The duties of a case. What runs stands first, with what is left, who must act and what happens then. */
import type { Clock, Incident } from '../../api/types.ts'
import { duration } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { deadlineWords } from '../../kit/deadline.ts'
import { Empty } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Due, Time } from '../../kit/Time.tsx'
import { toneOf } from '../../kit/tones.ts'

/** A duty that nobody has met: it runs, or its time is over. */
export const isUnmet = (clock: Clock): boolean => clock.met_at === null

/** A duty without a time in law comes after all that have one. */
export const dueOf = (clock: Clock): number => clock.due_at ?? Number.MAX_SAFE_INTEGER

/** Unmet first, then law in force before proposals, then by what is due first. */
export function clockOrder(a: Clock, b: Clock): number {
  if (isUnmet(a) !== isUnmet(b)) return isUnmet(a) ? -1 : 1
  if (a.state !== b.state) return a.state === 'in_force' ? -1 : 1
  return dueOf(a) - dueOf(b)
}

export function Clocks({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const clocks = [...incident.clocks].sort(clockOrder)
  return (
    <Section title={t('case.clocks')} id="clocks" note={clocks.length === 0 ? undefined : clocks.length}>
      {clocks.length === 0 ? (
        <Empty title={t('case.clocks.none')}>{t('case.clocks.none.more')}</Empty>
      ) : (
        <ul className="clocks">
          {clocks.map((clock) => (
            <ClockRow key={`${clock.obligation} ${clock.run}`} clock={clock} incident={incident.incident} />
          ))}
        </ul>
      )}
    </Section>
  )
}

interface ClockProps {
  readonly clock: Clock
  readonly incident: string
}

function ClockRow({ clock, incident }: ClockProps) {
  const { t, language, pick } = useSpeech()
  const must = t('case.clock.must', {
    authority: clock.authority,
    deadline: deadlineWords(clock.deadline, t, language),
  })
  return (
    <li className={`clock tone-${toneOf('clock', clock.status)}`}>
      <div className="clock-head">
        <div>
          <h3>{pick(clock.title)}</h3>
          <p className="clock-must">{must}</p>
        </div>
        <div className="clock-side">
          <StateChip kind="clock" state={clock.status} />
          {isUnmet(clock) ? <Due due={clock.due_at} deadline={clock.deadline} /> : null}
        </div>
      </div>
      <Facts>
        {clock.met_at === null ? null : (
          <Fact name={t('case.clock.met')}>
            <Time at={clock.met_at} quiet /> <MetWords clock={clock} />
          </Fact>
        )}
        <Fact name={t('case.clock.due')}>
          {clock.due_at === null ? t('time.unset') : <Time at={clock.due_at} quiet />}
        </Fact>
        <Fact name={t('case.clock.then')}>
          {clock.sanction === null ? t('case.clock.then.unknown') : pick(clock.sanction)}
        </Fact>
        <Fact name={t('case.clock.source')}>
          {pick(clock.basis)} · {clock.obligation}
          {clock.run > 1 ? ` (${clock.run})` : null}{' '}
          {clock.state === 'proposed' ? <StateChip kind="law" state="proposed" /> : null}
          {clock.verified ? null : <Chip tone="waiting">{t('case.clock.unverified')}</Chip>}
          {clock.note === null ? null : <p className="quiet-text">{pick(clock.note)}</p>}
        </Fact>
      </Facts>
      {isUnmet(clock) ? <MeetClock clock={clock} incident={incident} /> : null}
    </li>
  )
}

function MetWords({ clock }: { readonly clock: Clock }) {
  const { t, language } = useSpeech()
  if (clock.met_at === null) return null
  const late = clock.late_ms ?? 0
  const early = clock.due_at === null ? 0 : clock.due_at - clock.met_at
  return (
    <span className="quiet-text">
      {late > 0 ? t('case.clock.late', { span: duration(late, language) }) : null}
      {late === 0 && early > 0 ? t('case.clock.early', { span: duration(early, language) }) : null}
      {clock.evidence === null ? null : ` · ${clock.evidence}`}
    </span>
  )
}

function MeetClock({ clock, incident }: ClockProps) {
  const { t } = useSpeech()
  const act = useAct()
  const { obligation, authority } = clock
  return (
    <Danger
      tone="plain"
      trigger={t('case.clock.meet')}
      triggerLabel={t('case.clock.meet.label', { obligation })}
      title={t('case.clock.meet.title', { obligation })}
      effect={<p>{t('case.clock.meet.effect', { authority })}</p>}
      ask={t('case.clock.meet.reason')}
      confirm={t('case.clock.meet.confirm')}
      onConfirm={(evidence) =>
        act(
          'POST',
          `/v1/incidents/${incident}/clocks/${obligation}/meet`,
          { evidence },
          t('case.clock.meet.said', { obligation }),
        )
      }
    />
  )
}
