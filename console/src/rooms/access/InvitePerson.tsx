import { useState } from 'react'
import { useSpeech } from '../../i18n/language.tsx'
import { useAct } from '../../kit/act.ts'
import { Danger } from '../../kit/Danger.tsx'
import { bodyOf, NAME, type PersonDraft, PersonFields, TextField } from './PersonFields.tsx'
import { rolesFault } from './roles.ts'

const EMPTY: PersonDraft = { roles: [], contact: '', accounts: '' }

export function InvitePerson() {
  const { t } = useSpeech()
  const act = useAct()
  const [person, setPerson] = useState('')
  const [draft, setDraft] = useState(EMPTY)
  const name = person.trim()
  const invite = async (_: string, reason: string): Promise<void> => {
    await act(
      'POST',
      '/v1/people',
      { person: name, ...bodyOf(draft), reason },
      t('people.invite.said', { person: name }),
    )
    setPerson('')
    setDraft(EMPTY)
  }
  return (
    <Danger
      tone="plain"
      act="person.invite"
      trigger={t('people.invite')}
      title={t('people.invite.title')}
      effect={<p>{t('people.invite.effect')}</p>}
      fields={
        <>
          <TextField
            label={t('people.person')}
            hint={t('people.person.hint')}
            value={person}
            max={64}
            required
            onChange={setPerson}
          />
          <PersonFields draft={draft} onChange={setDraft} />
        </>
      }
      askReason={t('form.why')}
      ready={NAME.test(name) && rolesFault(draft.roles) === undefined}
      confirm={t('people.invite.confirm')}
      onConfirm={invite}
    />
  )
}
