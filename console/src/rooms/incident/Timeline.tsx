/** What happened, to the second, each line with its place in the journal. */
import { useState } from 'react'
import type { Incident } from '../../api/types.ts'
import { utcDay } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Lines } from './TimelineLines.tsx'

/** A theft of hundreds of movements makes hundreds of lines: the first and the last ones are shown until all are asked for. */
const FIRST = 8
const LAST = 6

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
        {folded ? (
          <Lines
            entries={timeline.slice(-LAST)}
            start={incident.happened_at}
            dayBefore={utcDay(timeline[FIRST - 1]?.at ?? 0)}
          />
        ) : null}
      </ol>
    </Section>
  )
}

function AddNote({ incident }: { readonly incident: string }) {
  const { t } = useSpeech()
  const act = useAct()
  return (
    <Danger
      tone="plain"
      act="incident.note"
      trigger={t('case.note')}
      title={t('case.note.title', { id: incident })}
      effect={<p>{t('case.note.effect')}</p>}
      ask={t('case.note.reason')}
      confirm={t('case.note.confirm')}
      onConfirm={(text) => act('POST', `/v1/incidents/${incident}/notes`, { text }, t('case.note.said'))}
    />
  )
}
