/** The one-time link: shown once, never sent by the console, handed over by somebody who knows the person. */
import { useState } from 'react'
import type { OneTimeLink, PersonRow } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { ActButton } from '../../kit/Button.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Section } from '../../kit/Page.tsx'
import { Left, Time } from '../../kit/Time.tsx'

export function MakeLink({ person }: { readonly person: PersonRow }) {
  const { t } = useSpeech()
  const act = useAct()
  const [made, setMade] = useState<OneTimeLink>()
  const make = async (): Promise<void> => {
    const path = `/v1/people/${person.person}/enrolment`
    setMade(await act<OneTimeLink>('POST', path, {}, t('link.said')))
  }
  return (
    <Section title={t('link.title')}>
      {made === undefined ? (
        <>
          <p>{t('link.lead', { person: person.person })}</p>
          {person.link === null ? null : (
            <p className="quiet-text">
              {t('link.earlier')} <Time at={person.link.issued_at} />
            </p>
          )}
          <ActButton act="enrolment.issue" onAct={make}>
            {t(person.link === null ? 'link.make' : 'link.again')}
          </ActButton>
        </>
      ) : (
        <OneTime link={made} />
      )}
    </Section>
  )
}

function OneTime({ link }: { readonly link: OneTimeLink }) {
  const { t } = useSpeech()
  const whole = new URL(link.link, location.origin).href
  return (
    <div className="one-time">
      <p className="command">
        <code>{whole}</code>
        <CopyButton text={whole} what={t('link.title')} />
      </p>
      <p>
        <Left due={link.expires_at} /> · <Time at={link.expires_at} quiet />
      </p>
      <p className="strong">{t('link.once')}</p>
      <p>{t('link.hand')}</p>
    </div>
  )
}
