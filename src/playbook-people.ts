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
    commands: ({ person, alert, response, detector, account, source }) => {
      if (person === undefined || response === 'none') return []
      const why = oneLine(`${detector} by ${account} in the log of ${source}`)
      const suspend: Command = { type: 'person.suspend', data: { person, reason: why } }
      return [{ type: 'risk.raise', data: { person, why, alert } }, ...(response === 'suspend' ? [suspend] : [])]
    },
    effects: ({ response, source, account, detector }) =>
      response === 'suspend' ? [{ kind: 'account.suspend', data: { source, account, why: detector } }] : [],
  },
  'admin.forgot': none,
  'attempt.seen': {
    commands: ({ person, stolen, what, alert }) =>
      person !== undefined && stolen
        ? [{ type: 'risk.raise', data: { person, why: `${what} at the door`, alert } }]
        : [],
  },
  'risk.raised': none,
  'risk.cleared': none,
})
