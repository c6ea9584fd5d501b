/** Ctrl K or Cmd K: every room, incident, wallet and act by name; any id entered whole. */
import { Dialog } from '@base-ui/react/dialog'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { Waiting } from '../kit/Loaded.tsx'

const load = () => import('./PaletteList.tsx')
const PaletteList = lazy(load)

export function Palette() {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  // Fetched once the page stands: whoever opens it types at once, and nothing typed may be lost to loading.
  useEffect(() => void load(), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button quiet palette-open">
        {t('act.palette')} <kbd>Ctrl K</kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label={t('palette.title')}>
          <Suspense fallback={<Waiting lines={8} />}>
            <PaletteList close={() => setOpen(false)} />
          </Suspense>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
