/** The trace room's endpoints. The result's file and its picture are served beside them, from the files that digests name. */
import { z } from 'zod'
import { nameSchema } from '../../kernel/names.ts'
import type { Data } from '../../machine/room.ts'
import type { Route } from '../../machine/route.ts'
import { refuse } from './refusals.ts'
import type { TraceState } from './state.ts'
import { traceOf, traceView } from './views.ts'

const byId = z.strictObject({ trace: nameSchema })

const noTrace = (id: string) => refuse('TRACE-003', `there is no trace ${id}`, { field: 'trace' })

export const routes: readonly Route<TraceState>[] = [
  {
    method: 'POST',
    path: '/v1/traces',
    who: 'person',
    summary: 'Follows what left the sources of an incident, or follows it once more',
    command: 'trace.start',
    answer: (state, { incident }: Data) => {
      const id = nameSchema.parse(incident)
      return traceOf(state, id) ?? noTrace(id)
    },
  },
  {
    method: 'GET',
    path: '/v1/traces/:trace',
    who: 'person',
    summary: 'How a trace stands and what its last run found',
    params: byId,
    view: (state, params) => {
      const { trace } = byId.parse(params)
      return traceView(state, trace) ?? noTrace(trace)
    },
  },
]
