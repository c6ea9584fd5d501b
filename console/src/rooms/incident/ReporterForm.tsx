/** Who reports: the platform, the unit in charge and how to reach it. A unit and never a person's name, because the journal is for ever. */
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { queries } from '../../api/queries.ts'
import type { Reporter } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { ActForm } from '../../kit/ActForm.tsx'
import { useAct } from '../../kit/act.ts'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'

export function ReporterSection() {
  const { t } = useSpeech()
  const reporter = useQuery(queries.reporter())
  return (
    <Section title={t('duty.reporter')}>
      <Loaded query={reporter} lines={3}>
        {(data) => (
          <>
            {data === null ? <Empty title={t('duty.reporter.none')}>{t('duty.reporter.none.more')}</Empty> : null}
            <ReporterForm key={JSON.stringify(data)} reporter={data} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

const FIELDS = ['platform_ko', 'platform_en', 'unit_ko', 'unit_en', 'contact'] as const
type Field = (typeof FIELDS)[number]

const valuesOf = (reporter: Reporter | null): { readonly [F in Field]: string } => ({
  platform_ko: reporter?.platform.ko ?? '',
  platform_en: reporter?.platform.en ?? '',
  unit_ko: reporter?.unit.ko ?? '',
  unit_en: reporter?.unit.en ?? '',
  contact: reporter?.contact ?? '',
})

function ReporterForm({ reporter }: { readonly reporter: Reporter | null }) {
  const { t } = useSpeech()
  const act = useAct()
  const id = useId()
  const values = valuesOf(reporter)
  const send = (typed: { readonly [name: string]: string }) => {
    const text = (field: Field): string => typed[field] ?? ''
    const body: Reporter = {
      platform: { ko: text('platform_ko'), en: text('platform_en') },
      unit: { ko: text('unit_ko'), en: text('unit_en') },
      contact: text('contact'),
    }
    return act('PUT', '/v1/reporter', { ...body, reason: typed.reason }, t('duty.reporter.said'))
  }
  return (
    <ActForm label={t('duty.reporter.set')} send={send} act="reporter.set" reason>
      {FIELDS.map((field) => (
        <div key={field} className="field grow">
          <label htmlFor={`${id}-${field}`}>{t(`duty.reporter.${field}`)}</label>
          <input id={`${id}-${field}`} name={field} defaultValue={values[field]} required autoComplete="off" />
        </div>
      ))}
    </ActForm>
  )
}
