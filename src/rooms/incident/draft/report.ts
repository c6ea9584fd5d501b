/** The report to an authority: head, what happened, damage, measures, the law's own list of contents, contact. */
import { chainWithId } from './chains.ts'
import type { NoticeFacts } from './facts.ts'
import { actLine, contactOf, damageLines, line, reasonOf, section } from './parts.ts'
import type { Words } from './words.ts'

const DAMAGE_SECTION = 2
const DONE_SECTION = 3

function whatLines(words: Words, { item, movements }: NoticeFacts): string[] {
  const { what } = words
  const lines = [line(what.kind, words.kind[item.kind])]
  if (item.wallet !== undefined) lines.push(line(what.wallet, item.wallet))
  if (item.chain !== undefined) lines.push(line(what.chain, chainWithId(item.chain, words.language)))
  lines.push(line(what.happened, words.time(item.happened_at)), line(what.aware, words.time(item.aware_at)))
  if (movements.count > 0) {
    const span = what.between(words.time(movements.first), words.time(movements.last))
    lines.push(line(what.movements, `${what.count(movements.count)}, ${span}`))
  }
  if (item.retracted > 0) lines.push(line(what.retracted, what.count(item.retracted)))
  return lines
}

function movementLines(words: Words, { movements }: NoticeFacts, toldMax: number): string[] {
  const told = movements.told.slice(0, toldMax)
  if (told.length === 0) return []
  const more = movements.count - told.length
  return [
    ` [${words.listed}]`,
    ...told.map((t) => ` - ${words.time(t.block_at)} ${words.amount(t.value)} → ${t.to} (${t.tx})`),
    ...(more > 0 ? [` - ${words.more(more)}`] : []),
  ]
}

function actLines(words: Words, { acts, actsMore }: NoticeFacts): string[] {
  if (acts.length === 0) return [` - ${words.pending}`]
  const lines = acts.map((act) => actLine(words, act))
  // The gap stands where the middle was left out: after the first ten.
  if (actsMore > 0) lines.splice(10, 0, ` - ${words.omitted(actsMore)}`)
  return lines
}

/** What the case itself answers; what it cannot know, only a person's statement does. */
function known(words: Words, facts: NoticeFacts, about: string): string[] {
  const { item, movements, acts } = facts
  switch (about) {
    case 'time':
      return [
        line(words.what.happened, words.time(item.happened_at)),
        line(words.what.aware, words.time(item.aware_at)),
      ]
    case 'damage':
      return [` - ${movements.count > 0 ? words.see(DAMAGE_SECTION) : words.noLoss}`]
    case 'response':
      return acts.length > 0 ? [` - ${words.see(DONE_SECTION)}`] : []
    case 'contact':
      return [` - ${contactOf(words, facts)}`]
    case 'blocked':
      return acts.filter((a) => a.fact === 'halted' || a.fact === 'lifted').map((act) => actLine(words, act))
    case 'reason':
      return item.kind === 'block' || item.statements.has('reason') ? [] : [` - ${reasonOf(words, facts)}`]
    default:
      return []
  }
}

function askedLines(words: Words, facts: NoticeFacts): string[] {
  return facts.obligation.content.flatMap(({ about, ...text }, place) => {
    const said = facts.item.statements.get(about)
    const answers = [...(said === undefined ? [] : [` - ${said[words.language]}`]), ...known(words, facts, about)]
    return [
      ` ${words.letters(place)} ${text[words.language]}`,
      ...(answers.length === 0 ? [` - ${words.pending}`] : answers).map((answer) => `  ${answer}`),
    ]
  })
}

export function report(words: Words, facts: NoticeFacts, thefts: number): string {
  const { obligation, addressee, at, item } = facts
  const { head } = words
  return [
    [
      ...(obligation.state === 'proposed' ? [words.proposed, ''] : []),
      `${head.to}: ${addressee[words.language]}`,
      `${head.from}: ${contactOf(words, facts)}`,
      `${head.incident}: ${item.incident}`,
      `${head.asOf}: ${words.time(at)}`,
    ].join('\n'),
    words.under(obligation.act[words.language], obligation.basis[words.language]),
    section(1, words.section.what, whatLines(words, facts)),
    section(DAMAGE_SECTION, words.section.damage, [
      ...damageLines(words, facts, words.total),
      ...movementLines(words, facts, thefts),
    ]),
    section(DONE_SECTION, words.section.done, actLines(words, facts)),
    section(4, words.section.asked, askedLines(words, facts)),
    // Where the law's own list asks for it, it stands there.
    ...(obligation.content.some(({ about }) => about === 'contact')
      ? []
      : [section(5, words.section.contact, [` - ${contactOf(words, facts)}`])]),
    words.close,
  ].join('\n\n')
}
