/** The first page, for somebody woken by an alarm: three answers, then what to do, then everything behind them. */
import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Page } from '../../kit/Page.tsx'
import { Answers } from './Answers.tsx'
import { Halts } from './Halts.tsx'
import { NearestClocks } from './NearestClocks.tsx'
import { RecentFacts } from './RecentFacts.tsx'
import { Todos } from './Todos.tsx'
import { Watchers } from './Watchers.tsx'
import { whatNow } from './whatNow.ts'

export function NowPage() {
  const { t } = useSpeech()
  const state = useQuery(queries.state())
  const wallets = useQuery(queries.wallets()).data ?? []
  const incidents = useQuery(queries.incidents()).data ?? []
  const proposals = useQuery(queries.proposals({ state: 'mine' })).data?.items.length ?? 0
  return (
    <Page title={t('now.title')}>
      <Loaded query={state} lines={12}>
        {(data) => (
          <>
            <Answers state={data} wallets={wallets} todos={whatNow(data, wallets, incidents, proposals)} />
            <div className="columns">
              <div className="column">
                <Todos todos={whatNow(data, wallets, incidents, proposals)} />
                <Halts state={data} wallets={wallets} incidents={incidents} />
                <NearestClocks incidents={incidents} />
              </div>
              <div className="column">
                <Watchers watchers={data.watchers} />
                <RecentFacts size={data.journal.size} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}
