/** One line of a case's history as a sentence, in each language from the same data. What a person or a source wrote stands as it was written. */
import { bothTimes } from '../../kernel/time.ts'
import { chainName } from './draft/chains.ts'
import { en } from './draft/en.ts'
import { ko } from './draft/ko.ts'
import type { Words } from './draft/words.ts'
import type { IncidentNeeds } from './needs.ts'
import type { Bilingual } from './rules.ts'
import type { Act, Case, Clock, Notice, Theft, TimelineItem } from './state.ts'

/** Makes a sentence in each language. */
const both = (sentence: (words: Words) => string): Bilingual => ({ en: sentence(en), ko: sentence(ko) })

const written = ({ language }: Words, text: string | Bilingual | undefined): string | undefined =>
  typeof text === 'object' ? text[language] : text

const joined = (head: string, details: readonly (string | undefined)[], separator = ', '): string => {
  const told = details.filter((detail) => detail !== undefined)
  return told.length === 0 ? head : `${head}: ${told.join(separator)}`
}

const amountOf = (words: Words, asset: string, amount: bigint, needs: IncidentNeeds): string =>
  words.amount({ asset, amount, ...needs.asset(asset) })

const movement = (words: Words, { asset, amount, to, tx }: Theft, needs: IncidentNeeds): string =>
  `${amountOf(words, asset, amount, needs)} → ${to} (${tx})`

const whereOf = (words: Words, { wallet, chain }: Case): string =>
  wallet ?? (chain === undefined ? words.scope({}) : chainName(chain, words.language))

/** What the case is about, in a line. */
export const summaryOf = (item: Case): Bilingual => ({
  en: item.summary,
  ko: `${ko.kind[item.kind]}: ${whereOf(ko, item)}`,
})

function openedLine(words: Words, item: Case, ref: string | undefined, needs: IncidentNeeds): string {
  const theft = ref === undefined ? undefined : item.thefts.get(ref)
  const { kind, to, tx, detail } = item
  return joined(
    words.kind[kind],
    [
      whereOf(words, item),
      theft && movement(words, theft, needs),
      to === undefined || tx === undefined ? undefined : words.told.letAct(to, tx),
      detail,
    ],
    '; ',
  )
}

function clockLine(words: Words, item: Case, kind: string, clock: Clock, text: string | undefined): string {
  const { obligation, addressee, due_at, late_ms, run } = clock
  const { told } = words
  const head = `${obligation.title[words.language]}${run > 1 ? words.run(run) : ''} (${addressee[words.language]})`
  if (kind === 'clock.missed') return `${told.missed}: ${head}`
  if (kind === 'clock.started') return `${head}, ${due_at === undefined ? told.dueUnset : told.due(bothTimes(due_at))}`
  const late = late_ms ?? 0
  return `${head}: ${evidenceOf(item, clock)?.[words.language] ?? text ?? ''}${late > 0 ? `; ${told.afterDue(words.span(late))}` : ''}`
}

/** How the duty was met: by which notice, or in the words of whoever met it. */
export function evidenceOf(item: Case, { evidence, met_by }: Clock): Bilingual | undefined {
  if (evidence === undefined) return undefined
  const notice = met_by === undefined ? undefined : item.notices.get(met_by)
  if (notice === undefined || notice.channel === 'none') return { en: evidence, ko: evidence }
  const { channel, to } = notice
  return both(({ told }) => told.sent(notice.notice, channel, to))
}

function noticeLine(words: Words, item: Case, notice: Notice, text: string | undefined): string {
  const clock = item.clocks.get(notice.clock)
  const head = `${clock?.obligation.title[words.language] ?? notice.clock} (${clock?.addressee[words.language] ?? ''})`
  return `${head}, ${notice.language}, ${notice.notice}${text === undefined ? '' : `: ${text}`}`
}

function actLine(words: Words, act: Act, text: string | undefined, needs: IncidentNeeds): string {
  const { fact, asset, amount, wallet, chain, to, tx, traced, repaid, lasted_ms, alarm, effect } = act
  if (fact === 'note') return text ?? words.fact.note
  const { told } = words
  const moved = asset === undefined || amount === undefined ? undefined : amountOf(words, asset, amount, needs)
  const scoped = fact === 'halted' || fact === 'lifted' || chain !== undefined || (wallet ?? asset) !== undefined
  const symbol = asset === undefined ? undefined : needs.asset(asset)?.symbol
  const isDelegation = fact === 'delegated' && to !== undefined && tx !== undefined
  const head = joined(words.fact[fact], [
    moved ?? (scoped ? words.scope({ chain, wallet, asset, symbol }) : undefined),
    traced && told.traced(traced),
    repaid && told.repaid(repaid),
    lasted_ms === undefined ? undefined : told.lasted(words.span(lasted_ms)),
    isDelegation ? told.letAct(to, tx) : to && `→ ${to}`,
    isDelegation ? undefined : tx,
    effect,
  ])
  return [head, alarm && words.reason[alarm], text].filter((part) => part !== undefined).join('; ')
}

function sentence(words: Words, item: Case, line: TimelineItem, needs: IncidentNeeds): string {
  const { kind, ref, act } = line
  const text = written(words, line.text)
  if (kind === 'incident.opened') return openedLine(words, item, ref, needs)
  if (kind === 'incident.closed') return joined(words.told.closed, [text])
  if (act !== undefined) return actLine(words, act, text, needs)
  if (ref !== undefined) {
    const theft = kind.startsWith('incident.') ? item.thefts.get(ref) : undefined
    if (theft !== undefined) {
      const { further, undone } = words.told
      return `${kind === 'incident.retracted' ? undone : further}: ${movement(words, theft, needs)}`
    }
    const clock = kind.startsWith('clock.') ? item.clocks.get(ref) : undefined
    if (clock !== undefined) return clockLine(words, item, kind, clock, text)
    const notice = item.notices.get(ref)
    if (notice !== undefined) return noticeLine(words, item, notice, text)
  }
  return text ?? ref ?? ''
}

export const describeItem = (item: Case, line: TimelineItem, needs: IncidentNeeds): Bilingual =>
  both((words) => sentence(words, item, line, needs))
