/** Draws the notices of one duty: one in each language, from the case as it stands now. */
import type { Turn } from '../../../machine/room.ts'
import type { IncidentEvent } from '../messages.ts'
import type { IncidentNeeds } from '../needs.ts'
import type { Language } from '../rules.ts'
import { mayRedraft } from '../stale.ts'
import { type Case, type Clock, type IncidentState, recipientKey } from '../state.ts'
import { compose } from './compose.ts'
import { en } from './en.ts'
import { gather } from './facts.ts'
import { ko } from './ko.ts'
import type { Words } from './words.ts'

const LANGUAGES: readonly Words[] = [ko, en]

/** The notice that is to be drawn: a new one, or the one that stands if it may change. One that failed is drawn again by hand only. */
function noticeId(
  item: Case,
  clock: Clock,
  language: Language,
  turn: Turn<unknown>,
  byHand: boolean,
): string | undefined {
  const id = clock.notices[language]
  const notice = id === undefined ? undefined : item.notices.get(id)
  if (notice === undefined) return turn.newId('notice')
  return mayRedraft(item, notice) || (byHand && notice.status === 'failed') ? id : undefined
}

/** Both languages tell the same facts of the same moment. */
export function draftsOf(
  state: IncidentState,
  item: Case,
  clock: Clock,
  turn: Turn<IncidentNeeds>,
  byHand = false,
): IncidentEvent[] {
  const facts = gather(state, item, clock, turn.needs, turn.at)
  const { obligation, run } = clock
  const { obligation: id, authority } = obligation
  return LANGUAGES.flatMap((words): IncidentEvent[] => {
    const { language } = words
    const notice = noticeId(item, clock, language, turn, byHand)
    if (notice === undefined) return []
    const { channel = 'none', to = '' } = state.recipients.get(recipientKey(authority, language)) ?? {}
    const ref = { notice, incident: item.incident, obligation: id, run, authority }
    return [{ type: 'notice.drafted', data: { ...ref, language, channel, to, ...compose(words, facts) } }]
  })
}
