/** An act that is not possible now: never hidden, its reason in writing below it. */
import { useId } from 'react'

interface DisabledProps {
  readonly children: string
  readonly label?: string | undefined
  readonly why: string
}

export function Disabled({ children, label, why }: DisabledProps) {
  const id = useId()
  return (
    <span className="act">
      <button
        type="button"
        className="button"
        {...(label === undefined ? {} : { 'aria-label': label })}
        aria-disabled="true"
        aria-describedby={id}
      >
        {children}
      </button>
      <span id={id} className="why">
        {why}
      </span>
    </span>
  )
}
