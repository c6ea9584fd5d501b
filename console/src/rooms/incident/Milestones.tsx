import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import { fineDuration } from '../../format/time.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Loaded } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { Time } from '../../kit/Time.tsx'
import { type Milestone, milestonesOf } from './milestones.ts'

export function Milestones({ incident }: { readonly incident: string }) {
  const { t } = useSpeech()
  const record = useQuery(queries.record(incident))
  return (
    <Section title={t('case.milestones')} className="milestones">
      <Loaded query={record} lines={2}>
        {(data) => (
          <ol>
            {milestonesOf(data).map((milestone) => (
              <Moment key={milestone.id} {...milestone} />
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}

function Moment({ id, at, after }: Milestone) {
  const { t, language } = useSpeech()
  return (
    <li className={at === undefined ? 'milestone missing' : 'milestone'}>
      <span className="milestone-name">{t(`case.${id}`)}</span>
      <span className="milestone-after">
        {at === undefined ? t('case.notYet') : null}
        {after === undefined
          ? null
          : t(after < 0 ? 'case.before' : 'case.after', { span: fineDuration(after, language) })}
        {id === 'happened' ? t('case.onChain') : null}
      </span>
      {at === undefined ? null : <Time at={at} quiet />}
    </li>
  )
}
