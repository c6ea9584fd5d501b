/** One case, in the order in which it is worked: clocks, acts, what happened, what is said to whom, the money. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Incident } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { ExactAmounts } from '../../kit/exact.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { Clocks } from './Clocks.tsx'
import { CloseCase } from './CloseCase.tsx'
import { Flow } from './Flow.tsx'
import { Milestones } from './Milestones.tsx'
import { Money } from './Money.tsx'
import { NextActs } from './NextActs.tsx'
import { Notices } from './Notices.tsx'
import { Thefts } from './Thefts.tsx'
import { Timeline } from './Timeline.tsx'

export function IncidentPage() {
  const { t } = useSpeech()
  const { incident: id } = useParams({ from: '/incidents/$incident' })
  const query = useQuery(queries.incident(id))
  const data = query.data
  return (
    <ExactAmounts>
      {(toggle) => (
        <Page
          title={data === undefined ? id : t('case.title', { kind: t(`kind.${data.kind}`), id })}
          lead={data === undefined ? undefined : <CaseLead incident={data} />}
          acts={
            <>
              {toggle}
              <button type="button" className="button quiet" onClick={() => window.print()}>
                {t('act.print')}
              </button>
            </>
          }
        >
          <Loaded query={query} lines={18}>
            {(incident) => (
              <div className="case">
                <div className="case-wide">
                  <Milestones incident={incident.incident} />
                </div>
                <div className="case-column">
                  <Clocks incident={incident} />
                  <NextActs incident={incident} />
                </div>
                <div className="case-column">
                  <Flow incident={incident} />
                  <Timeline incident={incident} />
                </div>
                <div className="case-wide">
                  <Thefts incident={incident} />
                  <Notices incident={incident} />
                  <Money incident={incident} />
                  <CloseCase incident={incident} />
                </div>
              </div>
            )}
          </Loaded>
        </Page>
      )}
    </ExactAmounts>
  )
}

function CaseLead({ incident }: { readonly incident: Incident }) {
  const { pick } = useSpeech()
  return (
    <>
      <span className="chips">
        <StateChip kind="incident" state={incident.status} />
        <StateChip kind="severity" state={incident.severity} />
        <span>
          {chainName(incident.chain)}
          {incident.wallet === null ? null : ` · ${incident.wallet}`}
        </span>
      </span>
      <span className="summary">{pick({ en: incident.summary, ko: incident.summary_ko })}</span>
    </>
  )
}
