/** What can be done about a person. Shutting out is at once and alone; everything that lets in or gives more is proposed. */
import { useState } from 'react'
import type { PersonRow } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { Section } from '../../kit/Page.tsx'
import { bodyOf, PersonFields } from './PersonFields.tsx'
import { rolesFault } from './roles.ts'

type Props = { readonly person: PersonRow }

export function PersonActs({ person: row }: Props) {
  const { t } = useSpeech()
  const act = useAct()
  const { person } = row
  const path = `/v1/people/${person}`
  const send = (verb: string, said: string) => (reason: string) => act('POST', `${path}/${verb}`, { reason }, said)
  return (
    <Section title={t('people.acts')}>
      <div className="acts">
        <Change person={row} />
        {row.status === 'suspended' ? (
          <Danger
            tone="plain"
            act="person.restore"
            trigger={t('people.restore')}
            title={t('people.restore.title', { person })}
            effect={<p>{t('people.restore.effect')}</p>}
            ask={t('people.restore.reason')}
            confirm={t('people.restore.confirm')}
            onConfirm={send('restore', t('people.restore.said', { person }))}
          />
        ) : (
          <Danger
            act="person.suspend"
            trigger={t('people.suspend')}
            title={t('people.suspend.title', { person })}
            effect={<p>{t('people.suspend.effect')}</p>}
            ask={t('people.suspend.reason')}
            confirm={t('people.suspend.confirm', { person })}
            onConfirm={send('suspend', t('people.suspend.said', { person }))}
          />
        )}
        <Danger
          tone="plain"
          act="key.recover"
          trigger={t('people.recover')}
          title={t('people.recover.title', { person })}
          effect={<p>{t('people.recover.effect')}</p>}
          ask={t('people.recover.reason')}
          confirm={t('people.recover.confirm')}
          onConfirm={send('recover', t('people.recover.said', { person }))}
        />
        {row.at_risk === null ? null : (
          <Danger
            tone="plain"
            act="risk.clear"
            trigger={t('people.clear')}
            title={t('people.clear.title', { person })}
            effect={<p>{t('people.clear.effect')}</p>}
            ask={t('people.clear.reason')}
            confirm={t('people.clear.confirm')}
            onConfirm={send('clear', t('people.clear.said', { person }))}
          />
        )}
      </div>
    </Section>
  )
}

function Change({ person: row }: Props) {
  const { t } = useSpeech()
  const act = useAct()
  const { person } = row
  const [draft, setDraft] = useState({
    roles: row.roles,
    contact: row.contact ?? '',
    accounts: row.accounts.join(', '),
  })
  return (
    <Danger
      tone="plain"
      act="person.change"
      trigger={t('people.change')}
      title={t('people.change.title', { person })}
      effect={<p>{t('people.change.effect')}</p>}
      fields={<PersonFields draft={draft} onChange={setDraft} />}
      askReason={t('form.why')}
      ready={rolesFault(draft.roles) === undefined}
      confirm={t('people.change.confirm')}
      onConfirm={(_, reason) =>
        act('POST', `/v1/people/${person}/change`, { ...bodyOf(draft), reason }, t('people.change.said', { person }))
      }
    />
  )
}
