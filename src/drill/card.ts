/** The drill's card: what history did beside what Pasu did, and the money, in rows that the terminal and the report both show. */
import { formatDecimal, grouped } from '../kernel/money.ts'
import { duration, type Instant, SECOND_MS } from '../kernel/time.ts'
import type { DrillAnswer, IncidentDetail } from './answer.ts'
import type { Plan } from './plan.ts'
import type { LiveFacts } from './played.ts'
import type { Language, Words } from './words.ts'

export interface CardRow {
  readonly what: string
  readonly history: string
  readonly pasu: string
}

const won = (krw: bigint | string | null, words: Words): string =>
  krw === null ? words.noPrice : `KRW ${grouped(String(krw))}`

const seconds = (value: number | null, words: Words): string =>
  value === null ? words.never : duration(value * SECOND_MS)

/** From the first stolen coin until a notice reached one of these, by the drill's own clock. */
function told(detail: IncidentDetail, first: Instant, authorities: (authority: string) => boolean): number | null {
  const sent = detail.notices.filter(({ authority, sent_at }) => sent_at !== null && authorities(authority))
  return sent.length === 0 ? null : Math.min(...sent.map(({ sent_at }) => sent_at ?? 0)) - first
}

const CUSTOMERS = /^(customers|users|data-subjects)$/

export function totalKrw(rows: readonly { readonly krw: string | null }[]): bigint | null {
  return rows.some(({ krw }) => krw === null) ? null : rows.reduce((sum, { krw }) => sum + BigInt(krw ?? 0), 0n)
}

export interface CardInput {
  readonly plan: Plan
  readonly answer: DrillAnswer
  readonly detail: IncidentDetail | undefined
  /** When the last stolen coin left. */
  readonly lastTheftAt: Instant | undefined
  readonly live: LiveFacts | undefined
  readonly words: Words
}

function cardRows({ plan, answer, detail, lastTheftAt, words }: CardInput): CardRow[] {
  const { history } = plan
  const { detection } = answer
  if (detection.firstUnpermitted === null || detail === undefined) return []
  const first = Date.parse(detection.firstUnpermitted)
  const since = (at: string | null): string => (at === null ? words.never : duration(Date.parse(at) - first))
  const ms = (value: number | null): string => (value === null ? words.never : duration(value))
  return [
    { what: words.seen, history: words.never, pasu: since(detection.at) },
    { what: words.halted, history: seconds(history?.chainHaltSeconds ?? null, words), pasu: since(detection.halted) },
    {
      what: words.lastCoin,
      history: seconds(history?.theftSeconds ?? null, words),
      pasu: lastTheftAt === undefined ? words.never : duration(lastTheftAt - first),
    },
    {
      what: words.authority,
      history: seconds(history?.authoritySeconds ?? null, words),
      pasu: ms(told(detail, first, (authority) => !CUSTOMERS.test(authority))),
    },
    {
      what: words.customers,
      history: seconds(history?.customersSeconds ?? null, words),
      pasu: ms(told(detail, first, (authority) => CUSTOMERS.test(authority))),
    },
    {
      what: words.lost,
      history: history === null ? words.never : won(history.lostKrw, words),
      pasu: won(totalKrw(answer.loss), words),
    },
    { what: words.saved, history: '–', pasu: answer.saved.length === 0 ? '–' : won(totalKrw(answer.saved), words) },
  ]
}

/** The card as a table; without a history there is nothing to put beside what Pasu did. */
export function cardTable(input: CardInput): { readonly heads: readonly string[]; readonly rows: readonly string[][] } {
  const { plan, words } = input
  const rows = cardRows(input)
  if (plan.history === null) return { heads: ['', words.pasuAlone], rows: rows.map(({ what, pasu }) => [what, pasu]) }
  return { heads: ['', words.history, words.pasu], rows: rows.map(({ what, history, pasu }) => [what, history, pasu]) }
}

export interface MoneyRow {
  readonly symbol: string
  readonly asset: string
  readonly amount: string
  readonly krw: string
}

/** Amounts in whole units with their symbol, largest value first. */
export function moneyRows(
  plan: Plan,
  rows: readonly { readonly asset: string; readonly amount: string; readonly krw: string | null }[],
  words: Words,
): MoneyRow[] {
  return [...rows]
    .sort((a, b) => Number(BigInt(b.krw ?? 0) - BigInt(a.krw ?? 0)))
    .map(({ asset, amount, krw }) => {
      const known = plan.assets.find((item) => item.asset === asset)
      const text = known === undefined ? amount : formatDecimal(BigInt(amount), known.decimals)
      return { symbol: known?.symbol ?? asset, asset, amount: grouped(text), krw: won(krw, words) }
    })
}

/** A fact of the time line in the reader's language. */
export const sentence = (fact: IncidentDetail['timeline'][number], language: Language): string =>
  language === 'ko' ? fact.text_ko : fact.text
