/** Alarms of each day beside the budget of false alarms that somebody set: too many, and people stop reading them. */
import type { AlertDay } from '../../api/access.ts'
import { useSpeech } from '../../i18n/language.tsx'

/** A month: longer, and a week's trouble is a hair's breadth. */
const DAYS_SHOWN = 31
const STEP = 20
const BAR = 14
const HEIGHT = 64

export function AlertDays({ days }: { readonly days: readonly AlertDay[] }) {
  const { t } = useSpeech()
  const shown = [...days].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-DAYS_SHOWN)
  const most = Math.max(1, ...shown.flatMap(({ alarms, budget }) => [alarms, budget]))
  const over = shown.filter(({ alarms, budget }) => alarms > budget)
  const last = shown.at(-1)
  const words = last === undefined ? '' : t('al.days.words', { ...last, days: shown.length, over: over.length })
  const y = (count: number): number => HEIGHT - (HEIGHT * count) / most
  const line = y(last?.budget ?? 0)
  return (
    <div className="alert-days">
      <svg viewBox={`0 -2 ${shown.length * STEP} ${HEIGHT + 4}`} role="img" aria-label={words} className="day-bars">
        {shown.map(({ day, alarms, budget }, at) => (
          <rect
            key={day}
            className={alarms > budget ? 'day-over' : 'day-within'}
            x={at * STEP + (STEP - BAR) / 2}
            y={y(alarms)}
            width={BAR}
            height={HEIGHT - y(alarms)}
          >
            <title>{t('al.day', { day, alarms, budget })}</title>
          </rect>
        ))}
        <line className="day-budget" x1="0" x2={shown.length * STEP} y1={line} y2={line} />
      </svg>
      <p>{words}</p>
      <p className="quiet-text">{t('al.days.more')}</p>
    </div>
  )
}
