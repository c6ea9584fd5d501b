/** An act that can't be undone quietly: it asks once, in words that name the effect, and wants its reason where the record needs one. */
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { ProblemView } from './Problem.tsx'

/** As the server's schema of one line has it. */
const REASON_CHARACTERS_MAX = 500

interface DangerProps {
  readonly trigger: string
  readonly triggerLabel?: string
  readonly title: string
  /** What happens at once, what does not, and how it is undone. */
  readonly effect: ReactNode
  readonly confirm: string
  /** The question whose answer goes into the journal; absent where the act has no reason to give. */
  readonly ask?: string
  readonly tone?: 'danger' | 'plain'
  readonly onConfirm: (reason: string) => Promise<unknown>
}

export function Danger(props: DangerProps) {
  const [open, setOpen] = useState(false)
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger
        className={`button ${props.tone === 'plain' ? '' : 'danger'}`}
        {...(props.triggerLabel === undefined ? {} : { 'aria-label': props.triggerLabel })}
      >
        {props.trigger}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <DangerForm {...props} close={() => setOpen(false)} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function DangerForm({
  title,
  effect,
  confirm,
  ask,
  tone,
  onConfirm,
  close,
}: DangerProps & { readonly close: () => void }) {
  const { t } = useSpeech()
  const id = useId()
  const [reason, setReason] = useState('')
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setRunning(true)
    setError(undefined)
    try {
      await onConfirm(reason.trim())
      close()
    } catch (failure) {
      setError(failure)
      setRunning(false)
    }
  }
  const missing = ask !== undefined && reason.trim() === ''
  return (
    <form onSubmit={submit}>
      <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
      <AlertDialog.Description className="dialog-text" render={<div />}>
        {effect}
      </AlertDialog.Description>
      {ask === undefined ? null : (
        <div className="field">
          <label htmlFor={id}>{ask}</label>
          <input
            id={id}
            value={reason}
            maxLength={REASON_CHARACTERS_MAX}
            onChange={(event) => setReason(event.target.value)}
            autoComplete="off"
            aria-describedby={`${id}-why`}
          />
          <span id={`${id}-why`} className="hint">
            {t('form.reasonHint')}
          </span>
        </div>
      )}
      {error === undefined ? null : <ProblemView error={error} />}
      <div className="dialog-acts">
        <AlertDialog.Close className="button">{t('act.cancel')}</AlertDialog.Close>
        <button
          type="submit"
          className={`button ${tone === 'plain' ? 'primary' : 'danger solid'}`}
          disabled={missing || running}
        >
          {running ? t('word.working') : confirm}
        </button>
      </div>
    </form>
  )
}
