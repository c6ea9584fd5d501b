/** Alerts within the room: their decisions and folds over its `alerts`, answered from its own register. */
import type { DataOf, Decide, Decision, Evolve, Happened, Turn } from '../../machine/room.ts'
import { type AlertsNeeds, type alertCommands, type alertEvents, decideAlerts, evolveAlerts } from './alerts/index.ts'
import type { events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import { type AccessState, endSessionsOf } from './state.ts'

type Commands = typeof alertCommands
type Events = typeof alertEvents

/** Logs write names in small letters, whatever their source did. */
function personOfAccount({ people }: AccessState, account: string): string | undefined {
  const asked = account.toLowerCase()
  const found = [...people.values()].find(({ accounts }) => accounts.some((one) => one.toLowerCase() === asked))
  return found?.person
}

const needsOf = (state: AccessState): AlertsNeeds => ({
  personOfAccount: (account) => personOfAccount(state, account),
  personKnown: (person) => state.people.has(person),
})

const within =
  <K extends keyof Commands & string>(type: K) =>
  (state: AccessState, data: DataOf<Commands, K>, turn: Turn<AccessNeeds>): Decision<typeof events> =>
    decideAlerts[type](state.alerts, data, { ...turn, needs: needsOf(state) })

export const decideAlertsHere: Decide<AccessState, Commands, typeof events, AccessNeeds> = {
  'admin.report': within('admin.report'),
  'attempt.note': within('attempt.note'),
  'risk.raise': within('risk.raise'),
  'risk.clear': within('risk.clear'),
}

const folded =
  <K extends keyof Events & string>(type: K) =>
  (state: AccessState, data: DataOf<Events, K>, happened: Happened): void =>
    evolveAlerts[type](state.alerts, data, happened)

export const evolveAlertsHere: Evolve<AccessState, Events> = {
  'admin.reported': folded('admin.reported'),
  'admin.detected': folded('admin.detected'),
  'admin.forgot': folded('admin.forgot'),
  'attempt.seen': folded('attempt.seen'),
  // Step-up: whoever is at risk signs in anew, with the passkey.
  'risk.raised': (state, data, happened) => {
    evolveAlerts['risk.raised'](state.alerts, data, happened)
    endSessionsOf(state, data.person)
  },
  'risk.cleared': folded('risk.cleared'),
}
