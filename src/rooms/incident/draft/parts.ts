/** Pieces that reports and announcements share. */
import type { NoticeFacts } from './facts.ts'
import type { Words } from './words.ts'

export const line = (label: string, value: string): string => ` - ${label}: ${value}`

export function section(place: number, title: string, lines: readonly string[]): string {
  return [`${place}. ${title}`, ...lines].join('\n')
}

/** `88,317 SOL: 18,988,220,000원` for each asset, and the sum where it is known. */
export function damageLines(words: Words, { assets, assetsMore, krw }: NoticeFacts, total: string): string[] {
  if (assets.length === 0) return [` - ${words.noLoss}`]
  return [
    ...assets.map((a) => line(words.amount(a), a.krw === undefined ? words.noPrice : words.krw(a.krw))),
    ...(assetsMore > 0 ? [` - ${words.more(assetsMore)}`] : []),
    line(total, krw === undefined ? words.pending : words.krw(krw)),
  ]
}

type ActFacts = NoticeFacts['acts'][number]

export function actLine(words: Words, act: ActFacts): string {
  const scoped = act.fact === 'halted' || act.fact === 'lifted' || act.wallet !== undefined || act.chain !== undefined
  const details = [
    ...(act.value === undefined ? [] : [words.amount(act.value)]),
    ...(act.value === undefined && scoped ? [words.scope(act)] : []),
    ...(act.tx === undefined ? [] : [act.tx]),
  ]
  return ` - ${words.time(act.at)} ${words.fact[act.fact]}${details.length === 0 ? '' : `: ${details.join(', ')}`}`
}

export const reasonOf = (words: Words, { item }: NoticeFacts): string =>
  item.statements.get('reason')?.[words.language] ?? (item.kind === 'block' ? words.pending : words.reason[item.kind])

export const contactOf = (words: Words, { reporter }: NoticeFacts): string =>
  reporter === undefined
    ? words.unset.reporter
    : `${reporter.platform[words.language]} ${reporter.unit[words.language]}, ${reporter.contact}`
