import { Link } from '@tanstack/react-router'
import type { Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { StateChip } from '../../kit/Chip.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { paths } from '../../paths.ts'
import { FlowPicture } from '../trace/FlowPicture.tsx'
import { Services } from '../trace/Services.tsx'

export function Flow({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const { trace } = incident
  if (trace === null)
    return (
      <Section title={t('case.flow')} id="flow">
        <Empty title={t('case.flow.none')}>{t('case.flow.none.more')}</Empty>
      </Section>
    )
  return (
    <Section
      title={t('case.flow')}
      id="flow"
      note={<StateChip kind="trace" state={trace.status} />}
      acts={<Link {...paths.trace(trace.trace)}>{t('case.flow.open')}</Link>}
    >
      {trace.status === 'running' ? <p className="quiet-text">{t('case.flow.running', { run: trace.run })}</p> : null}
      {trace.status === 'failed' ? <p className="quiet-text">{t('case.flow.failed')}</p> : null}
      {trace.digest === null ? null : <FlowPicture trace={trace.trace} digest={trace.digest} />}
      <Services services={trace.services} />
    </Section>
  )
}
