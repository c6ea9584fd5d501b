/** The duties of a case. What runs stands first, with what is left, who must act and what happens then. */
import type { Clock, Incident } from '../../api/types.ts'
import { useSpeech } from '../../i18n/language.tsx'
import { Empty } from '../../kit/Loaded.tsx'
import { Section } from '../../kit/Page.tsx'
import { ClockRow } from './ClockRow.tsx'

/** A duty that nobody has met: it runs, or its time is over. */
export const isUnmet = (clock: Clock): boolean => clock.met_at === null

/** A duty of law in force that somebody still has to meet. A proposal binds nobody. */
export const isOwed = (clock: Clock): boolean => isUnmet(clock) && clock.state === 'in_force'

/** A duty without a time in law comes after all that have one. */
export const dueOf = (clock: Clock): number => clock.due_at ?? Number.MAX_SAFE_INTEGER

const rank = (clock: Clock): number => (clock.state === 'proposed' ? 2 : isUnmet(clock) ? 0 : 1)

/** What is owed, then what was met, then what is only proposed; in each, what is due first. */
export const clockOrder = (a: Clock, b: Clock): number => rank(a) - rank(b) || dueOf(a) - dueOf(b)

export function Clocks({ incident }: { readonly incident: Incident }) {
  const { t } = useSpeech()
  const clocks = [...incident.clocks].sort(clockOrder)
  const owed = clocks.filter(isOwed).length
  return (
    <Section
      title={t('case.clocks')}
      id="clocks"
      note={clocks.length === 0 ? undefined : t('case.clocks.owed', { owed, count: clocks.length })}
    >
      {clocks.length === 0 ? (
        <Empty title={t('case.clocks.none')}>{t('case.clocks.none.more')}</Empty>
      ) : (
        <ul className="clocks">
          {clocks.map((clock) => (
            <ClockRow key={`${clock.obligation} ${clock.run}`} clock={clock} incident={incident.incident} />
          ))}
        </ul>
      )}
    </Section>
  )
}
