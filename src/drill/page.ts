/** The report's page: plain HTML that prints well, loads nothing and runs nothing. */
import { grouped } from '../kernel/money.ts'
import { bothTimes, duration, utc } from '../kernel/time.ts'
import { type CardInput, cardTable, moneyRows, sentence, totalKrw } from './card.ts'
import { attemptRows, chainRows, raceLine } from './facts.ts'
import type { Material } from './report.ts'
import { fill, type Language } from './words.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`)

type Cell = string | { readonly number: string } | { readonly html: string }

const cell = (value: Cell, tag: 'td' | 'th' = 'td'): string => {
  if (typeof value === 'string') return `<${tag}>${escaped(value)}</${tag}>`
  if ('html' in value) return `<${tag}>${value.html}</${tag}>`
  return `<${tag} class="number">${escaped(value.number)}</${tag}>`
}

const table = (heads: readonly Cell[], rows: readonly (readonly Cell[])[]): string =>
  `<table><thead><tr>${heads.map((head) => cell(head, 'th')).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((value) => cell(value)).join('')}</tr>`)
    .join('')}</tbody></table>`

const section = (title: string, body: string): string =>
  body === '' ? '' : `<section><h2>${escaped(title)}</h2>${body}</section>`

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --line: #d0d7de; --paper: #fff; --strong: #0b3d91; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9aa4af; --line: #3a424b; --paper: #0f1317; --strong: #8db4ff; } }
body { font: 15px/1.5 Pretendard, "Noto Sans KR", "Noto Sans CJK KR", system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 1080px; margin: 2rem auto; padding: 0 1rem; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p, li { max-width: 75ch; } .dim { color: var(--dim); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; color: var(--dim); } .number { text-align: right; white-space: nowrap; }
.card td:last-child { font-weight: 600; color: var(--strong); } .wide { overflow-x: auto; } .wide svg { max-width: 100%; height: auto; }
details pre { white-space: pre-wrap; font: inherit; border-left: 3px solid var(--line); padding-left: 1rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } details { display: none; } section { break-inside: avoid-page; } }`

export function page(card: CardInput, material: Material, language: Language): string {
  const { plan, answer, detail, words } = card
  const { heads, rows } = cardTable(card)
  const thieves = card.live === undefined ? words.whatThief : words.whatThieves
  const title = plan.title[language]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escaped(title)}</h1><p class="dim">Pasu drill · ${escaped(plan.scenario)} · seed ${plan.seed}</p></header>
<section class="card">${rows.length === 0 ? '' : table(heads, rows)}<p>${escaped(thieves)}</p>${facts(card)}</section>
${live(card)}
${
  detail === undefined
    ? ''
    : section(
        words.story,
        table(
          [],
          detail.timeline
            .filter(({ kind }) => !/^(clock|notice)/.test(kind))
            .map((fact) => [bothTimes(fact.at), { number: `#${fact.index}` }, sentence(fact, language)]),
        ),
      )
}
${section(words.clocks, clocks(card, language))}
${section(words.money, material.picture === undefined ? '' : `<div class="wide">${material.picture}</div>`)}
${section(words.loss, money(card))}
${section(words.repayment, repayment(card))}
${section(words.notices, material.notices.map((notice) => noticeHtml(notice, card)).join(''))}
${section(words.record, `<p>${answer.journal.size} ${escaped(words.entries)} · ${escaped(words.root)} <code>${answer.journal.root}</code></p><p>${escaped(answer.journal.verified ? words.verified : words.notVerified)}</p>`)}
${section(words.assumptions, list(plan.assumptions.map((item) => item[language])))}
${section(words.sources, list(plan.sources))}
</body></html>
`
}

/** The two thieves of a drill on a real chain. */
function live({ plan, live: told, words }: CardInput): string {
  if (told === undefined) return ''
  const signatures = told.attempts.filter(({ code }) => code === null).length
  const given = fill(words.given, { count: told.attempts.length, signatures })
  const attempts = attemptRows(told, words).map(([what = '', code = '']) => [
    what,
    { html: `<code>${escaped(code)}</code>` },
  ])
  const [heads = [], ...rows] = chainRows(plan, told, words)
  const numbers = ([first = '', ...rest]: readonly string[]): Cell[] => [first, ...rest.map((number) => ({ number }))]
  return [
    section(words.credential, `<p>${escaped(given)}</p>${table([], attempts)}`),
    section(words.key, `<p>${escaped(raceLine(told, words))}</p>${table(numbers(heads), rows.map(numbers))}`),
  ].join('')
}

function facts({ answer, words }: CardInput): string {
  const { detection, permits } = answer
  const lines = [fill(words.permits, { ...permits })]
  if (detection.haltLatencyMs !== null) lines.push(fill(words.latency, { ms: detection.haltLatencyMs.toFixed(1) }))
  lines.push(fill(words.before, { count: detection.unpermittedBeforeHalt }))
  return list(lines)
}

function clocks({ detail, words }: CardInput, language: Language): string {
  if (detail === undefined) return ''
  const rows = detail.clocks.map(({ obligation, title, authority, due_at, late_ms, met_at, state, status }) => [
    { html: `<code>${escaped(obligation)}</code><br>${escaped(title[language])}` },
    authority,
    due_at === null ? '–' : utc(due_at),
    state === 'proposed' ? words.proposed : (Reflect.get(words.statuses, status) ?? status),
    met_at === null ? '–' : (late_ms ?? 0) > 0 ? `${words.late} ${duration(late_ms ?? 0)}` : words.onTime,
  ])
  return table([words.obligation, words.to, words.due, words.status, ''], rows)
}

function money({ plan, answer, words }: CardInput): string {
  if (answer.loss.length === 0) return ''
  const lost = moneyRows(plan, answer.loss, words)
  const saved = new Map(moneyRows(plan, answer.saved, words).map((row) => [row.asset, row]))
  const total = totalKrw(answer.loss)
  const rows: Cell[][] = lost.map(({ symbol, amount, krw, asset }) => [
    symbol,
    { number: amount },
    { number: krw },
    { number: saved.get(asset)?.amount ?? '–' },
  ])
  if (total !== null) rows.push(['Σ', '', { number: `KRW ${grouped(total.toString())}` }, ''])
  return table([words.asset, { number: words.amount }, { number: words.value }, { number: words.saved }], rows)
}

function repayment({ answer, words }: CardInput): string {
  if (answer.repayment === null) return ''
  const { planned, repaid, bySource } = answer.repayment
  const won = (krw: string): Cell => ({ number: `KRW ${grouped(krw)}` })
  return table(
    ['', { number: words.value }],
    [
      [words.planned, won(planned)],
      [words.repaid, won(repaid)],
      [words.reserve, won(bySource.reserve)],
      [words.insurance, won(bySource.insurance)],
      [words.own, won(bySource.own)],
    ],
  )
}

function noticeHtml(notice: Material['notices'][number], { words }: CardInput): string {
  const { obligation, language, subject, body, to, status, drafted_at, sent_at } = notice
  const sent = sent_at === null ? '' : ` · ${words.sent} ${utc(sent_at)}`
  const head = `${obligation} · ${language} · ${to || '–'} · ${status} · ${words.drafted} ${utc(drafted_at)}${sent}`
  return `<details><summary>${escaped(head)}</summary><h3 lang="${language}">${escaped(subject)}</h3><pre lang="${language}">${escaped(body)}</pre></details>`
}
