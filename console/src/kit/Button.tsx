/** A simple act, and an act that is not possible now: never hidden, always with its reason in writing. */
import { type ReactNode, useId, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { ProblemView } from './Problem.tsx'

interface ActButtonProps {
  readonly children: string
  readonly label?: string
  readonly tone?: 'primary' | 'plain'
  /** Why it can't be done now. The button stays, the reason stands below it. */
  readonly why?: string | undefined
  readonly onAct: () => Promise<unknown>
}

export function ActButton({ children, label, tone = 'plain', why, onAct }: ActButtonProps): ReactNode {
  const { t } = useSpeech()
  const id = useId()
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (): Promise<void> => {
    setRunning(true)
    setError(undefined)
    try {
      await onAct()
    } catch (failure) {
      setError(failure)
    }
    setRunning(false)
  }
  return (
    <span className="act">
      <button
        type="button"
        className={`button ${tone === 'primary' ? 'primary' : ''}`}
        {...(label === undefined ? {} : { 'aria-label': label })}
        aria-disabled={why !== undefined || running}
        {...(why === undefined ? {} : { 'aria-describedby': id })}
        onClick={() => (why === undefined && !running ? run() : undefined)}
      >
        {running ? t('word.working') : children}
      </button>
      {why === undefined ? null : (
        <span id={id} className="why">
          {why}
        </span>
      )}
      {error === undefined ? null : <ProblemView error={error} />}
    </span>
  )
}
