/**
 * The text that an approver reads, made from the proposal's data and nothing else. Two different contents never give one text: every value
 * stands in quotes under its full path, and what is not plainly visible is spelled out.
 */
import type { Json } from '../../../../kernel/canonical.ts'
import { bothTimes } from '../../../../kernel/time.ts'
import { strangeIn } from './confusable.ts'
import { type Proposal, proposalDigest } from './proposal.ts'
import { ACT_TITLES, type Language, type ProposalWords, WORDS } from './words.ts'

/** Line breaks, marks that turn the direction of reading, fillers, spaces of other widths: a value must not forge a line of this text. */
const NOT_PLAIN = /[\p{C}\p{Default_Ignorable_Code_Point}]|[^\P{Z} ]|(?<![\p{L}\p{M}])\p{M}/gu

const quoted = (text: string): string =>
  JSON.stringify(text).replace(NOT_PLAIN, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)

const name = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key))

interface Line {
  readonly path: string
  readonly value: Exclude<Json, object> | string
  readonly shown: string
}

/** One line for every value that holds no other, in the order of the canonical JSON. */
function linesOf(value: Json, path: string): Line[] {
  if (value === null || typeof value !== 'object') {
    return [{ path, value, shown: typeof value === 'string' ? quoted(value) : String(value) }]
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ path, value: null, shown: '[]' }]
    return value.flatMap((item: Json, place) => linesOf(item, `${path}[${place}]`))
  }
  const members = value as { readonly [key: string]: Json | undefined }
  const keys = Object.keys(members)
    .filter((key) => members[key] !== undefined)
    .sort()
  if (keys.length === 0) return [{ path, value: null, shown: '{}' }]
  return keys.flatMap((key) => linesOf(members[key] ?? null, path === '' ? name(key) : `${path}.${name(key)}`))
}

/** What a hurried reader would miss, under the line that holds it. */
function warnings(value: Line['value'], words: ProposalWords): string[] {
  const strange = typeof value === 'string' ? strangeIn(value) : undefined
  if (strange === undefined) return []
  const mixed = strange.scripts.length === 0 ? [] : [words.mixed(strange.scripts.join(', '))]
  const unseen = strange.unseen.length === 0 ? [] : [words.unseen(strange.unseen.join(', '))]
  return [...mixed, ...unseen].map((warning) => `    ! ${warning}`)
}

function contentLines({ parameters }: Proposal, words: ProposalWords): string[] {
  const lines = Object.keys(parameters).length === 0 ? [] : linesOf(parameters, '')
  if (lines.length === 0) return [`${words.content}: ${words.nothing}`]
  const shown = lines.flatMap(({ path, value, shown }) => [`  ${path}: ${shown}`, ...warnings(value, words)])
  return [`${words.content}:`, ...shown]
}

function termsLines({ terms, proposed_by, expires_at }: Proposal, words: ProposalWords): string[] {
  const { approvals_min, roles, veto_roles, time_lock_ms, at_risk, call_back } = terms
  return [
    `${words.approveBefore}: ${bothTimes(expires_at)}`,
    words.needs(approvals_min, roles.join(', '), proposed_by),
    time_lock_ms === 0 ? words.noLock : words.lock(time_lock_ms),
    veto_roles.length === 0 ? words.noVeto : words.veto(veto_roles.join(', ')),
    ...(at_risk === undefined ? [] : [words.atRisk(at_risk.approvals_added, at_risk.time_lock_added_ms)]),
    ...(call_back === true ? [words.callBack] : []),
    `${words.executeBefore}: ${bothTimes(expires_at + time_lock_ms)}`,
  ]
}

/** Several lines; the last names the digest that an approval signs, so that two screens can be compared. */
export function proposalText(proposal: Proposal, language: Language): string {
  const words = WORDS[language]
  const { act, deployment, reason, proposed_by, proposed_at } = proposal
  const title = Object.hasOwn(ACT_TITLES, act) ? ACT_TITLES[act]?.[language] : undefined
  return [
    `${words.proposal}: ${proposal.proposal} · ${deployment}`,
    `${words.act}: ${title === undefined ? act : `${title} (${act})`}`,
    ...contentLines(proposal, words),
    `${words.reason}: ${quoted(reason)}`,
    ...warnings(reason, words),
    `${words.proposedBy}: ${proposed_by}`,
    `${words.proposedAt}: ${bothTimes(proposed_at)}`,
    ...termsLines(proposal, words),
    `${words.digest}: ${proposalDigest(proposal)}`,
  ].join('\n')
}
