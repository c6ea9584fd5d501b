/**
 * Carries `trace.compute` out: gathers the transfers, runs the engine, keeps the result as a file and tells the trace room. Of what
 * left the robbed accounts only the movements of the case are stolen: the engine takes whatever leaves a source for stolen, so permitted
 * withdrawals and the evacuation are left out of its input.
 */
import { asJson, canonicalBytes } from '../../kernel/canonical.ts'
import { oneLine } from '../../kernel/names.ts'
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { stolenIn } from '../../rooms/incident/index.ts'
import { type Service, servicesOf, type TraceResult, type Transfer, totalsOf } from '../../rooms/trace/engine/index.ts'
import {
  runOf,
  TRACE_ENTITY_MAX,
  TRACE_KIND_MAX,
  TRACE_SERVICES_TOLD_MAX,
  TRACE_UNACCOUNTED_TOLD_MAX,
} from '../../rooms/trace/index.ts'
import type { Carrier } from '../carrier.ts'
import type { Deployment } from '../deployment.ts'
import { traceFile } from './file.ts'
import { runTrace } from './run.ts'

/** Where the transfers of a chain come from: a node's history, a file, a drill's ledger. Addresses are CAIP-10 accounts. */
export interface TransferFeed {
  transfers(chain: string): Promise<readonly Transfer[]>
  services(chain: string): Promise<readonly Service[]>
}

/** The event tells the largest, their words as long as the schema lets them be: one long label must not lose the whole result. */
const told = (result: TraceResult) =>
  servicesOf(result)
    .slice(0, TRACE_SERVICES_TOLD_MAX)
    .map(({ entity, kind, asset = '', amount }) => ({
      ...{ entity: oneLine(entity, TRACE_ENTITY_MAX), kind: oneLine(kind, TRACE_KIND_MAX) },
      ...{ asset, amount },
    }))

export function traceCarrier(deployment: Deployment, feed: TransferFeed): Carrier {
  const { blobs, app } = deployment
  return {
    async deliver({ data }) {
      const trace = String(data.trace)
      const run = Number(data.run)
      const wanted = runOf(app.rooms.trace.state, trace, run)
      if (wanted === undefined) return `run ${run} is over`
      const { incident, chain, sources, method } = wanted
      const stolen = stolenIn(app.rooms.incident.state, incident)
      const robbed = new Set(sources)
      const input = {
        method,
        sources: [...sources],
        transfers: (await feed.transfers(chain)).filter(({ from, tx }) => !robbed.has(from) || stolen.has(tx)),
        services: await feed.services(chain),
      }
      const result = await runTrace(input)
      const answer = await deployment.submit({
        type: 'trace.record',
        by: 'trace',
        data: {
          trace,
          run,
          digest: blobs.put(traceFile(result)),
          input_digest: blobs.put(canonicalBytes(asJson(input))),
          edges: result.edges.length,
          addresses: result.addresses.length,
          services: told(result),
          unaccounted: totalsOf(result)
            .slice(0, TRACE_UNACCOUNTED_TOLD_MAX)
            .map(({ asset = '', unaccounted }) => ({ asset, amount: unaccounted })),
        },
      })
      if (isRefusal(answer)) throw new Refused(answer)
      return `${result.edges.length} edges followed`
    },
  }
}
