/** Adding a passkey of one's own: made, confirmed by a first assertion, then proposed; nobody adds one alone. */
import { z } from 'zod'
import { lineSchema } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { personOf, rolesNow } from '../../rooms/access/index.ts'
import { assertionResponseSchema, registrationResponseSchema } from '../door/index.ts'
import { refuse } from '../door/refusals.ts'
import type { Endpoint } from '../endpoint.ts'
import { noPerson } from '../permission.ts'
import { proposeAct } from '../propose.ts'
import { type About, type Asking, type Desk, taking } from './desk.ts'
import { confirmedKey, madeKey, optionsToConfirm, optionsToMake } from './registering.ts'

const ceremony = z.string().max(64)
const asks = () => ({ action: 'propose.key.add' })

function begin(desk: Desk, asking: Asking) {
  const person = desk.state.people.get(personOf(asking.caller.by) ?? '')
  if (person === undefined) return noPerson(asking.caller)
  const about: About = { person: person.person, roles: rolesNow(person), token_hash: null, isFounder: false }
  return optionsToMake(desk, 'add-key', about, asking)
}

/** A ceremony that the same person began. */
function mine(desk: Desk, kind: 'add-key' | 'confirm-key', id: string, { caller }: Asking) {
  const taken = desk.ceremonies.take(kind, id)
  if (isRefusal(taken) || taken.about.person === personOf(caller.by)) return taken
  return refuse('DOOR-015', 'no such ceremony is under way', { field: 'ceremony' })
}

const registerSchema = z.strictObject({ ceremony, registration: registrationResponseSchema, label: lineSchema.max(60) })

async function register(desk: Desk, asked: z.output<typeof registerSchema>, asking: Asking) {
  const taken = mine(desk, 'add-key', asked.ceremony, asking)
  if (isRefusal(taken)) return taken
  const key = await madeKey(desk, taken.challenge, asked)
  return isRefusal(key) ? key : optionsToConfirm(desk, 'confirm-key', { ...taken.about, key }, asking.address)
}

const confirmSchema = z.strictObject({ ceremony, assertion: assertionResponseSchema, reason: lineSchema })

async function confirm(desk: Desk, asked: z.output<typeof confirmSchema>, asking: Asking) {
  const taken = mine(desk, 'confirm-key', asked.ceremony, asking)
  if (isRefusal(taken)) return taken
  const { person, key: made } = taken.about
  const key: typeof made | Refusal = made && confirmedKey(desk, made, taken.challenge, asked.assertion)
  if (key === undefined || isRefusal(key)) return key ?? noPerson(asking.caller)
  const { reason } = asked
  return proposeAct(desk.carrying, { act: 'key.add', parameters: { person, key }, reason }, asking.caller)
}

export const keyEndpoints = (desk: Desk): readonly Endpoint[] => [
  taking(desk, {
    ...{ path: '/v1/keys/options', who: 'person', summary: 'Begins to make a further passkey of one’s own.', asks },
    takes: z.strictObject({}),
    handle: (_asked, asking) => begin(desk, asking),
  }),
  taking(desk, {
    ...{ path: '/v1/keys', who: 'person', summary: 'Takes the passkey that was made, to be confirmed.', asks },
    takes: registerSchema,
    handle: (asked, asking) => register(desk, asked, asking),
  }),
  taking(desk, {
    ...{ path: '/v1/keys/confirm', who: 'person', summary: 'Proposes the new passkey, once it has signed.', asks },
    ...{ takes: confirmSchema, status: 202 },
    handle: (asked, asking) => confirm(desk, asked, asking),
  }),
]
