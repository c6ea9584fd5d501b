/** Every fold of the room; after each the next moment is known at which time alone changes something. */
import type { DataOf, Evolve, Happened } from '../../machine/room.ts'
import { evolveAlertsHere } from './alerts-here.ts'
import { nextChange } from './cases.ts'
import { evolvePeople } from './fold-people.ts'
import { evolveProposals } from './fold-proposals.ts'
import type { events } from './messages.ts'
import type { AccessState } from './state.ts'

type Events = typeof events

/** Proposals that are open are few, and any change of the register may move any of them. */
function remind(state: AccessState, { at }: Happened): void {
  const changes = [...state.open].flatMap((id) => {
    const found = state.proposals.get(id)
    return found === undefined ? [] : [nextChange(state, found, at)]
  })
  state.due = changes.length === 0 ? undefined : changes.reduce((a, b) => Math.min(a, b))
}

const folds: Evolve<AccessState, Events> = { ...evolvePeople, ...evolveProposals, ...evolveAlertsHere }

export const evolve = Object.fromEntries(
  Object.entries(folds).map(([type, fold]) => [
    type,
    (state: AccessState, data: DataOf<Events, never>, happened: Happened) => {
      fold(state, data, happened)
      remind(state, happened)
    },
  ]),
) as Evolve<AccessState, Events>
