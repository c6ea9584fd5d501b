/** The incident room's endpoints. A case's whole page is a view of app.ts, because other rooms add to it. */
import { z } from 'zod'
import type { Json } from '../../kernel/canonical.ts'
import { nameSchema } from '../../kernel/names.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Data } from '../../machine/room.ts'
import type { CommandRoute, Route } from '../../machine/route.ts'
import { timelineCsv } from './export.ts'
import type { IncidentNeeds } from './needs.ts'
import { incidentRecord } from './record.ts'
import { refuse } from './refusals.ts'
import type { Case, IncidentState } from './state.ts'
import { clockItemOf, incidentItem, incidentList, noticeOf, packList, recipientList, sortedClocks } from './views.ts'

const one = z.strictObject({ incident: nameSchema })

/** What may be put into an answer: our read models hold nothing but JSON. */
const json = (value: object): Json => ({ ...value }) as { [key: string]: Json }

function withCase(state: IncidentState, data: Data, view: (item: Case) => Json): Json | Refusal {
  const item = state.cases.get(String(data.incident))
  return item ? view(item) : refuse('INCIDENT-001', `there is no incident ${data.incident}`, { field: 'incident' })
}

const command = (
  method: 'POST' | 'PUT',
  path: string,
  type: string,
  summary: string,
  answer: CommandRoute<IncidentState>['answer'],
): CommandRoute<IncidentState> => ({ method, path, who: 'person', summary, command: type, answer })

const caseAnswer: CommandRoute<IncidentState>['answer'] = (state, data) =>
  withCase(state, data, (item) => json(incidentItem(item)))

const noticeAnswer: CommandRoute<IncidentState>['answer'] = (state, data) => {
  const notice = noticeOf(state, String(data.notice))
  return notice ? json(notice) : refuse('INCIDENT-002', `there is no notice ${data.notice}`, { field: 'notice' })
}

const directory: Route<IncidentState>[] = [
  command('POST', '/v1/packs', 'pack.load', 'Load a rule pack', (_state, { pack, digest }) => ({
    pack: String(pack),
    digest: String(digest),
  })),
  {
    method: 'GET',
    path: '/v1/packs',
    who: 'person',
    summary: 'The loaded rule packs',
    view: (state) => packList(state),
  },
  command('PUT', '/v1/recipients', 'recipient.set', 'Where notices of an authority go', (state) =>
    recipientList(state),
  ),
  {
    ...{ method: 'GET', path: '/v1/recipients', who: 'person', summary: 'Where notices go' },
    view: (state) => recipientList(state),
  },
  command('PUT', '/v1/reporter', 'reporter.set', 'Who reports: platform, unit, contact', (state) =>
    json(state.reporter ?? {}),
  ),
  {
    ...{ method: 'GET', path: '/v1/reporter', who: 'person', summary: 'Who reports' },
    view: (state) => (state.reporter === undefined ? null : json(state.reporter)),
  },
]

const cases = (needs: IncidentNeeds): Route<IncidentState>[] => [
  {
    ...{ method: 'GET', path: '/v1/incidents', who: 'person', summary: 'All cases, newest first' },
    view: (state) => incidentList(state),
  },
  {
    ...{ method: 'GET', path: '/v1/incidents/:incident/clocks', who: 'person', summary: 'Its duties by due time' },
    params: one,
    view: (state, data) =>
      withCase(state, data, (item) => sortedClocks(item).map(([, clock]) => json(clockItemOf(item, clock)))),
  },
  {
    ...{ method: 'GET', path: '/v1/incidents/:incident/record', who: 'person', summary: 'How fast, and how late' },
    params: one,
    view: (state, data, { now }) => withCase(state, data, (item) => json(incidentRecord(item, now))),
  },
  {
    ...{
      method: 'GET',
      path: '/v1/incidents/:incident/timeline.csv',
      who: 'person',
      summary: 'Its time line, to hand over',
    },
    params: one,
    mediaType: 'text/csv; charset=utf-8',
    view: (state, data) => withCase(state, data, (item) => timelineCsv(item, needs)),
  },
  command('POST', '/v1/incidents/:incident/close', 'incident.close', 'Close a case', caseAnswer),
  command('POST', '/v1/incidents/:incident/notes', 'incident.note', 'Write a note on its time line', caseAnswer),
  command('POST', '/v1/incidents/:incident/facts', 'incident.record', 'Record a fact, or fire a trigger', caseAnswer),
  command('POST', '/v1/incidents/:incident/statements', 'incident.state', 'Answer what a notice must say', caseAnswer),
  command(
    'POST',
    '/v1/incidents/:incident/clocks/:obligation/meet',
    'clock.meet',
    'A duty met by other means',
    caseAnswer,
  ),
]

const notices: Route<IncidentState>[] = [
  command('POST', '/v1/notices/:notice/approve', 'notice.approve', 'Approve a draft: it is sent', noticeAnswer),
  command('POST', '/v1/notices/:notice/redraft', 'notice.redraft', 'Draw the text again', noticeAnswer),
  command('POST', '/v1/notices/:notice/acknowledge', 'notice.acknowledge', 'The receiver confirmed it', noticeAnswer),
]

/** The needs name the assets of the exported time line. */
export const routes = (needs: IncidentNeeds): readonly Route<IncidentState>[] => [
  ...directory,
  ...cases(needs),
  ...notices,
]
