/** The clocks of all open cases, the next one first. */
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { IncidentRow } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Due, Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { dueOf, isOwed } from '../incident/Clocks.tsx'

/** Cases whose clocks are read for this list; more open cases than this have their own page. */
const CASES_READ_MAX = 6
const CLOCKS_SHOWN_MAX = 6

export function NearestClocks({ incidents }: { readonly incidents: readonly IncidentRow[] }) {
  const { t, pick } = useSpeech()
  const open = incidents.filter((row) => row.status === 'open').slice(0, CASES_READ_MAX)
  const cases = useQueries({ queries: open.map((row) => queries.incident(row.incident)) })
  const clocks = cases
    .flatMap(({ data }) =>
      data === undefined ? [] : data.clocks.map((clock) => ({ incident: data.incident, ...clock })),
    )
    .filter(isOwed)
    .sort((a, b) => dueOf(a) - dueOf(b))
    .slice(0, CLOCKS_SHOWN_MAX)
  return (
    <Section title={t('now.clocks')} id="clocks">
      {clocks.length === 0 ? (
        <Empty title={t('now.clocks.none')}>{t('now.clocks.none.more')}</Empty>
      ) : (
        <ul className="rows">
          {clocks.map((clock) => (
            <li key={`${clock.incident} ${clock.obligation} ${clock.run}`} className="row">
              <div>
                <p className="row-title">
                  <Link {...paths.incident(clock.incident)} hash="clocks">
                    {pick(clock.title)}
                  </Link>
                </p>
                <p className="quiet-text">
                  {clock.authority} · {clock.obligation}
                  {clock.due_at === null ? null : (
                    <>
                      {' · '}
                      <Time at={clock.due_at} quiet />
                    </>
                  )}
                </p>
              </div>
              <div className="row-side">
                <StateChip kind="clock" state={clock.status} />
                <Due due={clock.due_at} deadline={clock.deadline} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
