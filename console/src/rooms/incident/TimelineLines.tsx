/** The lines of a time line: one heading a day, then the time in UTC and Korea, how long after the event, what, and where in the journal. */
import { Link } from '@tanstack/react-router'
import type { TimelineEntry } from '../../api/types.ts'
import { readable } from '../../format/readable.ts'
import { bothTimes, fineDuration, KST_OFFSET_MS, timeOfDay, utcDay } from '../../format/time.ts'
import { en, type Key } from '../../i18n/en.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAssetUnit } from '../../kit/assets.ts'
import { paths } from '../../paths.ts'

type LineKey = Extract<Key, `fact.${string}`>
const isLine = (key: string): key is LineKey => key.startsWith('fact.') && key in en

interface LinesProps {
  readonly entries: readonly TimelineEntry[]
  /** When the event happened: what the spans count from. */
  readonly start: number
  /** The day of the line before these, so that its heading is not repeated. */
  readonly dayBefore?: string | undefined
}

export function Lines({ entries, start, dayBefore }: LinesProps) {
  let day = dayBefore
  return entries.map((entry) => {
    const heading = utcDay(entry.at) === day ? undefined : utcDay(entry.at)
    day = utcDay(entry.at)
    return <Line key={`${entry.index} ${entry.kind}`} entry={entry} start={start} heading={heading} />
  })
}

interface LineProps {
  readonly entry: TimelineEntry
  readonly start: number
  readonly heading: string | undefined
}

function Line({ entry, start, heading }: LineProps) {
  const { t, language } = useSpeech()
  const unitOf = useAssetUnit()
  const key = `fact.${entry.kind}`
  const text = language === 'ko' ? entry.text_ko : entry.text
  const sign = entry.at >= start ? '+' : '−'
  return (
    <>
      {heading === undefined ? null : <li className="timeline-day">{heading} UTC</li>}
      <li className="timeline-line">
        <time className="timeline-when" dateTime={new Date(entry.at).toISOString()} title={bothTimes(entry.at)}>
          {timeOfDay(entry.at)} UTC
          <span className="second">
            {timeOfDay(entry.at + KST_OFFSET_MS)} KST · {sign}
            {fineDuration(entry.at - start, language)}
          </span>
        </time>
        <span className="timeline-what" title={text}>
          <strong>{isLine(key) ? t(key) : entry.kind}</strong> {readable(text, unitOf)}
        </span>
        <Link
          {...paths.entry(entry.index)}
          className="fact-index"
          aria-label={t('case.timeline.entry', { index: entry.index })}
        >
          {entry.index}
        </Link>
      </li>
    </>
  )
}
