/** One pure decision for each command. */
import type { Decide } from '../../machine/room.ts'
import { decideAlertsHere } from './alerts-here.ts'
import { decideKeys } from './decide-keys.ts'
import { decidePeople } from './decide-people.ts'
import { decideProposals } from './decide-proposals.ts'
import type { commands, events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import type { AccessState } from './state.ts'

export const decide: Decide<AccessState, typeof commands, typeof events, AccessNeeds> = {
  ...decidePeople,
  ...decideKeys,
  ...decideProposals,
  ...decideAlertsHere,
}
