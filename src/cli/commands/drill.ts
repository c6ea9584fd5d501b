/** `pasu drill`: a theft replayed through the whole system. */
import { join } from 'node:path'
import type { ScenarioEntry } from '../../drill/index.ts'
import { asJson } from '../../kernel/canonical.ts'
import { type Context, numberOf, textOf } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { refused } from '../refusals.ts'
import type { Spec } from '../spec.ts'
import { table } from '../table.ts'
import { progressBar } from '../terminal.ts'

const DEFAULT_SCENARIO = 'upbit-2025'
const SEED_MAX = 1_000_000_000

function list(context: Context, entries: readonly ScenarioEntry[]): ExitCode {
  const rows = entries.map(({ scenario, kind, title }) => [scenario, kind, title[context.language]])
  context.print(asJson(entries), table(['scenario', 'kind', 'what'], rows, 'No scenario ships with this version.'))
  return 0
}

export const drill: Spec = {
  usage: 'drill [scenario]',
  summary: 'Replay a theft through a throw-away deployment, tell the story, write a report',
  more: `Replays a scenario (default ${DEFAULT_SCENARIO}) through a real deployment on virtual time: journal, permits, watch, notices, trace, repayment. The scenario live runs on a local chain in real time, about twenty seconds, with a signer and two thieves. Writes a report to ./report/<scenario> unless --report names another folder. With --data the deployment stays there to be inspected. With --from it replays an incident of your own: transfers.csv, sources.csv and optionally terminals.csv and labels.csv.`,
  options: [
    { flags: '--list', summary: 'list the scenarios' },
    { flags: '--from <dir>', summary: 'an incident of your own' },
    { flags: '--report <dir>', summary: 'where the report goes' },
    { flags: '--seed <number>', summary: 'draws what was not published (default: 1)' },
  ],
  exits: [0, 1, 2, 3, 70],
  examples: ['pasu drill', 'pasu drill upbit-2019', 'pasu drill live', 'pasu drill --from ./incident --json'],
  async run(context, [scenario]): Promise<ExitCode> {
    // Loaded here: it brings nodes, mail servers and compilers that no other command needs.
    const { listScenarios, runDrill } = await import('../../drill/index.ts')
    if (context.options.list === true) return list(context, listScenarios())
    const from = textOf(context, 'from')
    if (from !== undefined && scenario !== undefined) {
      throw refused('CLI-001', 'a scenario and --from exclude each other', { field: 'scenario' })
    }
    const progress = progressBar(context.terminal, 'replaying')
    const name = from === undefined ? (scenario ?? DEFAULT_SCENARIO) : 'own'
    const report = textOf(context, 'report') ?? (context.json ? undefined : join('report', name))
    const result = await runDrill({
      scenario,
      from,
      report,
      data: context.folderNamed ? context.folder : undefined,
      seed: numberOf(context, 'seed', 0, SEED_MAX),
      language: context.language,
      onProgress: progress,
    }).finally(() => progress.end())
    const where = result.report === undefined ? [] : ['', `→ ${result.report}`]
    context.print(asJson(result.answer), [...result.story, ...where].join('\n'))
    return result.sound ? 0 : 1
  },
}
