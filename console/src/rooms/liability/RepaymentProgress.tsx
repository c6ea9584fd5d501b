/** How far the repayment is: a bar, the same in words, and from which fund. */
import type { RepaymentSummary } from '../../api/types.ts'
import { baseUnits, grouped, permille } from '../../format/amount.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Won } from '../../kit/Amount.tsx'
import { Shape } from '../../kit/Chip.tsx'
import { Fact, Facts } from '../../kit/Page.tsx'
import { toneOf } from '../../kit/tones.ts'

const STEPS = ['planned', 'requested', 'settled', 'refused'] as const
const FUNDS = ['reserve', 'insurance', 'own'] as const

interface RepaymentProgressProps {
  readonly summary: RepaymentSummary
  readonly lossKrw?: string | null
}

export function RepaymentProgress({ summary, lossKrw }: RepaymentProgressProps) {
  const { t, language } = useSpeech()
  const planned = baseUnits(summary.planned_krw)
  const repaid = baseUnits(summary.repaid_krw)
  const won = (krw: bigint): string =>
    language === 'ko' ? `${grouped(krw.toString())}원` : `${grouped(krw.toString())} KRW`
  const words = t('rp.progress.of', { repaid: won(repaid), planned: won(planned) })
  return (
    <div className="progress-block">
      <Bar permille={permille(repaid, planned)} label={words} />
      <p>{words}</p>
      <ul className="steps">
        {STEPS.map((step) => (
          <li key={step}>
            <Shape tone={toneOf('repayment', step)} /> {t(`rp.step.${step}`)} <strong>{summary[step]}</strong>
          </li>
        ))}
      </ul>
      <Facts>
        {lossKrw === undefined ? null : (
          <Fact name={t('rp.loss')}>
            <Won krw={lossKrw} />
          </Fact>
        )}
        {FUNDS.map((fund) => (
          <Fact key={fund} name={t(`fund.${fund}`)}>
            <Won krw={summary.by_source[fund]} />
          </Fact>
        ))}
      </Facts>
    </div>
  )
}

/** A drawn bar: its width is an SVG attribute, because the security policy allows no style attribute. */
function Bar({ permille: share, label }: { readonly permille: number; readonly label: string }) {
  return (
    <svg className="bar-meter" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="bar-ground" width="1000" height="8" />
      <rect className="bar-fill" width={share} height="8" />
    </svg>
  )
}
