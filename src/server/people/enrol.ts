/** Enrolling by a one-time link: the first person by the link of `pasu init`, everybody else by one that a quorum allowed. */
import { z } from 'zod'
import { equalBytes, utf8 } from '../../kernel/bytes.ts'
import { lineSchema, nameSchema } from '../../kernel/names.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { linkHolder, phaseOf, type Role, rolesSchema } from '../../rooms/access/index.ts'
import { assertionResponseSchema, registrationResponseSchema } from '../door/index.ts'
import { refuse } from '../door/refusals.ts'
import type { Endpoint } from '../endpoint.ts'
import { type About, type Asking, type Desk, hashText, taking } from './desk.ts'
import { confirmedKey, madeKey, optionsToConfirm, optionsToMake } from './registering.ts'

/** 256 bits in base64url; anything else is as unknown as a wrong one. */
const token = z.string().max(200)
const ceremony = z.string().max(64)
const label = lineSchema.max(60)
/** Whoever begins sets the wallets up and lets the others in. */
const FOUNDER_ROLES: readonly Role[] = ['operator']

const noLink = (): Refusal => refuse('DOOR-021', 'no such link is open', { field: 'token' })

/** Whom a link is for. The founder says the name, so it has none. */
function linkOf(desk: Desk, text: string): Omit<About, 'key'> | Refusal {
  const { state, firstLink, carrying } = desk
  const token_hash = hashText(text)
  if (phaseOf(state) === 'bare') {
    const isFirst = firstLink !== undefined && equalBytes(utf8(token_hash), utf8(hashText(firstLink.token)))
    return isFirst ? { person: '', roles: [], token_hash, isFounder: true } : noLink()
  }
  const found = linkHolder(state, token_hash, carrying.now())
  return found === undefined
    ? noLink()
    : { person: found.person, roles: found.roles as readonly Role[], token_hash, isFounder: false }
}

function begin(desk: Desk, asked: { token: string; person?: string | undefined }, asking: Asking) {
  const link = linkOf(desk, asked.token)
  if (isRefusal(link)) return desk.recogniser.tries.wrong(asking.address, link)
  const person = link.isFounder ? asked.person : link.person
  if (person === undefined) return { ceremony: '', person: null, roles: [], options: null }
  const made = optionsToMake(desk, 'enrol', { ...link, person }, asking)
  return { ...made, person: link.isFounder ? null : person, roles: [...link.roles] }
}

const registerSchema = z.strictObject({
  ...{ token, ceremony, label, registration: registrationResponseSchema },
  roles: rolesSchema.optional(),
})

async function register(desk: Desk, asked: z.output<typeof registerSchema>, { address }: Asking) {
  const taken = desk.ceremonies.take('enrol', asked.ceremony)
  if (isRefusal(taken)) return taken
  const { about, challenge } = taken
  if (about.token_hash !== hashText(asked.token)) return desk.recogniser.tries.wrong(address, noLink())
  const key = await madeKey(desk, challenge, asked)
  if (isRefusal(key)) return key
  const roles = about.isFounder ? (asked.roles ?? FOUNDER_ROLES) : about.roles
  return optionsToConfirm(desk, 'confirm', { ...about, roles, key }, address)
}

const confirmSchema = z.strictObject({ ceremony, assertion: assertionResponseSchema })

async function confirm(desk: Desk, asked: z.output<typeof confirmSchema>) {
  const taken = desk.ceremonies.take('confirm', asked.ceremony)
  if (isRefusal(taken)) return taken
  const { person, roles, token_hash, isFounder, key: made } = taken.about
  if (made === undefined || token_hash === null) return noLink()
  const key = confirmedKey(desk, made, taken.challenge, asked.assertion)
  if (isRefusal(key)) return key
  const { deployment, rp_id, origins } = desk.site()
  const site = { deployment, rp_id, origins: [...origins] }
  const command = isFounder
    ? { type: 'founder.enrol', data: { person, roles: [...roles], site, key } }
    : { type: 'key.enrol', data: { person, token_hash, key } }
  const answer = await desk.carrying.served.submit({ ...command, by: 'enrolment' })
  if (isRefusal(answer)) return answer
  if (isFounder) desk.firstLink?.spent()
  return { person, key: key.id }
}

export const enrolEndpoints = (desk: Desk): readonly Endpoint[] => [
  taking(desk, {
    ...{ path: '/v1/enrolments/options', who: 'public', summary: 'Begins to make a passkey by a one-time link.' },
    takes: z.strictObject({ token, person: nameSchema.optional() }),
    handle: (asked, asking) => begin(desk, asked, asking),
  }),
  taking(desk, {
    ...{ path: '/v1/enrolments', who: 'public', summary: 'Takes the passkey that was made, to be confirmed.' },
    takes: registerSchema,
    handle: (asked, asking) => register(desk, asked, asking),
  }),
  taking(desk, {
    ...{ path: '/v1/enrolments/confirm', who: 'public', summary: 'Enrols, once the new passkey has signed.' },
    takes: confirmSchema,
    handle: (asked) => confirm(desk, asked),
  }),
]
