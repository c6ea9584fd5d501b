/** Who is signed in, and the way out. */
import { Link } from '@tanstack/react-router'
import { useSpeech } from '../i18n/language.tsx'
import { paths } from '../paths.ts'
import { signOut } from './enter.ts'
import type { Session } from './session.ts'

export function Account({ session }: { readonly session: Session }) {
  const { t } = useSpeech()
  return (
    <div className="account">
      <Link
        {...paths.sessions()}
        className="account-name"
        title={session.roles.map((role) => t(`role.${role}`)).join(', ')}
      >
        {session.person}
      </Link>
      <button type="button" className="account-out" onClick={() => void signOut()}>
        {t('act.signOut')}
      </button>
    </div>
  )
}
