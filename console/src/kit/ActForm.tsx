/** A row of fields with one act. What went wrong stands below it, and what was typed stays; what was done empties it. */
import { type FormEvent, type ReactNode, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { Disabled } from './Disabled.tsx'
import { useWhyNot } from './may.ts'
import { ProblemView } from './Problem.tsx'
import { ReasonField } from './ReasonField.tsx'

interface ActFormProps {
  /** What the button says. */
  readonly label: string
  /** Gets what was typed, without blanks around it, by the names of the fields. Whatever it rejects with is shown. */
  readonly send: (typed: { readonly [name: string]: string }) => Promise<unknown>
  /** The command that this sends: whoever may neither do nor propose it reads why. */
  readonly act?: string
  /** Whether others must approve it: then they are told why (field `reason`). */
  readonly reason?: boolean
  readonly children: ReactNode
}

export function ActForm({ label, send, act, reason = false, children }: ActFormProps) {
  const { t } = useSpeech()
  const why = useWhyNot()(act)
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    setError(undefined)
    try {
      await send(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()])))
      form.reset()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <form onSubmit={submit} className="inline-form no-print">
      {children}
      {reason ? <ReasonField ask={t('form.why')} name="reason" /> : null}
      {why === undefined ? (
        <button type="submit" className="button">
          {label}
        </button>
      ) : (
        <Disabled why={why}>{label}</Disabled>
      )}
      {error === undefined ? null : <ProblemView error={error} />}
    </form>
  )
}
