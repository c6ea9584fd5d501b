/** Instants and clocks. Exact first, relative second. */
import type { Deadline } from '../api/types.ts'
import { bothTimes, countdown, kstBeside, relative, utc } from '../format/time.ts'
import { useSpeech } from '../i18n/language.tsx'
import { useNow } from './now.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** `2026-02-06 10:20:04 UTC · 19:20:04 KST` and, quieter, how long ago. */
export function Time({ at, quiet = false }: { readonly at: number; readonly quiet?: boolean }) {
  return (
    <span className="time">
      <time dateTime={iso(at)}>
        <span className="whole">{utc(at)}</span> · <span className="whole">{kstBeside(at)}</span>
      </time>
      {quiet ? null : <Relative at={at} />}
    </span>
  )
}

export function Relative({ at }: { readonly at: number }) {
  const now = useNow()
  const { language } = useSpeech()
  return <span className="relative"> {relative(at, now, language)}</span>
}

/** For table cells: both times in two lines of steady width. */
export function StackedTime({ at }: { readonly at: number }) {
  return (
    <time className="stacked" dateTime={iso(at)} title={bothTimes(at)}>
      <span>{utc(at)}</span>
      <span className="second">
        {kstBeside(at)}
        <Relative at={at} />
      </span>
    </time>
  )
}

interface DueProps {
  /** `null`: the law sets no time yet. */
  readonly due: number | null
  readonly deadline: Deadline
}

/** What a running duty shows: the time left, or that it is due now and since when, or that no time is set. */
export function Due({ due, deadline }: DueProps) {
  const now = useNow()
  const { t, language } = useSpeech()
  if (due === null) return <span className="left">{t('time.unset')}</span>
  const immediate = deadline.kind === 'at_once' || deadline.kind === 'without_delay' || deadline.kind === 'beforehand'
  if (!immediate) return <Left due={due} />
  return (
    <span className="left tone-late" role="timer">
      {t('time.dueNow', { span: countdown(now - due, language) })}
    </span>
  )
}

/** What is left until `due`, or how long it is over, to the second. The word says which; the colour only repeats it. */
export function Left({ due }: { readonly due: number }) {
  const now = useNow()
  const { t, language } = useSpeech()
  const span = countdown(due - now, language)
  return (
    <span className={due >= now ? 'left' : 'left tone-stolen'} role="timer">
      {due >= now ? t('time.left', { span }) : t('time.over', { span })}
    </span>
  )
}
