import { useId } from 'react'
import { useSpeech } from '../../i18n/language.tsx'
import { ActForm } from '../../kit/ActForm.tsx'
import { useAct } from '../../kit/act.ts'

export function RecipientForm({ authorities }: { readonly authorities: readonly string[] }) {
  const { t } = useSpeech()
  const act = useAct()
  const id = useId()
  const send = (typed: { readonly [name: string]: string }) =>
    act('PUT', '/v1/recipients', typed, t('duty.set.said', { authority: typed.authority ?? '' }))
  return (
    <ActForm label={t('duty.set')} send={send} act="recipient.set" reason>
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
    </ActForm>
  )
}
