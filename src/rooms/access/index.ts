/** The access room: people and their keys, machines, and what nobody does alone. */
import type { Room } from '../../machine/room.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { commands, events } from './messages.ts'
import type { AccessNeeds } from './needs.ts'
import { accessRefusals } from './refusals.ts'
import { type AccessState, initial } from './state.ts'
import { tick } from './tick.ts'

export { GUARDED, type GuardedAct, guardedActSchema, isGuarded } from './acts.ts'
export { DETECTIONS_MAX, LINES_MAX, LOGIN_MAX, type Memory, PARTS_MAX, type ToldOf, toldOf } from './alerts/index.ts'
export { ApprovalAudit, type Audit, auditRefusals } from './audit/index.ts'
export { ENROLMENT_MS_MAX, SESSION_MS_MAX } from './decide-keys.ts'
export { CALL_MS_MAX } from './decide-proposals.ts'
export { guardFault, personOf } from './guard.ts'
export { CONSOLE_FILES_MAX, commands, events } from './messages.ts'
export type { AccessNeeds } from './needs.ts'
export { ROLES, type Role, rolesSchema } from './roles.ts'
export { routes } from './routes.ts'
export { type AccessState, type Phase, phaseOf, rolesOf as rolesNow } from './state.ts'
export { type KeyHolder, keyHolder, linkHolder, personFacts, riskFacts, sessionBy } from './views.ts'
export { type Effect, type ProposalNeeds, policyActs, proposalView, type Rule, waitingFor } from './views-proposals.ts'

export const accessRoom: Room<AccessState, typeof commands, typeof events, AccessNeeds> = {
  name: 'access',
  stateVersion: 1,
  commands,
  events,
  refusals: accessRefusals,
  urgent: ['person.suspend', 'session.end', 'key.lose', 'proposal.veto'],
  initial,
  decide,
  evolve,
  due: ({ due }) => due,
  tick,
}
