/** A deadline of the law in words: "at once", "within 24 h". */
import type { Deadline, Language } from '../api/types.ts'
import { duration } from '../format/time.ts'
import type { Say } from '../i18n/language.tsx'

/** `24 h` rather than `24 h 00 min`: a law's spans are round. */
function span(seconds: number, language: Language): string {
  const text = duration(seconds * 1000, language)
  return text.replace(/ 00 ?(min|s|h|분|초|시간)$/, '')
}

export function deadlineWords(deadline: Deadline, t: Say, language: Language): string {
  switch (deadline.kind) {
    case 'within':
      return t('deadline.within', { span: span(deadline.seconds, language) })
    case 'business_days':
      return t('deadline.business_days', { days: deadline.days })
    default:
      return t(`deadline.${deadline.kind}`)
  }
}
