/** A simple act, and an act that is not possible now: never hidden, always with its reason in writing. */
import { type ReactNode, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { Disabled } from './Disabled.tsx'
import { useWhyNot } from './may.ts'
import { ProblemView } from './Problem.tsx'

interface ActButtonProps {
  readonly children: string
  readonly label?: string
  readonly tone?: 'primary' | 'plain'
  /** Why it can't be done now. The button stays, the reason stands below it. */
  readonly why?: string | undefined
  /** The command that this sends: whoever may neither do nor propose it reads why. */
  readonly act?: string
  readonly onAct: () => Promise<unknown>
}

export function ActButton({ children, label, tone = 'plain', why, act, onAct }: ActButtonProps): ReactNode {
  const { t } = useSpeech()
  const whyNot = useWhyNot()
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
  const barred = why ?? whyNot(act)
  if (barred !== undefined)
    return (
      <Disabled label={label} why={barred}>
        {children}
      </Disabled>
    )
  return (
    <span className="act">
      <button
        type="button"
        className={`button ${tone === 'primary' ? 'primary' : ''}`}
        {...(label === undefined ? {} : { 'aria-label': label })}
        aria-disabled={running}
        onClick={() => (running ? undefined : run())}
      >
        {running ? t('word.working') : children}
      </button>
      {error === undefined ? null : <ProblemView error={error} />}
    </span>
  )
}
