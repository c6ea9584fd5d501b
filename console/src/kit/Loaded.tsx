/** The three lives of a reading: not yet here (the layout stands still), failed (what happened, what to do), here. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { ProblemView } from './Problem.tsx'

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data>
  /** How many lines the content will roughly take. */
  readonly lines?: number
  readonly children: (data: Data) => ReactNode
}

export function Loaded<Data>({ query, lines = 4, children }: LoadedProps<Data>) {
  if (query.data !== undefined)
    return (
      <>
        {query.isError ? <ProblemView error={query.error} onRetry={() => query.refetch()} /> : null}
        {children(query.data)}
      </>
    )
  if (query.isError) return <ProblemView error={query.error} onRetry={() => query.refetch()} />
  return <Waiting lines={lines} />
}

export function Waiting({ lines }: { readonly lines: number }) {
  const { t } = useSpeech()
  return (
    <div className="loading" aria-busy="true">
      <span className="hidden">{t('word.loading')}</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key) => (
        <span key={key} className="loading-line" />
      ))}
    </div>
  )
}

/** An empty place says what would be here and what to do next. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children === undefined ? null : <div>{children}</div>}
    </div>
  )
}
