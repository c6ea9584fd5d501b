/** Folds of the notices. */
import type { Evolve, Happened } from '../../machine/room.ts'
import type { events } from './messages.ts'
import { schedule } from './stale.ts'
import { type Case, caseOf, clockKey, type IncidentState, type Notice } from './state.ts'

type Fold = Evolve<IncidentState, typeof events>
type Data<K extends keyof Fold> = Parameters<Fold[K]>[1]

function draft(state: IncidentState, data: Data<'notice.drafted'>, { at, index }: Happened): void {
  const item = caseOf(state, data.incident)
  const clock = clockKey(data.obligation, data.run)
  const { notice, incident, language, channel, to, subject, body } = data
  const fresh = { status: 'drafted' as const, drafted_at: at, stale_since: undefined, untold_since: undefined }
  const none = { approved_at: undefined, sent_at: undefined, receipt: undefined, why: undefined, reference: undefined }
  if (!item.notices.has(notice)) {
    // Later drafts stand in the journal; the time line of a person tells the first.
    item.timeline.push({ at, index, kind: 'notice.drafted', ref: notice })
    state.noticeCase.set(notice, incident)
  }
  item.notices.set(notice, { notice, incident, clock, language, channel, to, subject, body, ...fresh, ...none })
  const owner = item.clocks.get(clock)
  if (owner !== undefined) owner.notices[language] = notice
  item.undrafted.delete(clock)
  item.stale = false
  item.untold = false
  schedule(state, item, at)
}

type Named = 'notice.approved' | 'notice.sent' | 'notice.failed' | 'notice.delayed' | 'notice.acknowledged'

/** Changes one notice and writes the line that tells it. */
function change(
  state: IncidentState,
  kind: Named,
  id: string,
  { at, index }: Happened,
  changes: (at: number) => Partial<Notice>,
  text?: string,
): void {
  const item: Case = caseOf(state, state.noticeCase.get(id) ?? '')
  const notice = item.notices.get(id)
  if (notice === undefined) return
  Object.assign(notice, changes(at))
  item.timeline.push({ at, index, kind, ref: id, text })
  schedule(state, item, at)
}

export const foldNotice: Pick<Fold, 'notice.drafted' | Named> = {
  'notice.drafted': draft,
  'notice.approved': (state, data: Data<'notice.approved'>, happened) => {
    const { channel, to } = data
    change(state, 'notice.approved', data.notice, happened, (at) => ({
      status: 'approved',
      approved_at: at,
      channel,
      to,
      why: undefined,
    }))
  },
  'notice.sent': (state, { notice, receipt }, happened) =>
    change(
      state,
      'notice.sent',
      notice,
      happened,
      (at) => ({ status: 'sent', sent_at: at, receipt, why: undefined }),
      receipt,
    ),
  'notice.failed': (state, { notice, why }, happened) =>
    change(state, 'notice.failed', notice, happened, () => ({ status: 'failed', why }), why),
  'notice.delayed': (state, { notice, why }, happened) =>
    change(state, 'notice.delayed', notice, happened, () => ({ why }), why),
  'notice.acknowledged': (state, { notice, reference }, happened) =>
    change(state, 'notice.acknowledged', notice, happened, () => ({ status: 'acknowledged', reference }), reference),
}
