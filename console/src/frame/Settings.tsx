/** Language and appearance: choices of the person, kept in the browser. */
import { useSpeech } from '../i18n/language.tsx'
import { setTheme, THEMES, useTheme } from './theme.ts'

export function LanguageSwitch() {
  const { t, language, setLanguage } = useSpeech()
  return (
    <fieldset className="switch">
      <legend className="hidden">{t('setting.language')}</legend>
      <button type="button" lang="ko" aria-pressed={language === 'ko'} onClick={() => setLanguage('ko')}>
        한국어
      </button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => setLanguage('en')}>
        English
      </button>
    </fieldset>
  )
}

export function ThemeSwitch() {
  const { t } = useSpeech()
  const theme = useTheme()
  return (
    <fieldset className="switch">
      <legend className="hidden">{t('setting.theme')}</legend>
      {THEMES.map((name) => (
        <button key={name} type="button" aria-pressed={theme === name} onClick={() => setTheme(name)}>
          {t(`setting.${name}`)}
        </button>
      ))}
    </fieldset>
  )
}
