/** Machines that may ask: each with its own key or certificate and the few actions it needs. */
import { useQuery } from '@tanstack/react-query'
import type { ServiceRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { AddressText } from '../../kit/Address.tsx'
import { useAct } from '../../kit/act.ts'
import { Chip } from '../../kit/Chip.tsx'
import { CopyButton } from '../../kit/Copy.tsx'
import { Danger } from '../../kit/Danger.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { type Column, Table } from '../../kit/Table.tsx'
import { StackedTime } from '../../kit/Time.tsx'
import { RegisterService } from './RegisterService.tsx'

export function Services() {
  const { t } = useSpeech()
  const query = useQuery(queries.services())
  return (
    <Section title={t('svc.title')} id="services" acts={<RegisterService />}>
      <Loaded query={query} lines={3}>
        {(rows) =>
          rows.length === 0 ? <Empty title={t('svc.none')}>{t('svc.none.more')}</Empty> : <ServiceTable rows={rows} />
        }
      </Loaded>
    </Section>
  )
}

function ServiceTable({ rows }: { readonly rows: readonly ServiceRow[] }) {
  const { t } = useSpeech()
  const columns: readonly Column<ServiceRow>[] = [
    { id: 'service', title: t('svc.service'), sort: (row) => row.service, cell: (row) => row.service },
    {
      id: 'state',
      title: t('svc.state'),
      cell: (row) =>
        row.removed_at === null ? (
          <Chip tone="safe">{t('svc.active')}</Chip>
        ) : (
          <Chip tone="plain">{t('svc.removed')}</Chip>
        ),
    },
    { id: 'scopes', title: t('svc.scopes'), cell: (row) => row.scopes.join(', ') },
    { id: 'key', title: t('svc.key'), wide: true, cell: (row) => <MachineKey service={row} /> },
    {
      id: 'since',
      title: t('svc.since'),
      wide: true,
      sort: (row) => row.registered_at,
      cell: (row) => <StackedTime at={row.registered_at} />,
    },
    { id: 'act', title: t('people.acts'), cell: (row) => (row.removed_at === null ? <Remove service={row} /> : null) },
  ]
  return <Table caption={t('svc.title')} columns={columns} rows={rows} rowKey={(row) => row.service} />
}

function MachineKey({ service }: { readonly service: ServiceRow }) {
  const { t } = useSpeech()
  const value = service.public_key ?? service.certificate_sha256 ?? ''
  return (
    <>
      {t(service.public_key === null ? 'svc.certificate' : 'svc.publicKey')}: <AddressText address={value} />
      <CopyButton text={value} what={t('svc.key')} />
    </>
  )
}

function Remove({ service: { service } }: { readonly service: ServiceRow }) {
  const { t } = useSpeech()
  const act = useAct()
  return (
    <Danger
      act="service.remove"
      trigger={t('svc.remove')}
      triggerLabel={t('svc.remove.label', { service })}
      title={t('svc.remove.title', { service })}
      effect={<p>{t('svc.remove.effect')}</p>}
      ask={t('svc.remove.reason')}
      confirm={t('svc.remove.confirm')}
      onConfirm={(reason) =>
        act('POST', `/v1/services/${service}/remove`, { reason }, t('svc.remove.said', { service }))
      }
    />
  )
}
