/** People come with the access room. Until then the page says what holds today: a token guarded like a key. */
import { useSpeech } from '../../i18n/language.tsx'
import { Page, Section } from '../../kit/Page.tsx'

export function PeoplePage() {
  const { t } = useSpeech()
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      <Section title={t('people.today')}>
        <ul className="prose">
          <li>{t('people.today.1')}</li>
          <li>{t('people.today.2')}</li>
          <li>{t('people.today.3')}</li>
        </ul>
      </Section>
      <Section title={t('people.coming')}>
        <p className="prose">{t('people.coming.1')}</p>
      </Section>
    </Page>
  )
}
