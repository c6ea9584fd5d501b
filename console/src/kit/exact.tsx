/** One switch for all amounts of a table: shortened for scanning, or to the last digit. */
import { createContext, type ReactNode, use, useState } from 'react'
import { useSpeech } from '../i18n/language.tsx'

const ExactContext = createContext(false)

export const useExact = (): boolean => use(ExactContext)

/** Hands the switch to `children`, who place it, and the choice to every amount below. */
export function ExactAmounts({ children }: { readonly children: (toggle: ReactNode) => ReactNode }) {
  const { t } = useSpeech()
  const [exact, setExact] = useState(false)
  const toggle = (
    <button type="button" className="button quiet" aria-pressed={exact} onClick={() => setExact(!exact)}>
      {t('act.exact')}
    </button>
  )
  return <ExactContext value={exact}>{children(toggle)}</ExactContext>
}
