/** The drill told at the terminal: a card, the time line, the duties, the money, the record. */
import { utc } from '../kernel/time.ts'
import type { DrillAnswer, IncidentDetail } from './answer.ts'
import { type CardInput, cardTable, moneyRows, sentence } from './card.ts'
import { attemptRows, chainRows, raceLine } from './facts.ts'
import type { LiveFacts } from './played.ts'
import { fill, type Language } from './words.ts'

/** Lines of the time line that the terminal shows; the report has all. */
const TIMELINE_SHOWN = 14

const wide = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u1100-\uffdc]/.test(letter) ? 2 : 1), 0)
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - wide(text)))

/** Rows in columns; Korean letters take two places. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => wide(row[place] ?? ''))))
  return rows.map((row) => `  ${row.map((cell, place) => pad(cell, widths[place] ?? 0)).join('   ')}`.trimEnd())
}

export function story(input: CardInput, language: Language): string[] {
  const { plan, answer, detail, words } = input
  const lines = [plan.title[language], '']
  const { heads, rows } = cardTable(input)
  if (rows.length > 0) {
    lines.push(...columns([heads, ...rows]), '')
    if (plan.thefts.length > 0) lines.push(`  ${input.live === undefined ? words.whatThief : words.whatThieves}`, '')
  }
  if (input.live !== undefined) lines.push(...liveLines(input.live, input))
  lines.push(...detectionLines(answer, input), '')
  if (detail !== undefined) lines.push(...incidentLines(detail, input, language))
  if (answer.trace !== null) lines.push(...moneyLines(answer, input), '')
  if (answer.repayment !== null) lines.push(...repaymentLines(answer.repayment, input), '')
  const { size, root, verified } = answer.journal
  lines.push(words.record, `  ${size} ${words.entries}, ${words.root} ${root}`)
  lines.push(
    `  ${verified ? words.verified : words.notVerified}`,
    `  ${fill(words.took, { seconds: (answer.wallMs / 1000).toFixed(1) })}`,
  )
  return lines
}

/** What only a drill on a real chain has to tell. */
function liveLines(live: LiveFacts, { plan, words }: CardInput): string[] {
  const { attempts } = live
  const signatures = attempts.filter(({ code }) => code === null).length
  return [
    words.credential,
    `  ${fill(words.given, { count: attempts.length, signatures })}`,
    ...columns(attemptRows(live, words)),
    '',
    words.key,
    `  ${raceLine(live, words)}`,
    ...columns(chainRows(plan, live, words)),
    '',
  ]
}

function detectionLines({ permits, detection }: DrillAnswer, { words }: CardInput): string[] {
  const lines = [`  ${fill(words.permits, { ...permits })}`]
  if (detection.haltLatencyMs !== null) {
    lines.push(`  ${fill(words.latency, { ms: detection.haltLatencyMs.toFixed(1) })}`)
    lines.push(`  ${fill(words.before, { count: detection.unpermittedBeforeHalt })}`)
  }
  return lines
}

function incidentLines(detail: IncidentDetail, { words }: CardInput, language: Language): string[] {
  const facts = detail.timeline.filter(({ kind }) => !/clock|notice/.test(kind))
  const shown = facts.slice(0, TIMELINE_SHOWN).map((fact) => [utc(fact.at), sentence(fact, language)])
  const clocks = detail.clocks.map((clock) => [
    clock.obligation,
    clock.title[language],
    clock.due_at === null ? '–' : utc(clock.due_at),
    Reflect.get(words.statuses, clock.status) ?? clock.status,
    clock.state === 'proposed' ? words.proposed : '',
  ])
  const more = facts.length > TIMELINE_SHOWN ? [`  … +${facts.length - TIMELINE_SHOWN}`] : []
  return [words.story, ...columns(shown), ...more, '', words.clocks, ...columns(clocks), '']
}

function moneyLines({ trace, loss }: DrillAnswer, { plan, words }: CardInput): string[] {
  const services = trace?.services ?? []
  const kinds = new Map<string, number>()
  for (const { entity, kind } of services) kinds.set(`${entity} (${kind})`, (kinds.get(`${entity} (${kind})`) ?? 0) + 1)
  return [
    words.loss,
    ...columns(moneyRows(plan, loss, words).map(({ symbol, amount, krw }) => [symbol, amount, krw])),
    '',
    words.money,
    ...[...kinds].map(([name, count]) => `  ${name}: ${count} × ${words.asset}`),
    `  ${words.unaccounted}: ${trace?.unaccounted ?? '0'}`,
  ]
}

function repaymentLines(repayment: NonNullable<DrillAnswer['repayment']>, { words }: CardInput): string[] {
  const { planned, repaid, bySource } = repayment
  const rows = [
    [words.planned, planned],
    [words.repaid, repaid],
    [words.reserve, bySource.reserve],
    [words.insurance, bySource.insurance],
    [words.own, bySource.own],
  ]
  return [
    words.repayment,
    ...columns(rows.map(([what = '', krw = '']) => [what, `KRW ${krw.replace(/\B(?=(\d{3})+$)/g, ',')}`])),
  ]
}
