/** `pasu trace`: follow stolen coins through a file of transfers, or read what a case's trace found. */
import { asJson } from '../../kernel/canonical.ts'
import { isRefusal, Refused } from '../../kernel/refusal.ts'
import { type TraceReport, traceReport, trace as traceTransfers } from '../../rooms/trace/engine/index.ts'
import { readTraceFiles } from '../../world/files/index.ts'
import { neededText, textOf } from '../context.ts'
import { throughDoor } from '../door.ts'
import { part, rowOf, rowsOf, say } from '../shape.ts'
import type { Spec } from '../spec.ts'
import { facts, table } from '../table.ts'

/** Rows shown to a person; all of them are in the JSON. */
const SHOWN_MAX = 20

function summary(report: TraceReport, unit: string): string {
  const terminals = report.terminals.map(({ address, label, amount, asset }) => [amount, asset ?? unit, label, address])
  const holders = report.addresses
    .filter(({ held }) => held !== '0')
    .map(({ address, held, hop, asset }) => [held, asset ?? unit, String(hop), address])
  const more = (count: number): string => (count > SHOWN_MAX ? `\n… and ${count - SHOWN_MAX} more; --json has all` : '')
  return [
    facts([
      ['method', report.method],
      ['transfers', String(report.edges)],
      ['addresses reached', String(report.addresses.length)],
      ['services reached', String(report.terminals.length)],
      ['unaccounted', report.unaccounted],
    ]),
    table(['amount', 'asset', 'service', 'address'], terminals.slice(0, SHOWN_MAX), 'No service was reached.', [0]) +
      more(terminals.length),
    table(['still held', 'asset', 'hop', 'address'], holders.slice(0, SHOWN_MAX), 'Nothing rests anywhere.', [0, 2]) +
      more(holders.length),
  ].join('\n\n')
}

const run: Spec = {
  usage: 'run',
  summary: 'Follow what left the sources through a file of transfers',
  more: 'Follows whatever leaves the sources, first in first out, exactly in base units; the order of rows does not matter. Transfers: a CSV with the columns time,tx_hash,from,to,asset,amount or Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD (then amounts are millionths of a dollar). Sources: one address a line. Labels: address,name,kind,entity, or one address a line. Needs no data folder.',
  options: [
    { flags: '--transfers <file>', summary: 'the transfers, as CSV', needed: true },
    { flags: '--sources <file>', summary: 'the robbed addresses, one a line', needed: true },
    { flags: '--labels <file>', summary: 'services at which the trace stops' },
    { flags: '--method <method>', summary: 'how stolen units are told from others (default: fifo)', choices: ['fifo'] },
  ],
  exits: [0, 2, 3, 70],
  examples: ['pasu trace run --transfers transfers.csv --sources sources.csv --labels services.csv --json'],
  async run(context): Promise<0> {
    const labels = textOf(context, 'labels')
    const files = await readTraceFiles({
      transfers: neededText(context, 'transfers'),
      sources: neededText(context, 'sources'),
      labels: labels === undefined ? [] : [labels],
    })
    if (isRefusal(files)) throw new Refused(files)
    const { transfers, sources, services, unit } = files
    const result = traceTransfers({ method: 'fifo', transfers, sources, services })
    for (const source of result.silentSources) context.note(`pasu: the source ${source} sent nothing in this file`)
    const report = traceReport(result)
    context.print(asJson(report), summary(report, unit === 'base' ? '' : 'USD 1e-6'))
    return 0
  },
}

const show: Spec = {
  usage: 'show <trace>',
  summary: 'How a trace of an incident stands and what it found',
  exits: [0, 2, 3, 4, 70],
  run: (context, [id = '']) =>
    throughDoor(context, async (door) => {
      const answer = await door.ask('GET', `/v1/traces/${part(id)}`)
      const row = rowOf(answer)
      const services = rowsOf(row.services).map((one) =>
        ['amount', 'asset', 'kind', 'entity'].map((name) => say(one, name)),
      )
      const head = ['trace', 'incident', 'status', 'run', 'edges', 'addresses', 'digest'].map(
        (name): [string, string] => [name, say(row, name)],
      )
      context.print(
        answer,
        `${facts(head)}\n\n${table(['amount', 'asset', 'kind', 'service'], services, 'No service was reached.', [0])}`,
      )
      return 0
    }),
}

export const trace: Spec = {
  usage: 'trace',
  summary: 'Follow stolen coins',
  exits: [0, 2, 3, 4, 70],
  inner: [run, show],
}
