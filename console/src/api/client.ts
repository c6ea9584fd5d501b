/** One door to the server: the proof on every request, every failure a {@link Problem}. */
import { currentSession, endSession } from '../frame/session.ts'
import { learnDate, serverNow } from './clock.ts'
import { Problem, problemFrom } from './problem.ts'
import { type Credentials, proofFor } from './proof.ts'

/** The answer to a request may take this long: a verification of a large journal does. */
const ANSWER_MS_MAX = 120_000

export type Method = 'GET' | 'POST' | 'PUT'

export interface Answered<Answer> {
  readonly status: number
  readonly answer: Answer
}

/** Sets the proof of one request: made for its method and path, and good for it alone. */
export async function prove(
  headers: Headers,
  method: Method,
  path: string,
  credentials: Credentials | undefined,
): Promise<void> {
  if (credentials === undefined) return
  headers.set('dpop', await proofFor(credentials, { method, path, origin: location.origin, now: serverNow() }))
}

async function send(
  method: Method,
  path: string,
  credentials: Credentials | undefined,
  body?: unknown,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  await prove(headers, method, path, credentials)
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    learnDate(response.headers.get('date'))
    return response
  } catch (cause) {
    throw new Problem(
      { status: 0, code: 'UNREACHABLE', title: '', detail: `${method} ${path}`, field: undefined },
      { cause },
    )
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Asks under the given credentials, or under none where the door is public. No answer ends a session. */
export async function askAs<Answer>(
  credentials: Credentials | undefined,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answered<Answer>> {
  const response = await send(method, path, credentials, body)
  const answer = await answerOf(response)
  if (!response.ok) throw problemFrom(response.status, answer)
  return { status: response.status, answer: answer as Answer }
}

/** Asks with the session's proof, and tells the status too: 202 is an act that became a proposal. */
export async function askWithStatus<Answer>(method: Method, path: string, body?: unknown): Promise<Answered<Answer>> {
  const credentials = currentSession()?.credentials
  try {
    return await askAs<Answer>(credentials, method, path, body)
  } catch (failure) {
    // Of the session that asked only: an answer that comes after signing out, or to an earlier session, ends nobody's session.
    if (failure instanceof Problem && failure.details.status === 401 && credentials !== undefined)
      endSession(credentials.session, { by: 'refused', problem: failure })
    throw failure
  }
}

export async function ask<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  return (await askWithStatus<Answer>(method, path, body)).answer
}

/** `undefined` and empty members are left out: `/v1/withdrawals?status=held`. */
export function withQuery(path: string, query: { readonly [name: string]: string | number | undefined }): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}
