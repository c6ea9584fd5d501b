/** Which clocks a trigger starts. A duty runs at most once at a time in a case; when it is met and its trigger fires again, it arises again. */
import type { Instant } from '../../kernel/time.ts'
import { appliesOn, dueAt, localDate } from './deadline.ts'
import type { IncidentEvent } from './messages.ts'
import type { Obligation, Pack, Trigger } from './rules.ts'
import { type Case, type Clock, clockKey, type IncidentState } from './state.ts'

type Started = Extract<IncidentEvent, { type: 'clock.started' }>

export function lastRun(item: Case, obligation: string): Clock | undefined {
  const run = item.runs.get(obligation)
  return run === undefined ? undefined : item.clocks.get(clockKey(obligation, run))
}

function startEvent(pack: Pack, obligation: Obligation, incident: string, run: number, at: Instant): Started {
  const due = dueAt(obligation.deadline, at, pack)
  return {
    type: 'clock.started',
    data: {
      ...{ incident, obligation: obligation.obligation, run, authority: obligation.authority },
      ...{ trigger: obligation.trigger, started_at: at },
      ...(due !== undefined && { due_at: due }),
    },
  }
}

function* rulesFor(
  state: IncidentState,
  trigger: Trigger,
  at: Instant,
): Generator<{ pack: Pack; obligation: Obligation }> {
  for (const pack of state.packs.values()) {
    const rules = pack.obligations.filter((obligation) => obligation.trigger === trigger)
    if (rules.length === 0) continue
    const date = localDate(at, pack.time_zone)
    for (const obligation of rules) if (appliesOn(obligation, date)) yield { pack, obligation }
  }
}

/** For a case that is opened in the same decision: nothing of it ran before. */
export function firstClocks(
  state: IncidentState,
  incident: string,
  triggers: readonly Trigger[],
  at: Instant,
): Started[] {
  return triggers.flatMap((trigger) =>
    [...rulesFor(state, trigger, at)].map(({ pack, obligation }) => startEvent(pack, obligation, incident, 1, at)),
  )
}

/** A duty that came with a later pack counts from when its trigger first fired; one that arose again, from now. */
export function clocksOf(state: IncidentState, item: Case, trigger: Trigger, at: Instant): Started[] {
  const started: Started[] = []
  for (const { pack, obligation } of rulesFor(state, trigger, at)) {
    const last = lastRun(item, obligation.obligation)
    if (last === undefined) {
      started.push(startEvent(pack, obligation, item.incident, 1, item.fired.get(trigger) ?? at))
    } else if (last.met_at !== undefined) {
      started.push(startEvent(pack, obligation, item.incident, last.run + 1, at))
    }
  }
  return started
}

/**
 * The clocks that a further fact starts: for each duty that follows a report which was made already, unless it runs. `reported` names
 * the obligation whose notice goes out in this very decision.
 */
export function furtherClocks(state: IncidentState, item: Case, at: Instant, reported?: string): Started[] {
  const started: Started[] = []
  for (const { pack, obligation } of rulesFor(state, 'further_fact', at)) {
    const { follows = '', obligation: id } = obligation
    const made = follows === reported || lastRun(item, follows)?.met_at !== undefined
    const last = lastRun(item, id)
    const runs = last !== undefined && last.met_at === undefined && id !== reported
    if (made && !runs) started.push(startEvent(pack, obligation, item.incident, (last?.run ?? 0) + 1, at))
  }
  return started
}
