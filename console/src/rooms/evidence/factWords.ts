/** The gist of a journal entry in one line: the members that a person looks for, in that order. The entry itself is a click away. */
import type { JournalEntry } from '../../api/types.ts'
import { addressParts } from '../../format/address.ts'
import { addressOf, chainName } from '../../format/caip.ts'

const MEMBERS = [
  'incident',
  'withdrawal',
  'permit',
  'notice',
  'trace',
  'repayment',
  'claim',
  'wallet',
  'scope',
  'obligation',
  'authority',
  'fund',
  'source',
  'status',
  'tx',
  'to',
  'summary',
  'text',
  'reason',
  'why',
  'detail',
] as const

const WORDS_MAX = 160

const short = (value: string): string => {
  const { first, middle, last } = addressParts(value)
  return last === '' ? value : `${first}…${middle}…${last}`
}

function shown(member: (typeof MEMBERS)[number], value: string): string {
  if (member === 'tx') return short(value)
  if (member === 'to') return short(addressOf(value))
  return value
}

export function factWords(entry: JournalEntry): string {
  const { data } = entry
  if (typeof data !== 'object' || data === null) return ''
  const words = MEMBERS.flatMap((member) => {
    const value: unknown = Reflect.get(data, member)
    return typeof value === 'string' && value !== '' ? [shown(member, value)] : []
  })
  const chain: unknown = Reflect.get(data, 'chain')
  const height: unknown = Reflect.get(data, 'height')
  if (typeof chain === 'string') words.unshift(chainName(chain))
  if (typeof height === 'number') words.push(`#${height}`)
  const text = words.join(' · ')
  return text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX)}…` : text
}
