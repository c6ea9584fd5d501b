/** The frame around every page. */
import { useQuery } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { learnNow } from '../api/clock.ts'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'
import { Waiting } from '../kit/Loaded.tsx'
import { setServerNow } from '../kit/now.ts'
import { Page } from '../kit/Page.tsx'
import { paths } from '../paths.ts'
import { Account } from './Account.tsx'
import { Announcer } from './Announcer.tsx'
import { useFocusOnNavigation } from './focus.ts'
import { useLiveStream } from './live.ts'
import { Palette } from './Palette.tsx'
import { Proposed } from './Proposed.tsx'
import { Rail } from './Rail.tsx'
import { LanguageSwitch } from './Settings.tsx'
import { Mark, SignIn } from './SignIn.tsx'
import { StatusBar } from './StatusBar.tsx'
import { onSession, type Session, type SessionState, sessionState } from './session.ts'

export function Shell() {
  const state = useSyncExternalStore(onSession, sessionState)
  const { pathname } = useLocation()
  return (
    <>
      {pathname === ENROL ? <Outlet /> : <Inside state={state} />}
      <Announcer />
    </>
  )
}

/** Enrolling needs no session: whoever is let in has none yet. */
const ENROL = paths.enrol().to

function Inside({ state }: { readonly state: SessionState }) {
  switch (state.at) {
    case 'starting':
      return <Starting />
    case 'out':
      return <SignIn ended={state.ended} />
    case 'in':
      return <Console key={state.session.credentials.session} session={state.session} />
  }
}

function Starting() {
  return (
    <main className="signin">
      <div className="signin-top">
        <Mark />
      </div>
      <Waiting lines={3} />
    </main>
  )
}

function Console({ session }: { readonly session: Session }) {
  const { t } = useSpeech()
  useLiveStream(session.credentials)
  useFocusOnNavigation()
  const state = useQuery(queries.state())
  const serverNow = state.data?.now
  useEffect(() => {
    if (serverNow === undefined) return
    setServerNow(serverNow)
    learnNow(serverNow)
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
          <Account session={session} />
        </div>
      </header>
      <Rail />
      <main id="page" className="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Proposed />
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
