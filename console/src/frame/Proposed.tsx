/** An act that was turned into a proposal says so until it was read: nothing has happened yet, and who must agree. */
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { Shape } from '../kit/Chip.tsx'
import { latestProposed, onProposed, tellProposed } from '../kit/proposed.ts'
import { paths } from '../paths.ts'

export function Proposed() {
  const { t, pick } = useSpeech()
  const made = useSyncExternalStore(onProposed, latestProposed)
  const { pathname } = useLocation()
  const id = made?.proposal
  // Whoever has opened it has read it.
  useEffect(() => {
    if (id !== undefined && pathname === `/proposals/${id}`) tellProposed(undefined)
  }, [id, pathname])
  const missing = made?.outcome.state === 'waiting' ? made.outcome.missing : 0
  return (
    <div className={made === undefined ? 'proposed' : 'proposed said'} role="status">
      {made === undefined ? null : (
        <>
          <p className="proposed-text">
            <Shape tone="waiting" />
            <span>
              <strong>{t('made.title', { act: pick(made.title) })}</strong> {t('made.missing', { count: missing })}
              {made.call_back?.needed === true ? ` ${t('made.callBack')}` : null}
            </span>
          </p>
          <div className="acts">
            <Link {...paths.proposal(made.proposal)} className="button primary">
              {t('made.open')}
            </Link>
            <button type="button" className="button" onClick={() => tellProposed(undefined)}>
              {t('act.closePanel')}
            </button>
          </div>
        </>
      )}
    </div>
  )
}
