/** Where a one-time link leads: make a passkey, sign once with it, go in. The founder also says a name and roles. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Enrolled, EnrolmentOptions, Role, SignInOptions } from '../../api/access.ts'
import { askAs } from '../../api/client.ts'
import { type EnrolmentLink, enrolmentLink, onEnrolmentLink } from '../../frame/enrolment-link.ts'
import { SignInTop } from '../../frame/SignIn.tsx'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty, Loaded } from '../../kit/Loaded.tsx'
import { makeKey } from '../../kit/passkey.ts'
import { paths } from '../../paths.ts'
import { SpokenCode } from './CallBack.tsx'
import { NewKey } from './NewKey.tsx'
import { NAME, RolesField, TextField } from './PersonFields.tsx'
import { rolesFault, useRoleNames } from './roles.ts'

/** Nobody is signed in, so these are asked without a proof. */
const post = async <Answer,>(path: string, body: unknown): Promise<Answer> =>
  (await askAs<Answer>(undefined, 'POST', path, body)).answer

export function EnrolPage() {
  const { t } = useSpeech()
  const link = useSyncExternalStore(onEnrolmentLink, enrolmentLink)
  useEffect(() => {
    document.title = `${t('enrol.title')} · Pasu`
  }, [t])
  return (
    <main className="signin wide-form">
      <SignInTop />
      <h1>{t('enrol.title')}</h1>
      {link === undefined ? (
        <Empty title={t('enrol.noLink')}>{t('enrol.noLink.more')}</Empty>
      ) : (
        <WithLink key={link.serial} link={link} />
      )}
    </main>
  )
}

function WithLink({ link }: { readonly link: EnrolmentLink }) {
  const [done, setDone] = useState<Enrolled>()
  // The link's secret names no query: tools and errors show a cache key.
  const query = useQuery({
    queryKey: ['enrolment', link.serial],
    queryFn: () => post<EnrolmentOptions>('/v1/enrolments/options', { token: link.token }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    enabled: done === undefined,
  })
  if (done !== undefined) return <Done enrolled={done} />
  return (
    <Loaded query={query} lines={6}>
      {(asked) => <Enrol token={link.token} asked={asked} onDone={setDone} />}
    </Loaded>
  )
}

interface EnrolProps {
  readonly token: string
  readonly asked: EnrolmentOptions
  readonly onDone: (enrolled: Enrolled) => void
}

function Enrol({ token, asked, onDone }: EnrolProps) {
  const { t } = useSpeech()
  const names = useRoleNames()
  const isFounder = asked.person === null
  const [person, setPerson] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(asked.roles)
  const own = isFounder ? { person: person.trim() } : {}
  const make = async (label: string): Promise<SignInOptions> => {
    const { ceremony, options } = await post<EnrolmentOptions>('/v1/enrolments/options', { token, ...own })
    if (options === null) throw new Error(t('enrol.noOptions'))
    const registration = await makeKey(options)
    const body = { token, ceremony, registration, label, ...(isFounder ? { roles } : {}) }
    return post<SignInOptions>('/v1/enrolments', body)
  }
  return (
    <>
      {isFounder ? (
        <p className="lead">{t('enrol.founder')}</p>
      ) : (
        <p className="lead">{t('enrol.person', { person: asked.person ?? '', roles: names(asked.roles) })}</p>
      )}
      <NewKey
        make={make}
        ready={!isFounder || (NAME.test(person.trim()) && rolesFault(roles) === undefined)}
        confirm={async (ceremony, assertion) =>
          onDone(await post<Enrolled>('/v1/enrolments/confirm', { ceremony, assertion }))
        }
      >
        {isFounder ? (
          <>
            <TextField
              label={t('enrol.handle')}
              hint={t('people.person.hint')}
              value={person}
              max={64}
              required
              onChange={setPerson}
            />
            <RolesField roles={roles} onChange={setRoles} />
          </>
        ) : null}
      </NewKey>
    </>
  )
}

function Done({ enrolled }: { readonly enrolled: Enrolled }) {
  const { t } = useSpeech()
  const { call_back } = enrolled
  return (
    <div role="status" className="stack">
      <p className="lead">{t('enrol.done', { person: enrolled.person })}</p>
      {call_back === undefined || call_back === null ? null : (
        <>
          <p>{t('enrol.callBack')}</p>
          <SpokenCode code={call_back} />
        </>
      )}
      {/* A new page, so that nothing of the enrolment is left in this one. */}
      <a className="button primary large" href={paths.now().to}>
        {t('enrol.signIn')}
      </a>
    </div>
  )
}
