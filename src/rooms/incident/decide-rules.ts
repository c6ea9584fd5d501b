/** Decisions on the rule packs and the directories that notices are filled and sent from. */
import { canonical, canonicalBytes } from '../../kernel/canonical.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Decide } from '../../machine/room.ts'
import { isDate, isTimeZone } from './deadline.ts'
import type { commands, events } from './messages.ts'
import type { IncidentNeeds } from './needs.ts'
import { refuse } from './refusals.ts'
import { type Obligation, PACK_BYTES_MAX, type Pack } from './rules.ts'
import { type IncidentState, recipientKey } from './state.ts'

type Decider = Decide<IncidentState, typeof commands, typeof events, IncidentNeeds>

const wrong = (field: string, detail: string): Refusal => refuse('INCIDENT-010', `${field}: ${detail}`, { field })

function wrongObligation(pack: Pack, rule: Obligation, place: number): Refusal | undefined {
  const at = `obligations.${place}`
  if (pack.obligations.findIndex((o) => o.obligation === rule.obligation) !== place) {
    return wrong(`${at}.obligation`, `${rule.obligation} stands twice`)
  }
  if (!pack.authorities.some((a) => a.authority === rule.authority)) {
    return wrong(`${at}.authority`, `${rule.authority} is not among the pack's authorities`)
  }
  const follows = rule.follows === undefined ? undefined : pack.obligations.find((o) => o.obligation === rule.follows)
  if ((rule.trigger === 'further_fact') !== (follows !== undefined)) {
    return wrong(`${at}.follows`, 'a duty on further facts, and no other, names the obligation that it follows')
  }
  for (const member of ['since', 'until'] as const) {
    const date = rule[member]
    if (date !== undefined && !isDate(date)) return wrong(`${at}.${member}`, `${date} is no day of the calendar`)
  }
  return undefined
}

function wrongPack(state: IncidentState, pack: Pack): Refusal | undefined {
  const bytes = canonicalBytes(pack).length
  if (bytes > PACK_BYTES_MAX) return wrong('obligations', `the pack has ${bytes} bytes, more than ${PACK_BYTES_MAX}`)
  if (!isTimeZone(pack.time_zone)) return wrong('time_zone', `${pack.time_zone} is no IANA time zone`)
  const dates: [string, string][] = [
    ['as_of', pack.as_of],
    ['holidays.to', pack.holidays.to],
    ...pack.holidays.days.map((day, i): [string, string] => [`holidays.days.${i}`, day]),
  ]
  const noDate = dates.find(([, date]) => !isDate(date))
  if (noDate !== undefined) return wrong(noDate[0], `${noDate[1]} is no day of the calendar`)
  for (const [place, rule] of pack.obligations.entries()) {
    const found = wrongObligation(pack, rule, place)
    if (found !== undefined) return found
    for (const other of state.packs.values()) {
      if (other.pack !== pack.pack && other.obligations.some((o) => o.obligation === rule.obligation)) {
        return wrong(`obligations.${place}.obligation`, `${rule.obligation} belongs to the pack ${other.pack}`)
      }
    }
  }
  return undefined
}

const load: Decider['pack.load'] = (state, pack) => {
  const before = state.packs.get(pack.pack)
  if (before?.digest === pack.digest) return []
  if (before !== undefined && before.as_of > pack.as_of) {
    return refuse('INCIDENT-007', `${pack.pack} of ${before.as_of} is loaded; this one is of ${pack.as_of}`, {
      field: 'as_of',
    })
  }
  return wrongPack(state, pack) ?? [{ type: 'pack.loaded', data: pack }]
}

/** One address: no list, no display name, no line break, nothing that a mail header could be made of. */
const MAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,62}\.)*[A-Za-z0-9-]{1,63}$/
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isHook(to: string): boolean {
  if (!URL.canParse(to) || !/^[\x21-\x7e]+$/.test(to)) return false
  const { protocol, hostname, username, password, hash } = new URL(to)
  if (username !== '' || password !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
}

const setRecipient: Decider['recipient.set'] = (state, data) => {
  const fits = data.channel === 'mail' ? MAIL.test(data.to) : isHook(data.to)
  if (!fits) {
    return refuse('INCIDENT-011', `${JSON.stringify(data.to).slice(0, 100)} is no address for ${data.channel}`, {
      field: 'to',
      expected: data.channel === 'mail' ? 'one mail address' : 'an https URL without user name and password',
    })
  }
  const before = state.recipients.get(recipientKey(data.authority, data.language))
  if (before?.channel === data.channel && before.to === data.to) return []
  return [{ type: 'recipient.changed', data }]
}

export const decideRules = {
  'pack.load': load,
  'recipient.set': setRecipient,
  'reporter.set': (state, data) =>
    state.reporter !== undefined && canonical({ ...state.reporter }) === canonical(data)
      ? []
      : [{ type: 'reporter.changed', data }],
} satisfies Partial<Decider>
