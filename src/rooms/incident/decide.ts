/** One pure decision for each command; split by what it concerns. */
import type { Decide } from '../../machine/room.ts'
import { decideCase } from './decide-case.ts'
import { decideNotice } from './decide-notice.ts'
import { decideRules } from './decide-rules.ts'
import type { commands, events } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import type { IncidentState } from './state.ts'

export const decide: Decide<IncidentState, typeof commands, typeof events, IncidentNeeds> = {
  ...decideRules,
  ...decideCase,
  ...decideNotice,
}
