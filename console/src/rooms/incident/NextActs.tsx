import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queries } from '../../api/queries.ts'
import type { Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { useAuthorityName } from '../../kit/authority.ts'
import { Section } from '../../kit/Page.tsx'
import { nextActs } from './nextActs.ts'

/** Acts shown for one role: the first ones; the clocks above have all of them. */
const ACTS_SHOWN_MAX = 4

export function NextActs({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const nameOf = useAuthorityName()
  const state = useQuery(queries.state()).data
  const wallets = useQuery(queries.wallets()).data ?? []
  return (
    <Section title={t('case.acts')} id="acts">
      <dl className="role-acts">
        {nextActs({ incident, state, wallets, nameOf }).map(({ role, acts }) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>
              {acts.length === 0 ? <span className="quiet-text">{t('case.acts.nothing')}</span> : null}
              <ul className="plain">
                {acts.slice(0, ACTS_SHOWN_MAX).map((act) => (
                  <li key={act.id}>
                    {act.link === undefined ? (
                      act.text(t)
                    ) : (
                      <Link {...act.link} {...(act.hash === undefined ? {} : { hash: act.hash })}>
                        {act.text(t)}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
