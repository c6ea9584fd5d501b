/** The frame around every page. */
import { useQuery } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, Outlet } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'
import { setServerNow } from '../kit/now.ts'
import { Page } from '../kit/Page.tsx'
import { paths } from '../paths.ts'
import { Announcer } from './Announcer.tsx'
import { useFocusOnNavigation } from './focus.ts'
import { useLiveStream } from './live.ts'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { LanguageSwitch } from './Settings.tsx'
import { Mark, SignIn } from './SignIn.tsx'
import { StatusBar } from './StatusBar.tsx'
import { currentSession, onSession } from './session.ts'

export function Shell() {
  const session = useSyncExternalStore(onSession, currentSession)
  return (
    <>
      {session.token === undefined ? <SignIn endedBy={session.endedBy} /> : <Console token={session.token} />}
      <Announcer />
    </>
  )
}

function Console({ token }: { readonly token: string }) {
  const { t } = useSpeech()
  useLiveStream(token)
  useFocusOnNavigation()
  const state = useQuery(queries.state())
  const serverNow = state.data?.now
  useEffect(() => {
    if (serverNow !== undefined) setServerNow(serverNow)
  }, [serverNow])
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {t('app.skip')}
      </a>
      <header className="bar">
        <Link {...paths.now()} className="bar-mark">
          <Mark />
        </Link>
        <StatusBar />
        <div className="bar-tools">
          <Palette />
          <LanguageSwitch />
        </div>
      </header>
      <Rail />
      <main id="page" className="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

export function LostPage() {
  const { t } = useSpeech()
  return (
    <Page title={t('lost.title')} lead={t('lost.lead')}>
      <p>
        <Link {...paths.now()}>{t('act.goBack')}</Link>
      </p>
    </Page>
  )
}

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { t } = useSpeech()
  return (
    <Page title={t('broken.title')} lead={t('broken.lead')}>
      <p className="problem-detail">{error instanceof Error ? error.message : String(error)}</p>
      <p className="acts">
        <button type="button" className="button" onClick={reset}>
          {t('act.retry')}
        </button>
        <Link {...paths.now()}>{t('act.goBack')}</Link>
      </p>
    </Page>
  )
}
