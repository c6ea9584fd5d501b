/** One line that goes into the journal. */
import { useId } from 'react'
import { useSpeech } from '../i18n/language.tsx'

/** As the server's schema of one line has it. */
export const LINE_CHARACTERS_MAX = 500

interface ReasonFieldProps {
  readonly ask: string
  readonly name?: string
  /** Left out where the form reads its fields by name. */
  readonly value?: string
  readonly onChange?: (value: string) => void
}

export function ReasonField({ ask, name, value, onChange }: ReasonFieldProps) {
  const { t } = useSpeech()
  const id = useId()
  return (
    <div className="field grow">
      <label htmlFor={id}>{ask}</label>
      <input
        id={id}
        required
        maxLength={LINE_CHARACTERS_MAX}
        autoComplete="off"
        aria-describedby={`${id}-why`}
        {...(name === undefined ? {} : { name })}
        {...(value === undefined ? {} : { value })}
        {...(onChange === undefined ? {} : { onChange: (event) => onChange(event.target.value) })}
      />
      <span id={`${id}-why`} className="hint">
        {t('form.reasonHint')}
      </span>
    </div>
  )
}
