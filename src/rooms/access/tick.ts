/** What time alone does: a lock that runs out lets what was approved be done; what nobody approved in time lapses. */
import type { MessageOf, Turn } from '../../machine/room.ts'
import { nextChange, outcomeOf } from './cases.ts'
import { advance } from './decide-proposals.ts'
import type { events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import type { AccessState } from './state.ts'

type Event = MessageOf<typeof events>

/** Lapses told in one tick; the rest is due at once again. */
const LAPSES_MAX = 100

/** One act a tick: whether the next may be done is asked when this one has been. */
export function tick(state: AccessState, turn: Turn<AccessNeeds>): readonly Event[] {
  const due = [...state.open].flatMap((id) => {
    const found = state.proposals.get(id)
    return found !== undefined && nextChange(state, found, turn.at) <= turn.at ? [found] : []
  })
  const lapsed = due.flatMap((found): Event[] => {
    const { state: now } = outcomeOf(state, found, turn.at)
    if (now === 'approved') return []
    const why = now === 'void' ? 'void' : 'expired'
    return [{ type: 'proposal.lapsed', data: { proposal: found.proposal.proposal, why } }]
  })
  const ready = due.find((found) => outcomeOf(state, found, turn.at).state === 'approved')
  return [...lapsed.slice(0, LAPSES_MAX), ...(ready === undefined ? [] : advance(state, ready, turn))]
}
