/** An error as a person needs it: what happened, to what, what to do next, and its number for whoever is called. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { asProblem, LOCAL_CODES } from '../api/problem.ts'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'
import { paths } from '../paths.ts'
import { Chip } from './Chip.tsx'

const isLocal = (code: string): code is (typeof LOCAL_CODES)[number] => LOCAL_CODES.some((local) => local === code)

export function ProblemView({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t, pick } = useSpeech()
  const { code, title, detail } = asProblem(error).details
  const numbered = !isLocal(code)
  const { data: explained } = useQuery({ ...queries.explanation(code), enabled: numbered, retry: false })
  const heading = isLocal(code) ? t(`problem.${code}`) : explained === undefined ? title : pick(explained.title)
  const help = isLocal(code) ? t(`problem.${code}.help`) : explained === undefined ? '' : pick(explained.help)
  return (
    <div className="problem" role="alert">
      <p className="problem-title">
        <Chip tone="late">{numbered ? code : t('word.error')}</Chip> <strong>{heading}</strong>
      </p>
      {detail === '' ? null : <p className="problem-detail">{detail}</p>}
      {help === '' ? null : <p>{help}</p>}
      <p className="acts">
        {onRetry === undefined ? null : (
          <button type="button" className="button" onClick={onRetry}>
            {t('act.retry')}
          </button>
        )}
        {numbered ? <Link {...paths.explain(code)}>{t('act.explain', { code })}</Link> : null}
      </p>
    </div>
  )
}
