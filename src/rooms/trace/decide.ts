/** One pure decision for each command. A theft is hundreds of movements: each asks for a trace, few of them make an event. */
import { chainOf, normalAccount } from '../../kernel/caip.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { DataOf, Decide, Decision, MessageOf, Turn } from '../../machine/room.ts'
import { type commands, type events, TRACE_SOURCES_MAX } from './messages.ts'
import type { TraceNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type TraceCase, type TraceState, traceOn } from './state.ts'

type Commands = typeof commands
type Event = MessageOf<typeof events>
type Decided = Decision<typeof events>

/** Given and not followed yet, each once, in the order given. */
function newSources(known: TraceCase | undefined, given: readonly string[]): string[] {
  const followed = new Set([...(known?.sources ?? []), ...(known?.postponed ?? [])])
  return [...new Set(given.map(normalAccount))].filter((source) => !followed.has(source))
}

/** The next run follows all that is known by then. */
function nextRun(
  { trace, incident, chain, method, sources, run, postponed }: TraceCase,
  added: readonly string[],
): Event {
  const all = [...sources, ...(postponed ?? []), ...added]
  return { type: 'trace.started', data: { trace, incident, chain, sources: all, method, run: run + 1 } }
}

function start(state: TraceState, data: DataOf<Commands, 'trace.start'>, turn: Turn<TraceNeeds>): Decided {
  const { incident, chain, method } = data
  const strange = data.sources.findIndex((source) => chainOf(source) !== chain)
  if (strange >= 0) {
    const detail = `${data.sources[strange]} is not an account of ${chain}`
    return refuse('TRACE-001', detail, { field: `sources.${strange}` })
  }
  const known = traceOn(state, incident, chain)
  const added = newSources(known, data.sources)
  const followed = (known?.sources.length ?? 0) + (known?.postponed?.length ?? 0)
  if (followed + added.length > TRACE_SOURCES_MAX) {
    const detail = `${known?.trace ?? incident} would follow ${followed + added.length} sources`
    return refuse('TRACE-002', detail, { field: 'sources', expected: `at most ${TRACE_SOURCES_MAX} in all` })
  }
  if (known === undefined) {
    const trace = turn.newId('trace')
    return [{ type: 'trace.started', data: { trace, incident, chain, sources: added, method, run: 1 } }]
  }
  if (known.status !== 'running') return [nextRun(known, added)]
  if (known.postponed !== undefined && added.length === 0) return []
  return [{ type: 'trace.postponed', data: { trace: known.trace, run: known.run, sources: added } }]
}

/** After a run has ended, however it ended: what came meanwhile is followed at once. */
const andNext = (trace: TraceCase): Event[] => (trace.postponed === undefined ? [] : [nextRun(trace, [])])

function traceAt(state: TraceState, id: string, run: number): TraceCase | Refusal {
  const trace = state.traces.get(id)
  if (trace === undefined) return refuse('TRACE-003', `there is no trace ${id}`, { field: 'trace' })
  if (run > trace.run) {
    return refuse('TRACE-005', `trace ${id} is at run ${trace.run}, not ${run}`, { field: 'run' })
  }
  return trace
}

/** A result comes at least once, perhaps late. One for a run that failed counts while no later run has begun: it did succeed. */
function record(state: TraceState, data: DataOf<Commands, 'trace.record'>): Decided {
  const trace = traceAt(state, data.trace, data.run)
  if ('refused' in trace) return trace
  const digest = trace.digests.get(data.run)
  if (digest !== undefined && digest !== data.digest) {
    return refuse('TRACE-004', `run ${data.run} of ${data.trace} gave ${digest}`, { field: 'digest', expected: digest })
  }
  if (digest !== undefined || data.run < trace.run) return []
  return [{ type: 'trace.recorded', data: { ...data, incident: trace.incident } }, ...andNext(trace)]
}

function fail(state: TraceState, { trace: id, run, why }: DataOf<Commands, 'trace.fail'>): Decided {
  const trace = traceAt(state, id, run)
  if ('refused' in trace) return trace
  if (run < trace.run || trace.status !== 'running') return []
  return [{ type: 'trace.failed', data: { trace: id, incident: trace.incident, run, why } }, ...andNext(trace)]
}

export const decide: Decide<TraceState, Commands, typeof events, TraceNeeds> = {
  'trace.start': start,
  'trace.record': record,
  'trace.fail': fail,
}
