/** The palette's list: loaded when it is first opened, since a page must not wait for it. */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { useEffect, useId, useRef, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'
import { type Choice, type ChoiceGroup, useChoices } from './choices.ts'

export default function PaletteList({ close }: { readonly close: () => void }) {
  const { t } = useSpeech()
  const [typed, setTyped] = useState('')
  const hint = useId()
  const input = useRef<HTMLInputElement>(null)
  // The dialog took the focus before this list was there.
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
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
        ref={input}
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
