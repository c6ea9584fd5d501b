/** The door: one token, and exact words about why it did not open. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { tryToken } from '../api/client.ts'
import { asProblem } from '../api/problem.ts'
import type { Key } from '../i18n/en.ts'
import { useSpeech } from '../i18n/language.tsx'
import { ProblemView } from '../kit/Problem.tsx'
import { LanguageSwitch } from './Settings.tsx'
import { beginSession, type EndedBy } from './session.ts'

type SignInFault = Extract<Key, `signin.${'empty' | 'wrong' | 'service' | 'away'}`>

function faultOf(error: unknown): SignInFault | undefined {
  const { status, code } = asProblem(error).details
  if (code === 'UNREACHABLE' || status === 502 || status === 504) return 'signin.away'
  if (status === 401) return 'signin.wrong'
  return status === 403 ? 'signin.service' : undefined
}

export function SignIn({ endedBy }: { readonly endedBy: EndedBy }) {
  const { t } = useSpeech()
  const [fault, setFault] = useState<SignInFault>()
  const [error, setError] = useState<unknown>()
  const [running, setRunning] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  useEffect(() => {
    document.title = `${t('signin.title')} · Pasu`
    field.current?.focus()
  }, [t])
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const token = field.current?.value.trim() ?? ''
    setError(undefined)
    setFault(token === '' ? 'signin.empty' : undefined)
    if (token === '') return
    setRunning(true)
    try {
      await tryToken(token)
      beginSession(token)
    } catch (failure) {
      const known = faultOf(failure)
      setFault(known)
      setError(known === undefined ? failure : undefined)
      setRunning(false)
      field.current?.select()
    }
  }
  const notice = endedBy === 'refused' ? t('signin.refused') : endedBy === 'signed-out' ? t('signin.ended') : undefined
  return (
    <main className="signin">
      <div className="signin-top">
        <Mark />
        <LanguageSwitch />
      </div>
      <h1>{t('signin.title')}</h1>
      <p className="lead">{t('signin.lead')}</p>
      {notice === undefined ? null : (
        <p className="signin-notice" role="status">
          {notice}
        </p>
      )}
      <form onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={id}>{t('signin.token')}</label>
          <input
            ref={field}
            id={id}
            type="password"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-fault ${id}-hint`}
          />
          <p id={`${id}-fault`} className="fault" role="alert">
            {fault === undefined ? '' : t(fault)}
          </p>
          <p id={`${id}-hint`} className="hint">
            {t('signin.where')} {t('signin.kept')}
          </p>
        </div>
        {error === undefined ? null : <ProblemView error={error} />}
        <button type="submit" className="button primary" disabled={running}>
          {running ? t('word.working') : t('signin.open')}
        </button>
      </form>
    </main>
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
