/** Ctrl K or Cmd K: every room, incident, wallet and act by name; any id entered whole. */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useEffect, useId, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { type Choice, type ChoiceGroup, useChoices } from './choices.ts'

export function Palette() {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
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
          <PaletteList close={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteList({ close }: { readonly close: () => void }) {
  const { t } = useSpeech()
  const [typed, setTyped] = useState('')
  const hint = useId()
  const groups = useChoices(typed)
  const choose = (choice: Choice): void => {
    close()
    choice.run()
  }
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      value={typed}
      onValueChange={setTyped}
      itemToStringValue={(choice: Choice) => choice.label}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.Input
        className="palette-input"
        aria-label={t('palette.search')}
        aria-describedby={hint}
        placeholder={t('palette.search')}
      />
      <div className="palette-scroll">
        <Autocomplete.Empty>
          <p className="palette-empty">{t('palette.empty')}</p>
        </Autocomplete.Empty>
        <Autocomplete.List>
          {(group: ChoiceGroup) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="palette-group">{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(choice: Choice) => (
                  <Autocomplete.Item
                    key={choice.id}
                    value={choice}
                    className="palette-item"
                    onClick={() => choose(choice)}
                  >
                    <span>{choice.label}</span>
                    {choice.note === undefined ? null : <span className="note">{choice.note}</span>}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
      <p id={hint} className="palette-hint">
        {t('palette.hint')}
      </p>
    </Autocomplete.Root>
  )
}
