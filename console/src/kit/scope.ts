/** The name of what a halt covers: `chain:solana:5eyk…` is "chain Solana". */
import { useCallback } from 'react'
import { scopeTarget } from '../format/caip.ts'
import { useSpeech } from '../i18n/language.tsx'

export function useScopeName(): (scope: string) => string {
  const { t } = useSpeech()
  return useCallback(
    (scope: string) => {
      const { kind, name } = scopeTarget(scope)
      if (kind === 'chain' || kind === 'wallet' || kind === 'asset') return t(`scope.${kind}`, { name })
      return kind === 'all' ? t('scope.all') : scope
    },
    [t],
  )
}
