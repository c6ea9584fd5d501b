/** Details beside the list, without losing one's place in it. Escape closes; the focus goes back to the row. */
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import type { paths } from '../paths.ts'

interface PanelProps {
  readonly title: string
  /** Where closing leads: the list, with its filter as it was. */
  readonly back: ReturnType<(typeof paths)['withdrawals' | 'wallets' | 'evidence' | 'people']>
  readonly children: ReactNode
}

export function Panel({ title, back, children }: PanelProps) {
  const { t } = useSpeech()
  const navigate = useNavigate()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A dialog in front of the panel takes Escape first.
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('[role$="dialog"]') === null)
        void navigate(back)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, back])
  return (
    <aside className="panel" aria-label={title}>
      <header className="panel-head">
        <h2 tabIndex={-1} data-focus="panel">
          {title}
        </h2>
        <Link {...back} className="button quiet">
          {t('act.closePanel')}
        </Link>
      </header>
      {children}
    </aside>
  )
}
