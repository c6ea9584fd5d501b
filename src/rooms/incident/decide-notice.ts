/** Decisions on notices and clocks: approved, sent, failed, acknowledged; a duty met by other means. */
import type { Refusal } from '../../kernel/refusal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Decide } from '../../machine/room.ts'
import { clocksOf, furtherClocks, lastRun } from './clocks.ts'
import { draftsOf } from './draft/draft.ts'
import type { commands, events, IncidentEvent } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type Case, type Clock, clockKey, type IncidentState, type Notice, type NoticeStatus } from './state.ts'

type Decider = Decide<IncidentState, typeof commands, typeof events, IncidentNeeds>

interface Found {
  readonly item: Case
  readonly notice: Notice
  readonly clock: Clock
}

function find(state: IncidentState, id: string): Found | undefined {
  const item = state.cases.get(state.noticeCase.get(id) ?? '')
  const notice = item?.notices.get(id)
  const clock = notice && item?.clocks.get(notice.clock)
  return item && notice && clock && { item, notice, clock }
}

const missing = (id: string): Refusal => refuse('INCIDENT-002', `there is no notice ${id}`, { field: 'notice' })

const wrongState = ({ notice, status }: Notice, expected: readonly NoticeStatus[]): Refusal =>
  refuse('INCIDENT-005', `${notice} is ${status}; expected ${expected.join(' or ')}`, { field: 'notice' })

const OPEN_FOR_APPROVAL: readonly NoticeStatus[] = ['drafted', 'failed']

const approve: Decider['notice.approve'] = (state, { notice: id, drafted_at }) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  const { item, notice, clock } = found
  if (notice.status === 'approved') return []
  if (!OPEN_FOR_APPROVAL.includes(notice.status)) return wrongState(notice, OPEN_FOR_APPROVAL)
  if (item.closed_at !== undefined) return refuse('INCIDENT-004', `${item.incident} is closed`, { field: 'notice' })
  if (drafted_at !== undefined && drafted_at !== notice.drafted_at) {
    return refuse('INCIDENT-009', `${id} was drawn again at ${notice.drafted_at}, after the draft of ${drafted_at}`, {
      field: 'drafted_at',
    })
  }
  if (notice.channel === 'none') {
    const { authority } = clock.obligation
    return refuse('INCIDENT-006', `no recipient is set for ${authority} in ${notice.language}`, { field: 'notice' })
  }
  return [{ type: 'notice.approved', data: { notice: id, channel: notice.channel, to: notice.to } }]
}

/** How a duty was met: in words, and by which notice. */
interface Met {
  readonly evidence: string
  readonly notice?: string
}

function met(item: Case, clock: Clock, by: Met, at: Instant): IncidentEvent {
  const { obligation, run, due_at } = clock
  const late_ms = due_at === undefined ? 0 : Math.max(0, at - due_at)
  const ref = { incident: item.incident, obligation: obligation.obligation, run, authority: obligation.authority }
  return { type: 'clock.met', data: { ...ref, ...by, met_at: at, late_ms } }
}

/** What the case learnt after the text was approved was not told by it: the duty to tell that runs from when it was learnt. */
function untold(state: IncidentState, { item, notice, clock }: Found): IncidentEvent[] {
  if (item.closed_at !== undefined) return []
  const id = clock.obligation.obligation
  const further = notice.untold_since === undefined ? [] : furtherClocks(state, item, notice.untold_since, id)
  if (clock.again_at === undefined) return further
  const again = clocksOf(state, { ...item, clocks: metNow(item, clock) }, clock.trigger, clock.again_at)
  return [...further, ...again.filter((event) => event.data.obligation === id)]
}

/** The clocks as they will be once this one is met. */
const metNow = (item: Case, clock: Clock): Map<string, Clock> =>
  new Map(item.clocks).set(clockKey(clock.obligation.obligation, clock.run), { ...clock, met_at: clock.started_at })

const markSent: Decider['notice.mark_sent'] = (state, { notice: id, receipt }, turn) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  const { item, notice, clock } = found
  if (notice.status === 'sent' || notice.status === 'acknowledged') return []
  if (notice.status !== 'approved') return wrongState(notice, ['approved'])
  const sent: IncidentEvent = { type: 'notice.sent', data: { notice: id, receipt } }
  if (clock.met_at !== undefined) return [sent]
  const by = { evidence: `${id} sent by ${notice.channel} to ${notice.to}`, notice: id }
  return [sent, met(item, clock, by, turn.at), ...untold(state, found)]
}

const markFailed: Decider['notice.mark_failed'] = (state, { notice: id, why }) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  if (found.notice.status === 'failed') return []
  if (found.notice.status !== 'approved') return wrongState(found.notice, ['approved'])
  return [{ type: 'notice.failed', data: { notice: id, why } }]
}

/** The same reason again tells nothing new: a server that is down for a day is one line of the time line, not a hundred. */
const markDelayed: Decider['notice.mark_delayed'] = (state, { notice: id, why }) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  if (found.notice.status !== 'approved' || found.notice.why === why) return []
  return [{ type: 'notice.delayed', data: { notice: id, why } }]
}

const acknowledge: Decider['notice.acknowledge'] = (state, { notice: id, reference }) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  if (found.notice.status === 'acknowledged' && found.notice.reference === reference) return []
  if (found.notice.status !== 'sent') return wrongState(found.notice, ['sent'])
  return [{ type: 'notice.acknowledged', data: { notice: id, reference } }]
}

const redraft: Decider['notice.redraft'] = (state, { notice: id }, turn) => {
  const found = find(state, id)
  if (found === undefined) return missing(id)
  const { item, notice, clock } = found
  if (item.closed_at !== undefined) return refuse('INCIDENT-004', `${item.incident} is closed`, { field: 'notice' })
  if (!OPEN_FOR_APPROVAL.includes(notice.status)) return wrongState(notice, OPEN_FOR_APPROVAL)
  return draftsOf(state, item, clock, turn, true)
}

const meet: Decider['clock.meet'] = (state, { incident, obligation, evidence, met_at }, turn) => {
  const item = state.cases.get(incident)
  if (item === undefined) return refuse('INCIDENT-001', `there is no incident ${incident}`, { field: 'incident' })
  const clock = lastRun(item, obligation)
  if (clock === undefined) {
    return refuse('INCIDENT-003', `${incident} has no clock of ${obligation}`, { field: 'obligation' })
  }
  if (clock.met_at !== undefined) {
    return refuse('INCIDENT-012', `${obligation} was met at ${clock.met_at}: ${clock.evidence}`.slice(0, 500), {
      field: 'obligation',
    })
  }
  if (met_at !== undefined && met_at > turn.at) {
    return refuse('INCIDENT-013', `${met_at} is after now (${turn.at})`, { field: 'met_at' })
  }
  return [met(item, clock, { evidence }, met_at ?? turn.at)]
}

export const decideNotice = {
  'notice.approve': approve,
  'notice.redraft': redraft,
  'notice.mark_sent': markSent,
  'notice.mark_failed': markFailed,
  'notice.mark_delayed': markDelayed,
  'notice.acknowledge': acknowledge,
  'clock.meet': meet,
} satisfies Partial<Decider>
