/** What `pasu admin detect` does: reads a log of administrators' acts, judges it and tells what is unusual. */
import { bothTimes } from '../kernel/time.ts'
import {
  type AdminEvent,
  againstBudget,
  BUDGET_PER_DAY,
  type BudgetReport,
  DEFAULTS,
  DETECTORS,
  type Detection,
  isAlarm,
  detect as judge,
  noBehaviour,
  type Options,
  SEVERITIES,
} from '../rooms/access/engine/index.ts'
import { type AdminLog, FORMATS, type Format, type Rejected, readAdminLog } from '../world/admin/index.ts'
import { type Context, neededText, numberOf, textOf } from './context.ts'
import { why } from './files.ts'
import { refused } from './refusals.ts'
import { facts, table } from './table.ts'
import { progressBar } from './terminal.ts'

/** Rows shown to a person; all of them are in the JSON. */
const SHOWN_MAX = 20
/** The bar is redrawn at most every so many events. */
const STEP = 5_000

const formatOf = (context: Context): Format => {
  const from = neededText(context, 'from')
  const format = FORMATS.find((one) => one === from)
  if (format === undefined) throw refused('CLI-001', `--from is "${from}"`, { field: '--from' })
  return format
}

const listOf = (context: Context, name: string): string[] =>
  (textOf(context, name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

async function read(context: Context, path: string): Promise<AdminLog> {
  const bar = progressBar(context.terminal, 'reading')
  try {
    return await readAdminLog(path, formatOf(context), bar)
  } catch (cause) {
    throw refused('CLI-004', `${path}: ${why(cause)}`, { cause })
  } finally {
    bar.end()
  }
}

function judged(context: Context, events: readonly AdminEvent[], options: Options): Detection[] {
  const bar = progressBar(context.terminal, 'judging')
  const state = noBehaviour()
  const found: Detection[] = []
  events.forEach((event, place) => {
    found.push(...judge(state, event, options))
    if (place % STEP === 0) bar(place, events.length)
  })
  bar.end()
  return found
}

const more = (count: number): string => (count > SHOWN_MAX ? `\n… and ${count - SHOWN_MAX} more; --json has all` : '')

function counts(detections: readonly Detection[]): string {
  const rows = DETECTORS.map((detector) => {
    const mine = detections.filter((one) => one.detector === detector)
    const bySeverity = SEVERITIES.map((severity) => String(mine.filter((one) => one.severity === severity).length))
    return [detector, String(mine.length), ...bySeverity]
  }).filter(([, count]) => count !== '0')
  return table(['detector', 'all', ...SEVERITIES], rows, 'Nothing unusual.', [1, 2, 3, 4, 5])
}

function report(context: Context, log: AdminLog, detections: readonly Detection[], budget: BudgetReport): string {
  const { language } = context
  const alarms = detections.filter(isAlarm)
  const gravest = [...alarms].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))
  const told = gravest
    .slice(0, SHOWN_MAX)
    .map(({ severity, detector, time, lines, why: words }) =>
      [`${severity}  ${detector}  ${bothTimes(time)}  line ${lines.join(', ')}`, `    ${words[language]}`].join('\n'),
    )
  const wrong = log.rejected
    .slice(0, SHOWN_MAX)
    .map(({ line, field, why: reason }: Rejected) => [String(line), field, reason])
  return [
    facts([
      ['events', String(log.events.length)],
      ['rejected lines', String(log.rejected.length)],
      ['detections', String(detections.length)],
      [
        'alarms',
        `${budget.alarms} on ${budget.days} days, ${budget.perDay.toFixed(1)} a day; the budget is ${budget.budget}`,
      ],
      ['days over the budget', budget.over.join(', ') || 'none'],
    ]),
    counts(detections),
    ...(told.length === 0 ? [] : [told.join('\n') + more(alarms.length)]),
    ...(wrong.length === 0
      ? []
      : [table(['line', 'field', 'rejected because'], wrong, '', [0]) + more(log.rejected.length)]),
  ].join('\n\n')
}

export async function detectIn(context: Context, file: string): Promise<void> {
  const limit = numberOf(context, 'budget', 0, 1_000_000) ?? BUDGET_PER_DAY
  const options: Options = {
    ...DEFAULTS,
    watchedCountries: new Set(listOf(context, 'countries').map((one) => one.toUpperCase())),
    domains: new Set(listOf(context, 'domains').map((one) => one.toLowerCase())),
  }
  const log = await read(context, file)
  const { events, rejected } = log
  const detections = judged(context, events, options)
  const [first, last] = [events[0], events.at(-1)]
  const span = first === undefined || last === undefined ? undefined : { from: first.time, to: last.time }
  const budget = againstBudget(detections, span, limit, options.offset_ms)
  if (rejected.length > 0)
    context.note(`pasu: ${rejected.length} lines were rejected, the first at line ${rejected[0]?.line}`)
  const told = detections.map(({ line, detector, severity, why: words }) => ({
    ...{ line, detector, severity },
    why: words[context.language],
  }))
  context.print(
    {
      events: events.length,
      rejected: rejected.map(({ line, field, why: reason }) => ({ line, field, why: reason })),
      detections: told,
    },
    report(context, log, detections, budget),
  )
}
