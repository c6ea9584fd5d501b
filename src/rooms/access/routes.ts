/** The room's endpoints. Passkey ceremonies and cookies are the door's: they know of requests and of chance. */
import { z } from 'zod'
import type { Json } from '../../kernel/canonical.ts'
import { nameSchema } from '../../kernel/names.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { CommandRoute, Route } from '../../machine/route.ts'
import { alertsPage, alertsParams } from './alerts/index.ts'
import { noPerson } from './decide-people.ts'
import { refuse } from './refusals.ts'
import type { AccessState } from './state.ts'
import { foundingView, peopleView, personView, servicesView, sessionsView } from './views.ts'
import { approvalsView, type ProposalNeeds, proposalDetail, proposalItem, proposalPage } from './views-proposals.ts'

/** Proposals in one page, and how many where the caller does not say. */
const PAGE_MAX = 200
const PAGE_USUAL = 50
const STATES = ['mine', 'open', 'waiting', 'approved', 'executed', 'vetoed', 'withdrawn', 'void', 'expired'] as const

const page = z.strictObject({
  state: z.enum(STATES).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_USUAL),
  before: z.coerce.number().int().min(0).optional(),
})

type Answer = CommandRoute<AccessState>['answer']
const post = (path: string, command: string, summary: string, answer: Answer): CommandRoute<AccessState> => ({
  ...{ method: 'POST', path, who: 'person', command, summary, answer },
})

const person: Answer = (state, { person: id }) => {
  const found = state.people.get(String(id))
  return found === undefined ? noPerson(String(id)) : personView(state, found)
}
const services: Answer = (state) => servicesView(state)

const peopleRoutes: readonly Route<AccessState>[] = [
  { method: 'GET', path: '/v1/people', who: 'person', summary: 'People, their roles and keys.', view: peopleView },
  post('/v1/people', 'person.invite', 'Let a new person in.', person),
  post('/v1/people/:person/change', 'person.change', 'Change a person’s roles, contact or accounts.', person),
  post('/v1/people/:person/suspend', 'person.suspend', 'Shut a person out, at once.', person),
  post('/v1/people/:person/restore', 'person.restore', 'End a suspension.', person),
  post('/v1/people/:person/recover', 'key.recover', 'Count all keys of a person as lost and let new ones in.', person),
  post('/v1/keys/:key/lose', 'key.lose', 'Report one’s own key lost.', () => ({ lost: true })),
  { method: 'GET', path: '/v1/founding', who: 'person', summary: 'What founding still lacks.', view: foundingView },
  post('/v1/founding/close', 'founding.close', 'End founding: from then on a quorum decides.', foundingView),
]

const alertRoutes: readonly Route<AccessState>[] = [
  {
    ...{
      method: 'GET',
      path: '/v1/alerts',
      who: 'person',
      summary: 'What was unusual and what was tried, newest first.',
    },
    params: alertsParams,
    view: ({ alerts }, params) => alertsPage(alerts, alertsParams.parse(params)),
  },
  post('/v1/people/:person/clear', 'risk.clear', 'Say that a person is no longer at risk.', person),
]

const machineRoutes: readonly Route<AccessState>[] = [
  {
    ...{ method: 'GET', path: '/v1/sessions', who: 'person', summary: 'Who is signed in, from where, until when.' },
    view: (state, _params, tools) => sessionsView(state, tools),
  },
  post('/v1/sessions/:session/end', 'session.end', 'End a session.', () => ({ ended: true })),
  { method: 'GET', path: '/v1/services', who: 'person', summary: 'The machines that may ask.', view: servicesView },
  post('/v1/services', 'service.register', 'Register a service account.', services),
  post('/v1/services/:service/remove', 'service.remove', 'Remove a service account, at once.', services),
]

const noProposal = (id: string): Refusal => refuse('ACCESS-013', `there is no proposal ${id}`, { field: 'proposal' })

const proposed: Answer = (state, { proposal: id }, { now }): Json | Refusal => {
  const found = state.proposals.get(String(id))
  return found === undefined ? noProposal(String(id)) : proposalItem(state, found, now)
}

const proposalRoutes = (needs: ProposalNeeds): readonly Route<AccessState>[] => [
  {
    ...{ method: 'GET', path: '/v1/proposals', who: 'person', summary: 'Proposals, newest first.', params: page },
    view: (state, params, { by, now }) => proposalPage(state, page.parse(params), by, now),
  },
  {
    ...{ method: 'GET', path: '/v1/proposals/:proposal', who: 'person', summary: 'All that an approver must see.' },
    params: z.strictObject({ proposal: nameSchema }),
    view: (state, { proposal: id }, { by, now }) => {
      const found = state.proposals.get(String(id))
      return found === undefined ? noProposal(String(id)) : proposalDetail(state, found, by, now, needs)
    },
  },
  post('/v1/proposals/:proposal/approve', 'proposal.approve', 'Approve exactly what was shown.', proposed),
  post('/v1/proposals/:proposal/veto', 'proposal.veto', 'Stop it, for good.', proposed),
  post('/v1/proposals/:proposal/withdraw', 'proposal.withdraw', 'Take one’s own proposal back.', proposed),
  post('/v1/proposals/:proposal/execute', 'proposal.execute', 'Try again what could not be done.', proposed),
  post('/v1/proposals/:proposal/call-back/answer', 'call.answer', 'Enter the code that was heard.', proposed),
  { method: 'GET', path: '/v1/approvals', who: 'person', summary: 'Who must approve what.', view: approvalsView },
  {
    ...{ method: 'PUT', path: '/v1/approvals', who: 'person', summary: 'Change who must approve what.' },
    ...{ command: 'approvals.set', answer: (state) => approvalsView(state) },
  },
]

/** The needs decode what a proposal would do in other rooms. */
export const routes = (needs: ProposalNeeds): readonly Route<AccessState>[] => [
  ...peopleRoutes,
  ...alertRoutes,
  ...machineRoutes,
  ...proposalRoutes(needs),
]
