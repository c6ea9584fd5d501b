/** The playbook's rows about people: what was approved is carried out, and what was seen of an administrator answers itself. */
import { oneLine } from './kernel/names.ts'
import { none } from './machine/playbook.ts'
import type { Data } from './machine/room.ts'
import { type Command, rows } from './playbook-rows.ts'
import { events as access } from './rooms/access/messages.ts'

/** What was approved, or done while founding, exactly: only the access room makes these events, and only of guarded acts. */
const carriedOut = ({ act, parameters }: { readonly act: string; readonly parameters: Data }): readonly Command[] => [
  { type: act, data: parameters } as Command,
]

const told = (what: string, why: string): string => oneLine(`${what}: ${why}`)

export const accessRows = rows(access, {
  'site.changed': none,
  'founder.enrolled': none,
  'founding.acted': { commands: carriedOut },
  'founding.closed': none,
  'person.invited': none,
  'person.changed': none,
  'person.suspended': none,
  'person.restored': none,
  'enrolment.issued': none,
  'key.registered': none,
  'key.recovered': none,
  'key.lost': none,
  'service.registered': none,
  'service.removed': none,
  'session.opened': none,
  'session.ended': none,
  'console.listed': none,
  'proposal.made': none,
  'proposal.approved': none,
  'proposal.vetoed': none,
  'proposal.withdrawn': none,
  'proposal.executed': { commands: carriedOut },
  'proposal.stalled': none,
  'proposal.lapsed': none,
  'call.opened': none,
  'call.answered': none,
  'call.missed': none,
  'approvals.changed': none,
  'admin.reported': none,
  'admin.detected': {
    commands: ({ person, alert, response, detector, why: { en } }) => {
      if (person === undefined || response === 'none') return []
      const why = told(detector, en)
      const suspend: Command = { type: 'person.suspend', data: { person, reason: why } }
      return [{ type: 'risk.raise', data: { person, why, alert } }, ...(response === 'suspend' ? [suspend] : [])]
    },
    // Whose account it is need not be known: whoever holds it is shut out where it is used.
    effects: ({ response, source, account, detector, why: { en } }) =>
      response === 'suspend' ? [{ kind: 'account.suspend', data: { source, account, why: told(detector, en) } }] : [],
  },
  'admin.forgot': none,
  'attempt.seen': {
    // A session's cookie without its device key, for instance: the person's own credential may be next.
    commands: ({ person, stolen, what, detail, alert }) =>
      person !== undefined && stolen ? [{ type: 'risk.raise', data: { person, why: told(what, detail), alert } }] : [],
  },
  'risk.raised': none,
  'risk.cleared': none,
})
