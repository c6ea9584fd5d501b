/** When a case has changed so that its drafts no longer tell all of it, and when they are drawn again. */
import { type Instant, MINUTE_MS } from '../../kernel/time.ts'
import { setTime } from './agenda.ts'
import type { Fact } from './messages.ts'
import { type Case, draftItem, type IncidentState, type Notice, type NoticeStatus } from './state.ts'

/** A notice is drawn again at most once a minute: a storm of thefts must not fill the journal with drafts nobody reads. */
export const REDRAFT_WAIT_MS = MINUTE_MS
/** And less often as the case ages: after a tenth of the age that it had, so that a week-long trickle makes dozens of drafts, not thousands. */
const AGE_SHARE = 10

/** Facts that a notice tells. A note is the platform's own; a failed delivery is between us and the receiver. */
export const MATERIAL: ReadonlySet<Fact> = new Set<Fact>([
  'halted',
  'lifted',
  'evacuation_ordered',
  'evacuated',
  'traced',
  'loss_computed',
  'repayment_planned',
  'repaid',
  'blinded',
  'restored',
  'delegated',
])

/** Findings that an authority must hear of after the first report; what we do about them is not one. */
export const FURTHER: ReadonlySet<Fact> = new Set<Fact>(['traced', 'delegated', 'loss_computed'])

/** The earliest time for the next draft after one of that time. Grows with it, so an older draft never waits behind a newer one. */
export const redraftAt = (item: Case, draftedAt: Instant): Instant =>
  draftedAt + Math.max(REDRAFT_WAIT_MS, Math.floor((draftedAt - item.aware_at) / AGE_SHARE))

const SETTLED: ReadonlySet<NoticeStatus> = new Set<NoticeStatus>(['approved', 'sent', 'acknowledged'])

/** Whether the text may still be drawn again. A reading copy stays as it was once its pair was approved: it tells what was sent. */
export function mayRedraft(item: Case, notice: Notice): boolean {
  if (notice.status !== 'drafted') return false
  const pair = item.clocks.get(notice.clock)?.notices[notice.language === 'en' ? 'ko' : 'en']
  const other = pair === undefined ? undefined : item.notices.get(pair)
  return notice.channel !== 'none' || other === undefined || !SETTLED.has(other.status)
}

/** When drafts of the case are next wanted; `undefined` when all that may still change are fresh. */
function nextDraft(item: Case, now: Instant): Instant | undefined {
  if (item.closed_at !== undefined) return undefined
  if (item.undrafted.size > 0) return now
  let next: Instant | undefined
  for (const notice of item.notices.values()) {
    if (notice.stale_since === undefined || !mayRedraft(item, notice)) continue
    const at = redraftAt(item, notice.drafted_at)
    if (next === undefined || at < next) next = at
  }
  return next
}

export const schedule = (state: IncidentState, item: Case, now: Instant): void =>
  setTime(state.agenda, draftItem(item.incident), nextDraft(item, now))

/** Marks every notice as not telling what was found now. What was told by the text that is drawn next is no longer marked. */
export function touchFinding(state: IncidentState, item: Case, at: Instant): void {
  if (!item.untold) for (const notice of item.notices.values()) notice.untold_since ??= at
  item.untold = true
  touch(state, item, at)
}

/** Marks every notice as behind the case. Once all are marked, further changes cost nothing until one is drawn again. */
export function touch(state: IncidentState, item: Case, at: Instant): void {
  if (item.stale) return
  for (const notice of item.notices.values()) notice.stale_since ??= at
  item.stale = true
  schedule(state, item, at)
}
