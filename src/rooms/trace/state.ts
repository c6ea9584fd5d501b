/** What the trace room remembers: one trace for each incident and chain, its latest run, and what the runs found. */
import type { DataOf, Evolve } from '../../machine/room.ts'
import type { events } from './messages.ts'

type Events = typeof events

/** What a run found, as it was told in its event; the whole of it is the file named by `digest`. */
type TraceFindings = Omit<DataOf<Events, 'trace.recorded'>, 'trace' | 'incident'>

export interface TraceCase {
  readonly trace: string
  readonly incident: string
  readonly chain: string
  readonly method: DataOf<Events, 'trace.started'>['method']
  /** Followed in the latest run. */
  sources: readonly string[]
  run: number
  status: 'running' | 'recorded' | 'failed'
  /** Sources that came while the run was under way; `undefined` where nothing came. Empty: only more movements came. */
  postponed: readonly string[] | undefined
  why: string | undefined
  /** Of the last run that was recorded, which need not be the latest. */
  findings: TraceFindings | undefined
  /** Run -> digest of its result. */
  readonly digests: Map<number, string>
}

export interface TraceState {
  readonly traces: Map<string, TraceCase>
  /** Incident -> its traces, in the order in which they began. */
  readonly byIncident: Map<string, string[]>
}

export const initial = (): TraceState => ({ traces: new Map(), byIncident: new Map() })

/** The trace of an incident on a chain. An incident touches very few chains. */
export function traceOn(state: TraceState, incident: string, chain: string): TraceCase | undefined {
  for (const id of state.byIncident.get(incident) ?? []) {
    const found = state.traces.get(id)
    if (found?.chain === chain) return found
  }
  return undefined
}

function change(state: TraceState, id: string, apply: (trace: TraceCase) => void): void {
  const trace = state.traces.get(id)
  if (trace === undefined) throw new Error(`there is no trace ${id}`)
  apply(trace)
}

function begin(state: TraceState, { trace, incident, chain, method }: DataOf<Events, 'trace.started'>): TraceCase {
  const begun: TraceCase = {
    ...{ trace, incident, chain, method, sources: [], run: 0, status: 'running' },
    ...{ postponed: undefined, why: undefined, findings: undefined, digests: new Map() },
  }
  state.traces.set(trace, begun)
  state.byIncident.set(incident, [...(state.byIncident.get(incident) ?? []), trace])
  return begun
}

export const evolve: Evolve<TraceState, Events> = {
  'trace.started': (state, data) => {
    const trace = state.traces.get(data.trace) ?? begin(state, data)
    trace.sources = data.sources
    trace.run = data.run
    trace.status = 'running'
    trace.postponed = undefined
    trace.why = undefined
  },
  'trace.postponed': (state, { trace: id, sources }) => {
    change(state, id, (trace) => {
      trace.postponed = [...(trace.postponed ?? []), ...sources]
    })
  },
  'trace.recorded': (state, { trace: id, incident: _incident, ...findings }) => {
    change(state, id, (trace) => {
      trace.status = 'recorded'
      trace.findings = findings
      trace.digests.set(findings.run, findings.digest)
    })
  },
  'trace.failed': (state, { trace: id, why }) => {
    change(state, id, (trace) => {
      trace.status = 'failed'
      trace.why = why
    })
  },
}
