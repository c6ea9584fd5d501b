/**
 * The call back: the proposer reads a code aloud to somebody who dialled a number that was on file before. Whoever only imitates a voice, or
 * called in, never hears the code from the right side.
 */
import { type FormEvent, useId, useState } from 'react'
import type { CallBackCode, ProposalDetail } from '../../api/access.ts'
import { callBackCode } from '../../format/code.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ActButton } from '../../kit/Button.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { Section } from '../../kit/Page.tsx'
import { ProblemView } from '../../kit/Problem.tsx'
import { Left, Time } from '../../kit/Time.tsx'

type Props = { readonly shown: ProposalDetail }

export function CallBack({ shown }: Props) {
  const { t } = useSpeech()
  const { call_back, can, outcome } = shown
  if (call_back === null || !call_back.needed) return null
  if (call_back.confirmed_at !== null)
    return (
      <Section title={t('cb.title')}>
        <p>
          <Chip tone="safe">{t('cb.done')}</Chip> <Time at={call_back.confirmed_at} />
        </p>
      </Section>
    )
  if (outcome.state !== 'waiting') return null
  return (
    <Section title={t('cb.title')}>
      <p>
        <Chip tone="waiting">{t('cb.needed')}</Chip>
      </p>
      {(can.show_code ?? can.withdraw) ? <ShowCode shown={shown} /> : null}
      {can.answer_call ? <AnswerCall shown={shown} /> : null}
    </Section>
  )
}

function ShowCode({ shown }: Props) {
  const { t } = useSpeech()
  const act = useAct()
  const [code, setCode] = useState<CallBackCode>()
  const show = async (): Promise<void> => {
    const path = `/v1/proposals/${shown.proposal}/call-back`
    setCode(await act<CallBackCode>('POST', path, {}, t('cb.shown')))
  }
  return (
    <>
      <p>{t('cb.own')}</p>
      {code === undefined ? <ActButton onAct={show}>{t('cb.show')}</ActButton> : <SpokenCode code={code} />}
    </>
  )
}

/** A code to be read aloud, until when it holds. */
export function SpokenCode({ code }: { readonly code: CallBackCode }) {
  const { t } = useSpeech()
  return (
    <div className="spoken" role="status">
      <code translate="no">{code.code}</code>
      <span className="quiet-text">
        {t('cb.once')} <Left due={code.expires_at} />
      </span>
    </div>
  )
}

function AnswerCall({ shown }: Props) {
  const { t } = useSpeech()
  const act = useAct()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState(false)
  const [error, setError] = useState<unknown>()
  const person = shown.signed.proposed_by
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const code = callBackCode(typed)
    setFault(code === undefined)
    setError(undefined)
    if (code === undefined) return
    try {
      await act('POST', `/v1/proposals/${shown.proposal}/call-back/answer`, { code }, t('cb.said'))
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <p>{t('cb.dial', { person, contact: shown.contact ?? t('cb.noContact') })}</p>
      <p className="quiet-text">{t('cb.never')}</p>
      <div className="field code-field">
        <label htmlFor={id}>{t('cb.code')}</label>
        <input
          id={id}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="7K2Q-M9XA-R4TD"
          aria-invalid={fault}
          aria-describedby={`${id}-fault`}
        />
        <p id={`${id}-fault`} className="fault" role="alert">
          {fault ? t('cb.form') : ''}
        </p>
      </div>
      <button type="submit" className="button">
        {t('cb.answer')}
      </button>
      {error === undefined ? null : <ProblemView error={error} />}
    </form>
  )
}
