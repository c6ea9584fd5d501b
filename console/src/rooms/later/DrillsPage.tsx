/** Drills run at the terminal: a drill in this deployment's own console could be taken for the real thing. */
import { useSpeech } from '../../i18n/language.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Page, Section } from '../../kit/Page.tsx'

const COMMANDS = [
  { text: 'drills.today.run', command: 'npm run drill' },
  { text: 'drills.today.list', command: 'npx pasu drill --list' },
  { text: 'drills.today.keep', command: 'npx pasu drill --data ./drill && npx pasu serve --data ./drill' },
] as const

export function DrillsPage() {
  const { t } = useSpeech()
  return (
    <Page title={t('drills.title')} lead={t('drills.lead')}>
      <Section title={t('drills.today')}>
        <ul className="commands">
          {COMMANDS.map(({ text, command }) => (
            <li key={command}>
              {t(text)}
              <span className="command">
                <code>{command}</code>
                <CopyButton text={command} what={command} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('drills.coming')}>
        <p className="prose">{t('drills.coming.1')}</p>
      </Section>
    </Page>
  )
}
