/** Amounts: tabular, right-aligned with their unit; the exact value on demand. */
import { baseUnits, exactAmount, grouped, shownAmount } from '../format/amount.ts'
import { useSpeech } from '../i18n/language.tsx'
import { useExact } from './exact.tsx'

interface AmountProps {
  /** Base units as a decimal string; `null` where nobody knows. */
  readonly amount: string | null
  readonly decimals: number
  readonly symbol: string
}

export function Amount({ amount, decimals, symbol }: AmountProps) {
  const { t } = useSpeech()
  const exactWanted = useExact()
  if (amount === null) return <span className="unknown">{t('word.unknown')}</span>
  const units = baseUnits(amount)
  const exact = exactAmount(units, decimals)
  const shown = exactWanted ? exact : shownAmount(units, decimals).text
  return (
    <data className="amount" value={amount} title={`${exact} ${symbol}`}>
      {shown}
      <span className="unit"> {symbol}</span>
    </data>
  )
}

/** Whole won. */
export function Won({ krw }: { readonly krw: string | null }) {
  const { t, language } = useSpeech()
  if (krw === null) return <span className="unknown">{t('word.noPrice')}</span>
  const figure = grouped(baseUnits(krw).toString())
  return (
    <data className="amount" value={krw}>
      {figure}
      <span className="unit">{language === 'ko' ? '원' : ' KRW'}</span>
    </data>
  )
}
