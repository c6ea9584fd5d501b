/** Signing in with a passkey, bound to the device that does it; and what a signed-in person is told of the session. */
import { z } from 'zod'
import { toHex } from '../../kernel/bytes.ts'
import { asJson } from '../../kernel/canonical.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { SECOND_MS } from '../../kernel/time.ts'
import { keyHolder, personOf, phaseOf, rolesNow, SESSION_MS_MAX, waitingFor } from '../../rooms/access/index.ts'
import {
  assertionOptions,
  assertionResponseSchema,
  clearCookie,
  type DeviceKey,
  deviceKeyOf,
  judgeSignIn,
  type KnownKey,
  networkOf,
  newSessionToken,
  type SignedIn,
  setCookie,
  userHandle,
} from '../door/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { noPerson, OWN } from '../permission.ts'
import { isSecure } from '../recognise.ts'
import { type Asking, type Desk, showing, taking } from './desk.ts'

const signInSchema = z.strictObject({
  ceremony: z.string().max(64),
  assertion: assertionResponseSchema,
  /** The public half of the device's key, as a JWK. */
  device: z.unknown(),
})
type SignIn = z.output<typeof signInSchema>

function knownKey({ state, site }: Desk, credential: string): KnownKey | undefined {
  const found = keyHolder(state, credential)
  if (found === undefined) return undefined
  const { id, public_key, backup_eligible } = found.key
  return {
    credential: { id, public_key, backup_eligible, sign_count: found.sign_count },
    person: found.person,
    userHandle: userHandle(site().deployment, found.person),
  }
}

/** The device's key, proved: the request carries a proof by it for this very ceremony. */
function provedDevice(desk: Desk, { ceremony, device }: SignIn, { request }: Asking): DeviceKey | Refusal {
  const key = deviceKeyOf(device)
  if (isRefusal(key)) return key
  const { dpop } = request.headers
  const asked = { method: request.method, url: request.raw.url ?? request.url }
  const session = { session: ceremony, thumbprint: key.thumbprint }
  const proved = desk.recogniser.proofs.verify(typeof dpop === 'string' ? dpop : undefined, asked, session)
  return isRefusal(proved) ? proved : key
}

/** Whose passkey it was. A wrong one is counted; the cause goes to the alarms where the key is known, and to nobody else. */
function judged(desk: Desk, challenge: string, { assertion }: SignIn, { address }: Asking): SignedIn | Refusal {
  const { rp_id, origins } = desk.site()
  const expected = { challenge, origins, rpId: rp_id }
  const found = judgeSignIn({ response: assertion, expected, keyOf: (id) => knownKey(desk, id) })
  if (!('refusal' in found)) return found
  const { refusal, why } = found
  const holder = keyHolder(desk.state, assertion.id)
  if (holder !== undefined) {
    desk.alarms.note({ what: refusal.code, detail: `a sign-in: ${why}`, person: holder.person, from: address })
  }
  return desk.recogniser.tries.wrong(address, refusal)
}

async function signIn(desk: Desk, asked: SignIn, asking: Asking) {
  const { state, site, carrying, random } = desk
  const taken = desk.ceremonies.take('sign-in', asked.ceremony)
  if (isRefusal(taken)) return taken
  const device = provedDevice(desk, asked, asking)
  if (isRefusal(device)) return device
  const found = judged(desk, taken.challenge, asked, asking)
  if (isRefusal(found)) return found
  const { person, credential, verified } = found
  const now = carrying.now()
  const expires_at = now + SESSION_MS_MAX
  const { token, hash } = newSessionToken(random)
  const data = {
    ...{ person, key: credential.id, token_hash: `sha256:${toHex(hash)}`, device: device.thumbprint },
    ...{ from: networkOf(asking.address), expires_at, sign_count: verified.sign_count },
  }
  const answer = await carrying.served.submit({ type: 'session.open', data, by: `person:${person}` })
  if (isRefusal(answer)) return answer
  const opened = answer.recorded.find(({ kind, type }) => kind === 'event' && type === 'session.opened')
  asking.reply.header('set-cookie', setCookie(token, isSecure(site()), Math.floor(SESSION_MS_MAX / SECOND_MS)))
  const roles = keyHolder(state, credential.id)?.roles ?? []
  return { session: String(opened?.data.session), person, roles: [...roles], expires_at, phase: phaseOf(state), now }
}

async function me({ state, carrying, permission }: Desk, caller: Asking['caller']) {
  const person = state.people.get(personOf(caller.by) ?? '')
  const session = state.sessions.get(caller.session ?? '')
  if (person === undefined || session === undefined) return noPerson(caller)
  const may = await permission.may(caller)
  if (isRefusal(may)) return may
  const now = carrying.now()
  return {
    ...{ person: person.person, roles: rolesNow(person), session: session.session, expires_at: session.expires_at },
    ...{ phase: phaseOf(state), founder: state.founder === person.person, may: [...may] },
    ...{ waiting: waitingFor(state, caller.by, now), now },
  }
}

async function signOut(desk: Desk, { caller, reply }: Asking) {
  const { session } = caller
  if (session === undefined) return noPerson(caller)
  const data = { session, reason: 'signed out' }
  const answer = await desk.carrying.served.submit({ type: 'session.end', data, by: caller.by })
  if (isRefusal(answer)) return answer
  reply.header('set-cookie', clearCookie(isSecure(desk.site())))
  return { ended: true }
}

export const signInEndpoints = (desk: Desk): readonly Endpoint[] => [
  showing(desk, {
    ...{ path: '/v1/access', who: 'public', summary: 'Which deployment this is, and where passkeys of it are used.' },
    show: () => {
      const { deployment, rp_id, origins } = desk.site()
      return { deployment, phase: phaseOf(desk.state), rp_id, origins: [...origins], now: desk.carrying.now() }
    },
  }),
  taking(desk, {
    ...{ path: '/v1/sign-in/options', who: 'public', summary: 'Begins a sign-in. No name is asked for.' },
    takes: z.strictObject({}),
    handle: (_asked, { address }) => {
      const nobody = { person: '', roles: [], token_hash: null, isFounder: false }
      const { ceremony, challenge } = desk.ceremonies.begin('sign-in', address, nobody)
      return { ceremony, options: asJson(assertionOptions({ challenge, rpId: desk.site().rp_id })) }
    },
  }),
  taking(desk, {
    ...{ path: '/v1/sign-in', who: 'public', summary: 'Opens a session: a cookie, and the key of this device.' },
    takes: signInSchema,
    handle: (asked, asking) => signIn(desk, asked, asking),
  }),
  showing(desk, {
    ...{ path: '/v1/me', who: 'person', summary: 'Who is signed in, and what this person may.', asks: () => OWN },
    show: (caller) => me(desk, caller),
  }),
  taking(desk, {
    ...{ path: '/v1/sign-out', who: 'person', summary: 'Ends the session that asks.', asks: () => OWN },
    takes: z.strictObject({}),
    handle: (_asked, asking) => signOut(desk, asking),
  }),
]
