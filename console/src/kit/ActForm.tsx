/** A row of fields with one act. What went wrong stands below it, and what was typed stays; what was done empties it. */
import { type FormEvent, type ReactNode, useState } from 'react'
import { ProblemView } from './Problem.tsx'

interface ActFormProps {
  /** What the button says. */
  readonly label: string
  /** Gets what was typed, without blanks around it, by the names of the fields. Whatever it rejects with is shown. */
  readonly send: (typed: { readonly [name: string]: string }) => Promise<unknown>
  readonly children: ReactNode
}

export function ActForm({ label, send, children }: ActFormProps) {
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
      <button type="submit" className="button">
        {label}
      </button>
      {error === undefined ? null : <ProblemView error={error} />}
    </form>
  )
}
