/** The moments that a supervisor asks for, and how long each took after the event itself. */
import type { IncidentRecord } from '../../api/types.ts'

export interface Milestone {
  readonly id: 'happened' | 'aware' | 'halted' | 'evacuated' | 'notified'
  /** `undefined`: not yet. */
  readonly at: number | undefined
  /** Milliseconds after the event; negative for a halt that stood before it. */
  readonly after: number | undefined
}

const least = (instants: readonly number[]): number | undefined =>
  instants.length === 0 ? undefined : Math.min(...instants)

export function milestonesOf(record: IncidentRecord): Milestone[] {
  const start = record.happened_at
  const milestone = (id: Milestone['id'], at: number | undefined): Milestone => ({
    id,
    at,
    after: at === undefined || id === 'happened' ? undefined : at - start,
  })
  return [
    milestone('happened', start),
    milestone('aware', record.aware_at),
    milestone('halted', record.halted_at ?? undefined),
    milestone('evacuated', record.first_evacuated_at ?? undefined),
    milestone('notified', least(record.notices.flatMap(({ sent_at }) => (sent_at === null ? [] : [sent_at])))),
  ]
}
