/** What others may ask of this room. */
import type { TraceCase, TraceState } from './state.ts'

const found = ({ findings }: TraceCase) => ({
  edges: findings?.edges ?? 0,
  addresses: findings?.addresses ?? 0,
  services: findings?.services ?? [],
  unaccounted: findings?.unaccounted ?? [],
  digest: findings?.digest ?? null,
})

/**
 * The trace of an incident, its figures those of the last recorded run (`digest` is null before the first). Null where none began. Where
 * an incident touched several chains, this is the trace that began first.
 */
export function traceOf(state: TraceState, incident: string) {
  const [first] = state.byIncident.get(incident) ?? []
  const trace = first === undefined ? undefined : state.traces.get(first)
  if (trace === undefined) return null
  return { trace: trace.trace, status: trace.status, run: trace.run, ...found(trace) }
}

/** Everything about one trace; `undefined` for an unknown one. */
export function traceView(state: TraceState, id: string) {
  const trace = state.traces.get(id)
  if (trace === undefined) return undefined
  const { incident, chain, method, sources, run, status, postponed, why, findings } = trace
  return {
    ...{ trace: id, incident, chain, method, sources, run, status, why: why ?? null },
    postponed: postponed !== undefined,
    ...found(trace),
    input_digest: findings?.input_digest ?? null,
    recorded_run: findings?.run ?? null,
  }
}

/**
 * What a computation of this run must follow; `undefined` where it is no longer wanted: another run has begun since, or this one has
 * ended, by a result or by a failure.
 */
export function runOf(state: TraceState, id: string, run: number) {
  const trace = state.traces.get(id)
  if (trace === undefined || trace.run !== run || trace.status !== 'running') return undefined
  const { incident, chain, method, sources } = trace
  return { incident, chain, method, sources }
}
