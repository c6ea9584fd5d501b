/** One line of a case's history in words, in both languages. */
import { formatDecimal, grouped } from '../../kernel/money.ts'
import { bothTimes, duration } from '../../kernel/time.ts'
import { en } from './draft/en.ts'
import { ko } from './draft/ko.ts'
import type { IncidentNeeds } from './needs.ts'
import type { Bilingual } from './rules.ts'
import type { Case, Clock, Notice, TimelineItem } from './state.ts'

const same = (text: string): Bilingual => ({ en: text, ko: text })

function theft(item: Case, ref: string, needs: IncidentNeeds): Bilingual {
  const found = item.thefts.get(ref)
  if (found === undefined) return same(ref)
  const known = needs.asset(found.asset)
  const amount = known
    ? `${grouped(formatDecimal(found.amount, known.decimals))} ${known.symbol}`
    : `${found.amount} ${found.asset}`
  return same(`${amount} → ${found.to} (${found.tx})`)
}

/** `late by` only where it is: to the second, and milliseconds where there is less. */
const lateness = (ms: number): string => (ms < 1000 ? `${ms} ms` : duration(ms))

const UNITS: Readonly<Record<string, string>> = { ms: '밀리초', s: '초', min: '분', h: '시간', d: '일' }
/** The same in Korean: `5시간 31분`. */
const latenessKo = (ms: number): string =>
  lateness(ms).replace(/(\d+) (ms|min|s|h|d)\b/g, (_all, count, unit) => `${Number(count)}${UNITS[String(unit)]}`)

function clock(kind: string, found: Clock, text: string): Bilingual {
  const { obligation, due_at, late_ms, run } = found
  const { title, authority } = obligation
  const head = (language: 'en' | 'ko', words: typeof en): string =>
    `${title[language]}${run > 1 ? words.run(run) : ''} (${authority})`
  if (kind === 'clock.missed') return { en: `missed: ${head('en', en)}`, ko: `기한 경과: ${head('ko', ko)}` }
  if (kind === 'clock.met') {
    const late = late_ms ?? 0
    return {
      en: `${head('en', en)}: ${text}${late > 0 ? `; ${lateness(late)} after it was due` : ''}`,
      ko: `${head('ko', ko)}: ${text}${late > 0 ? `; 기한 경과 후 ${latenessKo(late)}` : ''}`,
    }
  }
  const due = due_at === undefined ? { en: 'no time set in law', ko: '법정 기한 미정' } : same(bothTimes(due_at))
  return { en: `${head('en', en)}, due ${due.en}`, ko: `${head('ko', ko)}, 기한 ${due.ko}` }
}

function notice(item: Case, found: Notice, text: string | undefined): Bilingual {
  const obligation = item.clocks.get(found.clock)?.obligation
  const tail = `${found.language}, ${found.notice}${text === undefined ? '' : `: ${text}`}`
  return {
    en: `${obligation?.title.en ?? found.clock} (${obligation?.authority ?? ''}), ${tail}`,
    ko: `${obligation?.title.ko ?? found.clock} (${obligation?.authority ?? ''}), ${tail}`,
  }
}

/** What the line says beside its kind. What a person or a source wrote stands as it was written. */
export function describeItem(item: Case, line: TimelineItem, needs: IncidentNeeds): Bilingual {
  const { kind, ref, text } = line
  if (kind === 'incident.opened') {
    const where = item.wallet ?? item.chain
    return { en: text ?? '', ko: `${ko.kind[item.kind]}${where === undefined ? '' : `: ${where}`}` }
  }
  if (ref !== undefined) {
    if (kind.startsWith('incident.')) return theft(item, ref, needs)
    const found = kind.startsWith('clock.') ? item.clocks.get(ref) : undefined
    if (found !== undefined) return clock(kind, found, text ?? '')
    const sent = item.notices.get(ref)
    if (sent !== undefined) return notice(item, sent, text)
  }
  if (line.act === undefined || line.act.fact === 'note' || line.act.fact === 'delivery_failed') return same(text ?? '')
  const { act } = line
  const known = act.asset === undefined ? undefined : needs.asset(act.asset)
  const scoped = act.fact === 'halted' || act.fact === 'lifted' || act.chain !== undefined || act.wallet !== undefined
  const scope = scoped ? `: ${ko.scope({ ...act, symbol: known?.symbol })}` : ''
  return { en: text ?? '', ko: `${ko.fact[act.fact]}${scope}${act.tx === undefined ? '' : `, ${act.tx}`}` }
}
