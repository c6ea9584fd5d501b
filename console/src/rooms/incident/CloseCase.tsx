import type { Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Section } from '../../kit/Page.tsx'
import { isOwed } from './Clocks.tsx'

export function CloseCase({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const act = useAct()
  const id = incident.incident
  const unmet = incident.clocks.filter(isOwed).length
  return (
    <Section title={t('case.close.head')} id="close" className="no-print">
      {incident.status === 'closed' ? (
        <p className="quiet-text">{t('case.close.done')}</p>
      ) : (
        <>
          {unmet === 0 ? null : <p>{t('case.close.clocks', { count: unmet })}</p>}
          <Danger
            act="incident.close"
            trigger={t('case.close')}
            title={t('case.close.title', { id })}
            effect={<p>{t('case.close.effect')}</p>}
            ask={t('case.close.reason')}
            askReason={t('form.why')}
            confirm={t('case.close.confirm')}
            onConfirm={(summary, reason) =>
              act('POST', `/v1/incidents/${id}/close`, { summary, reason }, t('case.close.said', { id }))
            }
          />
        </>
      )}
    </Section>
  )
}
