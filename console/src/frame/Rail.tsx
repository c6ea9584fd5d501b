/** The rooms, with words. On a phone: the four that matter at night along the bottom, the rest behind "More". */
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { queries } from '../api/queries.ts'
import { useSpeech } from '../i18n/language.tsx'
import { paths } from '../paths.ts'
import { Account } from './Account.tsx'
import { inRoom, ROOMS, type Room } from './rooms.ts'
import { LanguageSwitch, ThemeSwitch } from './Settings.tsx'
import { currentSession, onSession } from './session.ts'

function RoomLink({ room, pathname }: { readonly room: Room; readonly pathname: string }) {
  const { t } = useSpeech()
  return (
    <Link {...room.link} className="room" aria-current={inRoom(room, pathname) ? 'page' : undefined}>
      {t(room.label)}
      {room.later === true ? <span className="later">{t('nav.later')}</span> : null}
    </Link>
  )
}

/** Appearance, sign-out, and whose deployment of which version this is: at the foot of the rail, or behind "More". */
function RailFoot() {
  const { t } = useSpeech()
  const state = useQuery(queries.state()).data
  const session = useSyncExternalStore(onSession, currentSession)
  return (
    <div className="rail-foot">
      <Link {...paths.duties()} className="room minor">
        {t('nav.duties')}
      </Link>
      <Link {...paths.sessions()} className="room minor">
        {t('nav.sessions')}
      </Link>
      <ThemeSwitch />
      {session === undefined ? null : <Account session={session} />}
      {state === undefined ? null : (
        <span className="note">
          {state.platform} · Pasu {state.version}
        </span>
      )}
    </div>
  )
}

export function Rail() {
  const { t } = useSpeech()
  const { pathname } = useLocation()
  return (
    <nav className="rail" aria-label={t('app.rooms')}>
      <ul>
        {ROOMS.map((room) => (
          <li key={room.id} className={room.pocket === true ? 'pocket' : undefined}>
            <RoomLink room={room} pathname={pathname} />
          </li>
        ))}
        <li className="pocket-only">
          <More pathname={pathname} />
        </li>
      </ul>
      <RailFoot />
    </nav>
  )
}

function More({ pathname }: { readonly pathname: string }) {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  // Any change of page closes the sheet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pathname is the trigger, not an input
  useEffect(() => setOpen(false), [pathname])
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="room">{t('nav.more')}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="sheet">
          <Dialog.Title className="hidden">{t('nav.more')}</Dialog.Title>
          <ul>
            {ROOMS.filter((room) => room.pocket !== true).map((room) => (
              <li key={room.id}>
                <RoomLink room={room} pathname={pathname} />
              </li>
            ))}
          </ul>
          <LanguageSwitch />
          <RailFoot />
          <Dialog.Close className="button">{t('act.closePanel')}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
