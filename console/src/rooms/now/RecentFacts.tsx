/** The newest entries of the journal, as they are written. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { JournalEntry } from '../../api/types.ts'
import { useLive } from '../../frame/live.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { factWords } from '../evidence/factWords.ts'

const SHOWN_MAX = 14

export function RecentFacts({ size }: { readonly size: number }) {
  const { t } = useSpeech()
  const { facts } = useLive()
  // Asked once for what was there before the stream began; the key must not move with every entry.
  const start = useQuery({
    ...queries.events(Math.max(0, size - SHOWN_MAX), SHOWN_MAX),
    enabled: facts.length < SHOWN_MAX,
  })
  const byIndex = new Map<number, JournalEntry>()
  for (const fact of [...(start.data?.items ?? []), ...facts]) byIndex.set(fact.index, fact)
  const shown = [...byIndex.values()].sort((a, b) => b.index - a.index).slice(0, SHOWN_MAX)
  return (
    <Section title={t('now.facts')} id="facts" acts={<Link {...paths.evidence()}>{t('now.facts.all')}</Link>}>
      {shown.length === 0 ? (
        <Empty title={t('now.facts.none')}>{t('now.facts.none.more')}</Empty>
      ) : (
        <ol className="fact-list" aria-label={t('now.facts')}>
          {shown.map((fact) => (
            <li key={fact.index}>
              <Link {...paths.entry(fact.index)} className="fact-index">
                {fact.index}
              </Link>
              <span className="fact-type">{fact.type}</span>
              <span className="fact-words">{factWords(fact)}</span>
              <Time at={fact.at} quiet />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
