/** An act that can't be undone quietly: it asks once, in words that name the effect, and wants its reason where the record needs one. */
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { Disabled } from './Disabled.tsx'
import { useWhyNot } from './may.ts'
import { ProblemView } from './Problem.tsx'
import { ReasonField } from './ReasonField.tsx'

interface DangerProps {
  readonly trigger: string
  readonly triggerLabel?: string
  readonly title: string
  /** What happens at once, what does not, and how it is undone. */
  readonly effect: ReactNode
  /** Fields of the act itself. */
  readonly fields?: ReactNode
  readonly confirm: string
  /** The question whose answer goes into the journal; absent where the act has no reason to give. */
  readonly ask?: string
  /** A second question, for those who must approve: where the first one's answer is part of the act itself. */
  readonly askReason?: string
  /** Whether the fields in `fields` are filled in, where it has any. */
  readonly ready?: boolean
  readonly tone?: 'danger' | 'plain'
  /** The command that this sends: whoever may neither do nor propose it reads why. */
  readonly act?: string
  /** Why it can't be done now. */
  readonly why?: string | undefined
  readonly onConfirm: (answer: string, reason: string) => Promise<unknown>
}

export function Danger(props: DangerProps) {
  const [open, setOpen] = useState(false)
  const whyNot = useWhyNot()
  const why = props.why ?? whyNot(props.act)
  if (why !== undefined)
    return (
      <Disabled label={props.triggerLabel} why={why}>
        {props.trigger}
      </Disabled>
    )
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
  fields,
  confirm,
  ask,
  askReason,
  ready = true,
  tone,
  onConfirm,
  close,
}: DangerProps & { readonly close: () => void }) {
  const { t } = useSpeech()
  const [answer, setAnswer] = useState('')
  const [reason, setReason] = useState('')
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setRunning(true)
    setError(undefined)
    try {
      await onConfirm(answer.trim(), reason.trim())
      close()
    } catch (failure) {
      setError(failure)
      setRunning(false)
    }
  }
  const missing =
    !ready || (ask !== undefined && answer.trim() === '') || (askReason !== undefined && reason.trim() === '')
  return (
    <form onSubmit={submit}>
      <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
      <AlertDialog.Description className="dialog-text" render={<div />}>
        {effect}
      </AlertDialog.Description>
      {fields}
      {ask === undefined ? null : <ReasonField ask={ask} value={answer} onChange={setAnswer} />}
      {askReason === undefined ? null : <ReasonField ask={askReason} value={reason} onChange={setReason} />}
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
