/** The announcement to customers: what is stopped and why, what is known, what they should mind. No address and no transfer by itself. */
import type { Fact } from '../messages.ts'
import type { NoticeFacts } from './facts.ts'
import { actLine, contactOf, damageLines, line, reasonOf, section } from './parts.ts'
import type { Words } from './words.ts'

/** What customers have an interest in; how the thief is followed is not theirs to read, nor his. */
const TOLD: ReadonlySet<Fact> = new Set<Fact>(['evacuated', 'repayment_planned', 'repaid', 'restored'])

function stoppedLines(words: Words, facts: NoticeFacts): string[] {
  const { customers } = words
  const blocks = facts.acts.filter((act) => act.fact === 'halted' || act.fact === 'lifted')
  if (blocks.length === 0)
    return [line(customers.target, words.pending), line(customers.reason, reasonOf(words, facts))]
  return [
    ...blocks.flatMap((act) => [
      line(customers.target, words.scope(act)),
      line(act.fact === 'halted' ? customers.since : customers.until, words.time(act.at)),
    ]),
    line(customers.reason, reasonOf(words, facts)),
  ]
}

function knownLines(words: Words, facts: NoticeFacts): string[] {
  const { customers } = words
  const { item, assets } = facts
  // What a person stated of these three, in the order in which customers ask.
  const said = ['cause', 'damage', 'response'].flatMap((about) => item.statements.get(about)?.[words.language] ?? [])
  return [
    line(customers.happened, words.time(item.happened_at)),
    line(customers.aware, words.time(item.aware_at)),
    ...(assets.length === 0
      ? []
      : [` - ${customers.suspected}:`, ...damageLines(words, facts, customers.value).map((l) => `  ${l}`)]),
    ...said.map((text) => ` - ${text}`),
  ]
}

/** Contents that the general part does not answer: the law's words, and a person's answer or "not yet known". */
function askedLines(words: Words, { obligation, item }: NoticeFacts): string[] {
  const general = new Set(['blocked', 'reason', 'time', 'damage', 'cause', 'response', 'contact'])
  return obligation.content
    .filter(({ about }) => !general.has(about))
    .map(({ about, ...text }) =>
      line(text[words.language], item.statements.get(about)?.[words.language] ?? words.pending),
    )
}

export function customersNotice(words: Words, facts: NoticeFacts): string {
  const { obligation, item, at } = facts
  const { customers } = words
  const done = facts.acts.filter((act) => TOLD.has(act.fact)).map((act) => actLine(words, { ...act, tx: undefined }))
  const asked = askedLines(words, facts)
  const parts: [string, string[]][] = [
    [words.section.stopped, stoppedLines(words, facts)],
    ...(item.kind === 'block' ? [] : [[words.section.what, knownLines(words, facts)] satisfies [string, string[]]]),
    ...(done.length === 0 ? [] : [[words.section.done, done] satisfies [string, string[]]]),
    ...(asked.length === 0 ? [] : [[words.section.asked, asked] satisfies [string, string[]]]),
    [words.section.care, customers.care.map((text) => ` - ${text}`)],
    [words.section.resume, [` - ${customers.resume}`]],
    [customers.contact, [` - ${contactOf(words, facts)}`]],
    [words.section.basis, [` - ${obligation.basis[words.language]}`]],
  ]
  return [
    ...(obligation.state === 'proposed' ? [words.proposed] : []),
    customers.greeting,
    customers.intro[item.kind],
    `${words.head.asOf}: ${words.time(at)}`,
    ...parts.map(([title, lines], place) => section(place + 1, title, lines)),
    customers.further,
  ].join('\n\n')
}
