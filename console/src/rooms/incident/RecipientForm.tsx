import { type FormEvent, useId, useState } from 'react'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ProblemView } from '../../kit/Problem.tsx'

export function RecipientForm({ authorities }: { readonly authorities: readonly string[] }) {
  const { t } = useSpeech()
  const act = useAct()
  const id = useId()
  const [error, setError] = useState<unknown>()
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    const entries = Object.fromEntries(new FormData(form))
    const authority = String(entries.authority)
    setError(undefined)
    try {
      await act('PUT', '/v1/recipients', entries, t('duty.set.said', { authority }))
      form.reset()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <form onSubmit={submit} className="inline-form">
      <div className="field">
        <label htmlFor={`${id}-authority`}>{t('duty.authority')}</label>
        <input id={`${id}-authority`} name="authority" list={`${id}-known`} required autoComplete="off" />
        <datalist id={`${id}-known`}>
          {authorities.map((authority) => (
            <option key={authority} value={authority} />
          ))}
        </datalist>
      </div>
      <div className="field">
        <label htmlFor={`${id}-language`}>{t('duty.language')}</label>
        <select id={`${id}-language`} name="language">
          <option value="ko">{t('lang.ko')}</option>
          <option value="en">{t('lang.en')}</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-channel`}>{t('duty.channel')}</label>
        <select id={`${id}-channel`} name="channel">
          <option value="mail">{t('channel.mail')}</option>
          <option value="webhook">{t('channel.webhook')}</option>
        </select>
      </div>
      <div className="field grow">
        <label htmlFor={`${id}-to`}>{t('duty.to.label')}</label>
        <input id={`${id}-to`} name="to" required autoComplete="off" />
      </div>
      <button type="submit" className="button">
        {t('duty.set')}
      </button>
      {error === undefined ? null : <ProblemView error={error} />}
    </form>
  )
}
