/** The three questions of the engineer on call, answered in words large enough for 05:00. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { queries } from '../../api/queries.ts'
import { type State, WAITING, type Wallet, waitingOf } from '../../api/types.ts'
import { chainName } from '../../format/caip.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Shape } from '../../kit/Chip.tsx'
import { useScopeName } from '../../kit/scope.ts'
import { Time } from '../../kit/Time.tsx'
import type { Tone } from '../../kit/tones.ts'
import type { Todo } from './whatNow.ts'

interface AnswerProps {
  readonly question: string
  readonly tone: Tone
  readonly answer: string
  readonly children: ReactNode
}

function Answer({ question, tone, answer, children }: AnswerProps) {
  return (
    <div className={`answer edge-${tone}`}>
      <h2>{question}</h2>
      <p className="answer-word">
        <Shape tone={tone} />
        {answer}
      </p>
      <div className="answer-more">{children}</div>
    </div>
  )
}

interface AnswersProps {
  readonly state: State
  readonly wallets: readonly Wallet[]
  readonly todos: readonly Todo[]
}

export function Answers({ state, wallets, todos }: AnswersProps) {
  const { t } = useSpeech()
  return (
    <section className="answers" aria-label={t('now.answers')}>
      <Moving state={state} wallets={wallets} />
      <Stopped state={state} />
      <WhatNow state={state} todos={todos} />
    </section>
  )
}

function Moving({ state, wallets }: { readonly state: State; readonly wallets: readonly Wallet[] }) {
  const { t } = useSpeech()
  const count = wallets.reduce((total, wallet) => total + wallet.unpermitted, 0)
  const last = useQuery({ ...queries.transfers({ kind: 'unpermitted' }), enabled: count > 0 }).data?.items[0]
  const question = t('now.q.moving')
  const blind = state.watchers.find((watcher) => watcher.status === 'blind')
  if (count > 0)
    return (
      <Answer question={question} tone="stolen" answer={t('now.moving.some', { count })}>
        {last === undefined ? null : (
          <p>
            {t('now.moving.last')}: <Time at={last.block_at} />
          </p>
        )}
        {blind === undefined ? null : <p>{t('now.moving.blind.more', { chain: chainName(blind.chain) })}</p>}
      </Answer>
    )
  if (blind !== undefined)
    return (
      <Answer question={question} tone="late" answer={t('now.moving.blind')}>
        <p>{t('now.moving.blind.more', { chain: chainName(blind.chain) })}</p>
      </Answer>
    )
  if (state.watchers.length === 0)
    return (
      <Answer question={question} tone="waiting" answer={t('now.moving.unwatched')}>
        <p>{t('now.moving.unwatched.more')}</p>
      </Answer>
    )
  return (
    <Answer question={question} tone="safe" answer={t('now.moving.none')}>
      <p>{t('now.moving.none.more')}</p>
    </Answer>
  )
}

function Stopped({ state }: { readonly state: State }) {
  const { t } = useSpeech()
  const scopeName = useScopeName()
  const first = state.halts[0]
  if (first === undefined)
    return (
      <Answer question={t('now.q.stopped')} tone="safe" answer={t('now.stopped.no')}>
        <p>{t('now.stopped.no.more')}</p>
      </Answer>
    )
  return (
    <Answer question={t('now.q.stopped')} tone="late" answer={t('now.stopped.yes')}>
      <p>
        <strong>{state.halts.map((halt) => scopeName(halt.scope)).join(', ')}</strong>: <Time at={first.since} />
      </p>
      <p>{t('now.stopped.more')}</p>
    </Answer>
  )
}

function WhatNow({ state, todos }: { readonly state: State; readonly todos: readonly Todo[] }) {
  const { t } = useSpeech()
  const [first] = todos
  if (first === undefined)
    return (
      <Answer question={t('now.q.todo')} tone="safe" answer={t('now.todo.nothing')}>
        <p>{t('now.todo.nothing.more')}</p>
      </Answer>
    )
  const parts = WAITING.filter((part) => waitingOf(state, part) > 0)
  return (
    <Answer question={t('now.q.todo')} tone={first.tone} answer={t('now.todo.some', { count: todos.length })}>
      <p>
        <Link {...first.link} {...(first.hash === undefined ? {} : { hash: first.hash })}>
          <strong>{first.text(t)}</strong>
        </Link>
      </p>
      {parts.length === 0 ? null : (
        <p>{parts.map((part) => t(`status.waits.${part}`, { count: waitingOf(state, part) })).join(' · ')}</p>
      )}
    </Answer>
  )
}
