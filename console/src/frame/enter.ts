/** Signing in with a passkey, finding a session again after a reload, signing out; and telling this browser's other tabs. */
import type { Access, Me, SignedIn, SignInOptions } from '../api/access.ts'
import { type Answered, askAs } from '../api/client.ts'
import { learnNow } from '../api/clock.ts'
import { forgetCredentials, keepCredentials, keptCredentials } from '../api/device.ts'
import { asProblem } from '../api/problem.ts'
import { type Credentials, newDeviceKey } from '../api/proof.ts'
import { signWithKey } from '../kit/passkey.ts'
import { beginSession, currentSession, noSession, onSession } from './session.ts'

/** Tabs share the cookie, so what one does holds for all. */
const tabs = new BroadcastChannel('pasu.session')

export async function readAccess(): Promise<Access> {
  const { answer } = await askAs<Access>(undefined, 'GET', '/v1/access')
  if (answer.now !== undefined) learnNow(answer.now)
  return answer
}

/** Any passkey of this deployment that the browser knows: no name is asked for, so there is none to guess. */
export async function signIn(): Promise<void> {
  const { answer: asked } = await askAs<SignInOptions>(undefined, 'POST', '/v1/sign-in/options', {})
  const assertion = await signWithKey(asked.options)
  const device = await newDeviceKey()
  // The new key proves itself at once: nobody can name a key that they do not have as the session's.
  const { answer } = await askAs<SignedIn>({ session: asked.ceremony, device }, 'POST', '/v1/sign-in', {
    ceremony: asked.ceremony,
    assertion,
    device: device.jwk,
  })
  if (answer.now !== undefined) learnNow(answer.now)
  const credentials = { session: answer.session, device }
  await keepCredentials(credentials)
  beginSession({ person: answer.person, roles: answer.roles, expires_at: answer.expires_at, credentials })
  tabs.postMessage('began')
}

/** What a proof made by a wrong clock is refused with. */
const WRONG_TIME = 'DOOR-005'

/** A page that was just loaded does not know the server's clock: where this machine's is wrong, it learns it and asks again. */
async function me(credentials: Credentials): Promise<Answered<Me>> {
  try {
    return await askAs<Me>(credentials, 'GET', '/v1/me')
  } catch (failure) {
    if (asProblem(failure).details.code !== WRONG_TIME) throw failure
    await readAccess()
    return askAs<Me>(credentials, 'GET', '/v1/me')
  }
}

/** Tries what this browser kept. A server that is away ends nothing: the sign-in page then says that it does not answer. */
export async function resume(): Promise<void> {
  const credentials = await keptCredentials()
  if (credentials === undefined) return noSession()
  try {
    const { answer } = await me(credentials)
    if (answer.now !== undefined) learnNow(answer.now)
    beginSession({ person: answer.person, roles: answer.roles, expires_at: answer.expires_at, credentials })
  } catch (failure) {
    const problem = asProblem(failure)
    noSession({ by: 'refused', problem })
    if (problem.details.status === 401) await forgetCredentials()
  }
}

/** The page forgets at once; whether the server hears of it or not, the key is gone. */
export async function signOut(): Promise<void> {
  const credentials = currentSession()?.credentials
  noSession({ by: 'signed-out' })
  tabs.postMessage('ended')
  await forgetCredentials()
  if (credentials !== undefined)
    await askAs(credentials, 'POST', '/v1/sign-out', {}).catch(() => {
      // Away: the session ends by itself within its short life, and nobody has its key any more.
    })
}

/** Called once, when the page starts. */
export function startSessions(): void {
  tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'began') void resume()
    if (data === 'ended') noSession({ by: 'signed-out' })
  })
  void resume()
}

/** Tells when somebody was signed in and is no more, or somebody else is: what one person has read is not there for the next. */
export function onSignedOut(forget: () => void): void {
  let last = currentSession()?.credentials.session
  onSession(() => {
    const session = currentSession()?.credentials.session
    if (last !== undefined && session !== last) forget()
    last = session
  })
}
