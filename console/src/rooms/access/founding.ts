/** What a founder still has to do, from the register and from what the server says of the quorums. */
import type { Founding, PersonRow } from '../../api/access.ts'

export interface Step {
  readonly id: 'invite' | 'enrolled' | 'spare' | 'contact' | 'quorum'
  readonly done: boolean
  /** Whom it concerns, or what the server misses. */
  readonly names: readonly string[]
}

/** With fewer keys, one broken telephone needs a quorum to let its owner back in. */
const KEYS_WISHED = 2

const liveKeys = ({ keys }: PersonRow): number => keys.filter(({ until }) => until === null).length
const named = (people: readonly PersonRow[]): string[] => people.map(({ person }) => person)

/** Only the quorums bar the end of founding; the other steps are what a first night teaches. */
export function checklist(founding: Founding, people: readonly PersonRow[]): Step[] {
  const here = people.filter(({ status }) => status !== 'suspended')
  const absent = here.filter(({ status }) => status !== 'active')
  const single = here.filter((person) => person.status === 'active' && liveKeys(person) < KEYS_WISHED)
  const unlisted = here.filter(({ contact }) => contact === null)
  const missing = [founding.missing, founding.expected].filter((text) => text !== null)
  return [
    { id: 'invite', done: here.length > 1, names: [] },
    { id: 'enrolled', done: here.length > 1 && absent.length === 0, names: named(absent) },
    { id: 'quorum', done: founding.missing === null, names: missing },
    { id: 'contact', done: unlisted.length === 0, names: named(unlisted) },
    { id: 'spare', done: single.length === 0, names: named(single) },
  ]
}
