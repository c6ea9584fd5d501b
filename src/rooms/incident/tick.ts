/** What time alone causes: a deadline passes, a draft is drawn. */
import type { Instant } from '../../kernel/time.ts'
import type { Turn } from '../../machine/room.ts'
import { dueKeys, firstTime } from './agenda.ts'
import { draftsOf } from './draft/draft.ts'
import type { IncidentEvent } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import { mayRedraft, redraftAt } from './stale.ts'
import type { Case, Clock, IncidentState } from './state.ts'

/** Deadlines and cases that one tick looks at; what is left is due still, and the next tick follows at once. */
const TICK_ITEMS_MAX = 50
/** Duties whose notices one tick draws: each makes two texts of some kilobytes. */
const TICK_DUTIES_MAX = 12

export const due = (state: IncidentState): Instant | undefined => firstTime(state.agenda)

/** Duties whose texts are wanted now: those that have none yet, then those whose drafts are behind and rested long enough. */
function wanted(item: Case, now: Instant): Clock[] {
  const keys = new Set(item.undrafted)
  for (const notice of item.notices.values()) {
    if (notice.stale_since === undefined || !mayRedraft(item, notice)) continue
    if (redraftAt(item, notice.drafted_at) <= now) keys.add(notice.clock)
  }
  return [...keys].map((key) => item.clocks.get(key)).filter((clock) => clock !== undefined)
}

function missed(item: Case, key: string): IncidentEvent[] {
  const clock = item.clocks.get(key)
  if (clock?.due_at === undefined) return []
  const { obligation, run, due_at } = clock
  const { obligation: id, authority } = obligation
  return [{ type: 'clock.missed', data: { incident: item.incident, obligation: id, run, authority, due_at } }]
}

export function tick(state: IncidentState, turn: Turn<IncidentNeeds>): IncidentEvent[] {
  const made: IncidentEvent[] = []
  let duties = 0
  for (const key of dueKeys(state.agenda, turn.at, TICK_ITEMS_MAX)) {
    const [what, incident = '', clock = ''] = key.split(' ')
    const item = state.cases.get(incident)
    if (item === undefined) continue
    if (what === 'clock') made.push(...missed(item, clock))
    if (what !== 'draft') continue
    for (const next of wanted(item, turn.at).slice(0, Math.max(0, TICK_DUTIES_MAX - duties))) {
      made.push(...draftsOf(state, item, next, turn))
      duties += 1
    }
  }
  return made
}
