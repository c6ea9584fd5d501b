/** The newest facts of the journal, as they are written. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { queries } from '../../api/queries.ts'
import { useLive } from '../../frame/live.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty, Waiting } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { recentFacts } from './recentFacts.ts'

const SHOWN_MAX = 12

export function RecentFacts({ size }: { readonly size: number }) {
  const { t } = useSpeech()
  const { facts } = useLive()
  // What was there before the stream began is read once: the key must not move with every entry.
  const [before] = useState(size)
  const start = useQuery(queries.factsBefore(before, (entries) => recentFacts(entries, SHOWN_MAX).length === SHOWN_MAX))
  const shown = recentFacts([...(start.data ?? []), ...facts], SHOWN_MAX)
  return (
    <Section title={t('now.facts')} id="facts" acts={<Link {...paths.evidence()}>{t('now.facts.all')}</Link>}>
      {shown.length === 0 && start.isPending ? <Waiting lines={SHOWN_MAX} /> : null}
      {shown.length === 0 && !start.isPending ? (
        <Empty title={t('now.facts.none')}>{t('now.facts.none.more')}</Empty>
      ) : (
        <ol className="fact-list" aria-label={t('now.facts')}>
          {shown.map(({ entry, words, count }) => (
            <li key={entry.index}>
              <Link {...paths.entry(entry.index)} className="fact-index">
                {entry.index}
              </Link>
              <span className="fact-type">
                {entry.type}
                {count > 1 ? <span className="note"> {t('now.facts.times', { count })}</span> : null}
              </span>
              <Time at={entry.at} quiet />
              <span className="fact-words">{words}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
