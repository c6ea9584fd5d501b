/** What happened, to the second, each line with its place in the journal. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Incident, TimelineEntry } from '../../api/types.ts'
import { duration } from '../../format/time.ts'
import type { Key } from '../../i18n/en.ts'
import { en } from '../../i18n/en.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'

/** A theft of hundreds of movements makes hundreds of lines: the first and the last ones are shown until all are asked for. */
const FIRST = 8
const LAST = 6

const isFact = (key: string): key is Extract<Key, `fact.${string}`> => key.startsWith('fact.') && key in en

export function Timeline({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const [all, setAll] = useState(false)
  const { timeline } = incident
  const folded = !all && timeline.length > FIRST + LAST + 1
  const between = timeline.length - FIRST - LAST
  return (
    <Section
      title={t('case.timeline')}
      id="timeline"
      note={timeline.length === 0 ? undefined : timeline.length}
      acts={
        <>
          {timeline.length > FIRST + LAST + 1 ? (
            <button type="button" className="button quiet" onClick={() => setAll(!all)}>
              {all ? t('case.timeline.less') : t('case.timeline.all', { count: timeline.length })}
            </button>
          ) : null}
          {incident.status === 'open' ? <AddNote incident={incident.incident} /> : null}
        </>
      }
    >
      {timeline.length === 0 ? <Empty title={t('case.timeline.none')} /> : null}
      <ol className="timeline">
        <Lines entries={folded ? timeline.slice(0, FIRST) : timeline} start={incident.happened_at} />
        {folded ? <li className="timeline-gap">{t('case.timeline.gap', { count: between })}</li> : null}
        {folded ? <Lines entries={timeline.slice(-LAST)} start={incident.happened_at} /> : null}
      </ol>
    </Section>
  )
}

function Lines({ entries, start }: { readonly entries: readonly TimelineEntry[]; readonly start: number }) {
  const { t, language } = useSpeech()
  return entries.map((entry) => {
    const key = `fact.${entry.kind}`
    return (
      <li key={`${entry.index} ${entry.kind}`}>
        <span className="timeline-when">
          <Time at={entry.at} quiet />
          <span className="quiet-text">
            {' '}
            {entry.at >= start
              ? `+${duration(entry.at - start, language)}`
              : `−${duration(entry.at - start, language)}`}
          </span>
        </span>
        <span className="timeline-what">
          <strong>{isFact(key) ? t(key) : entry.kind}</strong> {language === 'ko' ? entry.text_ko : entry.text}
        </span>
        <Link
          {...paths.entry(entry.index)}
          className="fact-index"
          aria-label={t('case.timeline.entry', { index: entry.index })}
        >
          {entry.index}
        </Link>
      </li>
    )
  })
}

function AddNote({ incident }: { readonly incident: string }) {
  const { t } = useSpeech()
  const act = useAct()
  return (
    <Danger
      tone="plain"
      trigger={t('case.note')}
      title={t('case.note.title', { id: incident })}
      effect={<p>{t('case.note.effect')}</p>}
      ask={t('case.note.reason')}
      confirm={t('case.note.confirm')}
      onConfirm={(text) => act('POST', `/v1/incidents/${incident}/notes`, { text }, t('case.note.said'))}
    />
  )
}
