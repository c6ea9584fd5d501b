/** The door: one press, the browser asks for the passkey; and exact words about why it did not open, or why it closed. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Access } from '../api/access.ts'
import { useSpeech } from '../i18n/language.tsx'
import { ProblemView } from '../kit/Problem.tsx'
import { readAccess, signIn } from './enter.ts'
import { LanguageSwitch } from './Settings.tsx'
import type { EndedBy } from './session.ts'

export function SignIn({ ended }: { readonly ended: EndedBy | undefined }) {
  const { t } = useSpeech()
  const access = useQuery({ queryKey: ['access'], queryFn: readAccess })
  useEffect(() => {
    document.title = `${t('signin.title')} · Pasu`
  }, [t])
  return (
    <main className="signin">
      <SignInTop />
      <h1>{t('signin.title')}</h1>
      <p className="lead">{t('signin.lead', { deployment: access.data?.deployment ?? '…' })}</p>
      <Ended ended={ended} />
      <PhaseHint access={access.data} />
      <SignInButton />
      <p className="hint">{t('signin.kept')}</p>
      <p className="hint">{t('signin.lost')}</p>
    </main>
  )
}

function SignInButton() {
  const { t } = useSpeech()
  const [error, setError] = useState<unknown>()
  const [running, setRunning] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const run = async (): Promise<void> => {
    setError(undefined)
    setRunning(true)
    try {
      await signIn()
    } catch (failure) {
      setError(failure)
      setRunning(false)
    }
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button primary large"
        aria-disabled={running}
        onClick={() => (running ? undefined : run())}
      >
        {running ? t('signin.waiting') : t('signin.open')}
      </button>
      {error === undefined ? null : <ProblemView error={error} />}
    </>
  )
}

function Ended({ ended }: { readonly ended: EndedBy | undefined }) {
  const { t } = useSpeech()
  if (ended === undefined) return null
  if (ended.by === 'signed-out')
    return (
      <p className="signin-notice" role="status">
        {t('signin.ended')}
      </p>
    )
  const { status } = ended.problem.details
  return (
    <>
      {status === 401 ? (
        <p className="signin-notice" role="status">
          {t('signin.refused')}
        </p>
      ) : null}
      <ProblemView error={ended.problem} />
    </>
  )
}

/** Before anybody can sign in, the page says what comes first. */
function PhaseHint({ access }: { readonly access: Access | undefined }) {
  const { t } = useSpeech()
  if (access?.phase === 'bare')
    return (
      <p className="signin-notice" role="status">
        {t('signin.bare')}
      </p>
    )
  return access?.phase === 'founding' ? <p className="quiet-text">{t('signin.founding')}</p> : null
}

export function SignInTop() {
  return (
    <div className="signin-top">
      <Mark />
      <LanguageSwitch />
    </div>
  )
}

export function Mark() {
  return (
    <span className="mark" lang="en" translate="no">
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <path d="M9 26V7h8.4a5.9 5.9 0 0 1 0 11.8H13" fill="none" stroke="currentColor" strokeWidth="3.2" />
        <circle className="tone-safe" cx="22.5" cy="24.5" r="2.4" fill="currentColor" />
      </svg>
      Pasu
    </span>
  )
}
