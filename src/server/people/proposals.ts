/** What needs chance: call-back codes and enrolment links, of which only hashes are journaled; and any guarded act, proposed by its name. */
import { z } from 'zod'
import { toBase64Url } from '../../kernel/bytes.ts'
import { lineSchema } from '../../kernel/names.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { CALL_MS_MAX, ENROLMENT_MS_MAX, guardedActSchema } from '../../rooms/access/index.ts'
import { commands } from '../../rooms/access/messages.ts'
import type { Endpoint } from '../endpoint.ts'
import { asksOf, OWN } from '../permission.ts'
import { proposeAct } from '../propose.ts'
import { type Asking, type Desk, hashText, taking } from './desk.ts'

/** Crockford's base32: nothing in it is mistaken for something else when it is read aloud. Each letter is five bits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LETTERS = 12
const LINK_BYTES = 32

/** `7K2Q-M9XA-R4TD`: sixty random bits. */
function spokenCode(random: Desk['random']): string {
  const letters = [...random(CODE_LETTERS)].map((byte) => LETTERS.charAt(byte & 31)).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

async function openCall({ carrying, random }: Desk, { caller, path }: Asking) {
  const code = spokenCode(random)
  const expires_at = carrying.now() + CALL_MS_MAX
  const data = { proposal: path.proposal ?? '', code_hash: hashText(code), expires_at }
  const answer = await carrying.served.submit({ type: 'call.open', data, by: caller.by })
  return isRefusal(answer) ? answer : { code, expires_at }
}

async function issueLink({ carrying, random, site }: Desk, { caller, path }: Asking) {
  const token = toBase64Url(random(LINK_BYTES))
  const expires_at = carrying.now() + ENROLMENT_MS_MAX
  const data = { person: path.person ?? '', token_hash: hashText(token), expires_at }
  const answer = await carrying.served.submit({ type: 'enrolment.issue', data, by: caller.by })
  return isRefusal(answer) ? answer : { link: linkFor(site().origins, token), expires_at }
}

/** The secret stands behind the `#`, which browsers send nowhere. */
export const linkFor = (origins: readonly string[], token: string): string => `${origins[0] ?? ''}/enrol#${token}`

const proposalSchema = z.strictObject({
  act: guardedActSchema,
  parameters: commands['proposal.make'].shape.parameters,
  reason: lineSchema,
})

async function propose(desk: Desk, asked: z.output<typeof proposalSchema>, { caller }: Asking) {
  const fault = await desk.permission.fault(caller, 'person', { action: `propose.${asked.act}` })
  return fault ?? proposeAct(desk.carrying, asked, caller)
}

export const proposalEndpoints = (desk: Desk): readonly Endpoint[] => [
  taking(desk, {
    ...{ path: '/v1/proposals', who: 'person', summary: 'Proposes what nobody does alone.', asks: () => OWN },
    ...{ takes: proposalSchema, status: 202 },
    handle: (asked, asking) => propose(desk, asked, asking),
  }),
  taking(desk, {
    ...{
      path: '/v1/proposals/:proposal/call-back',
      who: 'person',
      summary: 'Shows the proposer a code to read aloud.',
    },
    asks: (path) => asksOf(desk.state, 'call.open', path),
    takes: z.strictObject({}),
    handle: (_asked, asking) => openCall(desk, asking),
  }),
  taking(desk, {
    ...{ path: '/v1/people/:person/enrolment', who: 'person', summary: 'Makes a one-time link, shown once.' },
    asks: () => ({ action: 'enrolment.issue' }),
    takes: z.strictObject({}),
    handle: (_asked, asking) => issueLink(desk, asking),
  }),
]
