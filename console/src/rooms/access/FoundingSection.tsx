/** While founding: what is still missing before a quorum can take over, and the act that ends the founder's being alone. */
import { useQuery } from '@tanstack/react-query'
import type { Founding, PersonRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Shape } from '../../kit/Chip.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { checklist } from './founding.ts'

export function FoundingSection({ people }: { readonly people: readonly PersonRow[] }) {
  const { t } = useSpeech()
  const act = useAct()
  const query = useQuery(queries.founding())
  return (
    <Section title={t('found.title')} id="founding" className="boxed">
      <p>{t('found.lead')}</p>
      <Loaded query={query} lines={4}>
        {(founding) => (
          <>
            <Checklist founding={founding} people={people} />
            <div className="acts">
              <Danger
                tone="plain"
                act="founding.close"
                why={founding.missing === null ? undefined : t('found.close.why')}
                trigger={t('found.close')}
                title={t('found.close.title')}
                effect={<p>{t('found.close.effect')}</p>}
                confirm={t('found.close.confirm')}
                onConfirm={() => act('POST', '/v1/founding/close', {}, t('found.close.said'))}
              />
            </div>
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Checklist({ founding, people }: { readonly founding: Founding; readonly people: readonly PersonRow[] }) {
  const { t } = useSpeech()
  return (
    <ul className="marked">
      {checklist(founding, people).map(({ id, done, names }) => (
        <li key={id} className="with-shape">
          <Shape tone={done ? 'safe' : 'waiting'} />
          <span>
            <strong>{t(done ? 'found.done' : 'found.todo')}</strong> {t(`found.${id}`)}
            {done || names.length === 0 ? null : <span className="quiet-text block">{names.join(', ')}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
