/**
 * Carries `trace.compute` out: gathers the transfers, runs the engine, keeps the result as a file and tells the trace room. Of what
 * left the robbed accounts only the movements of the case are stolen: the engine takes whatever leaves a source for stolen, so permitted
 * withdrawals and the evacuation are left out of its input.
 */
import { canonicalBytes, type Json } from '../../kernel/canonical.ts'
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { stolenIn } from '../../rooms/incident/index.ts'
import { type Service, servicesOf, type TraceInput, type Transfer, totalsOf } from '../../rooms/trace/engine/index.ts'
import { TRACE_SERVICES_TOLD_MAX, TRACE_UNACCOUNTED_TOLD_MAX } from '../../rooms/trace/messages.ts'
import type { Carrier } from '../carrier.ts'
import type { Deployment } from '../deployment.ts'
import { traceFile } from './file.ts'
import { runTrace } from './run.ts'

/** Where the transfers of a chain come from: a node's history, a file, a drill's ledger. Addresses are CAIP-10 accounts. */
export interface TransferFeed {
  transfers(chain: string): Promise<readonly Transfer[]>
  services(chain: string): Promise<readonly Service[]>
}

/** Plain JSON of something that holds only strings, numbers, arrays and objects. */
const json = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json

const inputFile = (input: TraceInput): Json =>
  json({ ...input, transfers: input.transfers.map((transfer) => ({ ...transfer, amount: String(transfer.amount) })) })

export function traceCarrier(deployment: Deployment, feed: TransferFeed): Carrier {
  const { blobs, app } = deployment
  return {
    async deliver({ data }) {
      const trace = String(data.trace)
      const run = Number(data.run)
      const known = app.rooms.trace.state.traces.get(trace)
      // A later run has overtaken this one, or it is recorded already: nothing is left to do.
      if (known === undefined || known.run !== run || known.status !== 'running') return `run ${run} is over`
      const { chain, sources, method } = known
      const stolen = stolenIn(app.rooms.incident.state, known.incident)
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
          input_digest: blobs.put(canonicalBytes(inputFile(input))),
          edges: result.edges.length,
          addresses: result.addresses.length,
          services: servicesOf(result)
            .slice(0, TRACE_SERVICES_TOLD_MAX)
            .map(({ asset = '', ...service }) => ({ ...service, asset })),
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
