/** What a numbered refusal means and what to do: the same text as `pasu explain` prints. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Page } from '../../kit/Page.tsx'

export function ExplainPage() {
  const { t, pick } = useSpeech()
  const { code } = useParams({ from: '/explain/$code' })
  const query = useQuery(queries.explanation(code))
  return (
    <Page title={t('explain.title', { code })} lead={query.data === undefined ? undefined : pick(query.data.title)}>
      <Loaded query={query} lines={4}>
        {(data) => (
          <Facts>
            <Fact name={t('explain.help')}>{pick(data.help)}</Fact>
            <Fact name={t('explain.kind')}>{data.kind}</Fact>
          </Facts>
        )}
      </Loaded>
      <p className="quiet-text">{t('explain.terminal', { code })}</p>
    </Page>
  )
}
