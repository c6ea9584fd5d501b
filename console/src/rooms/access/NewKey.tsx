/** Making a passkey in two presses: the browser makes it, then it signs once, because only a signature shows that somebody holds it. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { SignInOptions } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { ProblemView } from '../../kit/Problem.tsx'
import { signWithKey } from '../../kit/passkey.ts'
import { TextField } from './PersonFields.tsx'

const LABEL_CHARACTERS_MAX = 60

interface NewKeyProps {
  /** Makes the key and registers it; gives what its first signature is asked for. */
  readonly make: (label: string) => Promise<SignInOptions>
  readonly confirm: (ceremony: string, assertion: AuthenticationResponseJSON) => Promise<void>
  /** Whether the other fields are filled in. */
  readonly ready?: boolean
  readonly children?: ReactNode
}

export function NewKey({ make, confirm, ready = true, children }: NewKeyProps) {
  const { t } = useSpeech()
  const [label, setLabel] = useState('')
  const [made, setMade] = useState<SignInOptions>()
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const step = async (): Promise<void> => {
    if (made === undefined) setMade(await make(label.trim()))
    else await confirm(made.ceremony, await signWithKey(made.options))
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setRunning(true)
    setError(undefined)
    try {
      await step()
    } catch (failure) {
      setError(failure)
    }
    setRunning(false)
  }
  const missing = !ready || label.trim() === ''
  return (
    <form onSubmit={submit} className="stack">
      {made === undefined ? (
        <>
          {children}
          <TextField
            label={t('key.label')}
            hint={t('key.label.hint')}
            value={label}
            max={LABEL_CHARACTERS_MAX}
            required
            onChange={setLabel}
          />
          <p className="quiet-text">{t('key.step1')}</p>
        </>
      ) : (
        <p role="status">{t('key.step2')}</p>
      )}
      {error === undefined ? null : <ProblemView error={error} />}
      <button type="submit" className="button primary" disabled={running || missing}>
        {running ? t('word.working') : t(made === undefined ? 'key.make' : 'key.confirm')}
      </button>
    </form>
  )
}
