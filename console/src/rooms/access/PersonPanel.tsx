/** One person: roles, keys, what is known, and every act about them. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { PersonRow } from '../../api/access.ts'
import { queries } from '../../api/queries.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Chip, StateChip } from '../../kit/Chip.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { Fact, Facts, Section } from '../../kit/Page.tsx'
import { Panel } from '../../kit/Panel.tsx'
import { Time } from '../../kit/Time.tsx'
import { paths } from '../../paths.ts'
import { KeyList } from './KeyList.tsx'
import { MakeLink } from './MakeLink.tsx'
import { PersonActs } from './PersonActs.tsx'
import { useRoleNames } from './roles.ts'

export function PersonPanel() {
  const { t } = useSpeech()
  const { person: id } = useParams({ from: '/people/$person' })
  const query = useQuery(queries.people())
  return (
    <Panel title={id} back={paths.people()}>
      <Loaded query={query} lines={10}>
        {(people) => {
          const person = people.find((row) => row.person === id)
          return person === undefined ? <Empty title={t('people.missing', { person: id })} /> : <One person={person} />
        }}
      </Loaded>
    </Panel>
  )
}

function One({ person }: { readonly person: PersonRow }) {
  const { t, pick } = useSpeech()
  const names = useRoleNames()
  return (
    <>
      <Facts>
        <Fact name={t('people.status')}>
          <StateChip kind="person" state={person.status} />
        </Fact>
        {person.at_risk === null ? null : (
          <Fact name={t('people.atRisk')}>
            <Chip tone="stolen">{t('people.atRisk')}</Chip> {pick(person.at_risk.why)}{' '}
            <Time at={person.at_risk.since} />
          </Fact>
        )}
        <Fact name={t('people.roles')}>{names(person.roles)}</Fact>
        <Fact name={t('people.contact')}>{person.contact ?? t('word.none')}</Fact>
        <Fact name={t('people.accounts')}>
          {person.accounts.length === 0 ? t('word.none') : person.accounts.join(', ')}
        </Fact>
        <Fact name={t('people.invited')}>
          <Time at={person.invited_at} />
        </Fact>
      </Facts>
      <Section title={t('people.keys')}>
        {person.keys.length === 0 ? <Empty title={t('key.none')} /> : <KeyList keys={person.keys} />}
      </Section>
      {(person.may_be_linked ?? person.status === 'invited') ? <MakeLink person={person} /> : null}
      <PersonActs person={person} />
    </>
  )
}
