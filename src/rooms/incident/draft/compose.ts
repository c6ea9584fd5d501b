/** Puts the facts of a case into the words of one language: a report to an authority, or an announcement to customers. */
import { BODY_MAX, SUBJECT_MAX } from '../messages.ts'
import { customersNotice } from './customers.ts'
import { type NoticeFacts, THEFTS_TOLD_MAX } from './facts.ts'
import { report } from './report.ts'
import type { Words } from './words.ts'

export interface Text {
  readonly subject: string
  readonly body: string
}

/** Cuts between whole characters: half of a surrogate pair has no canonical form. */
const clip = (text: string, max: number): string => {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

function subjectOf(words: Words, { obligation, run, reporter, item }: NoticeFacts): string {
  const title = `${obligation.title[words.language]}${run > 1 ? words.run(run) : ''}`
  if (obligation.audience === 'customers') return `[${capital(obligation.act[words.language])}] ${title}`
  return `${title} – ${reporter?.platform[words.language] ?? words.unset.platform} (${item.incident})`
}

/** Fewer transfers are listed one by one where their names are so long that the whole would not fit. */
const FITS = [THEFTS_TOLD_MAX, 10, 5, 0]

export function compose(words: Words, facts: NoticeFacts): Text {
  const subject = clip(subjectOf(words, facts), SUBJECT_MAX)
  if (facts.obligation.audience === 'customers') return { subject, body: clip(customersNotice(words, facts), BODY_MAX) }
  const bodies = FITS.map((told) => () => report(words, facts, told))
  let body = ''
  for (const make of bodies) {
    body = make()
    if (body.length <= BODY_MAX) break
  }
  return { subject, body: clip(body, BODY_MAX) }
}
