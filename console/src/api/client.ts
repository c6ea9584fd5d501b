/** One door to the server: the token on every request, every failure a {@link Problem}. */
import { currentSession, endSession } from '../frame/session.ts'
import { Problem, problemFrom } from './problem.ts'

/** The answer to a request may take this long: a verification of a large journal does. */
const ANSWER_MS_MAX = 120_000

export type Method = 'GET' | 'POST' | 'PUT'

async function send(method: Method, path: string, token: string | undefined, body?: unknown): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  if (body !== undefined) headers.set('content-type', 'application/json')
  try {
    return await fetch(path, {
      method,
      headers,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
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

/** Asks with the session's token. A token that the server no longer takes ends the session. */
export async function ask<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const { token } = currentSession()
  const response = await send(method, path, token, body)
  // Of the session that asked only: an answer that comes after signing out, or to an earlier token, ends nobody's session.
  if (response.status === 401 && token !== undefined && currentSession().token === token) endSession('refused')
  const answer = await answerOf(response)
  if (!response.ok) throw problemFrom(response.status, answer)
  return answer as Answer
}

/** Tries a token without keeping it: the sign-in page must tell a wrong token from a server that is away. */
export async function tryToken(token: string): Promise<void> {
  const response = await send('GET', '/v1/state', token)
  if (!response.ok) throw problemFrom(response.status, await answerOf(response))
}

/** `undefined` and empty members are left out: `/v1/withdrawals?status=held`. */
export function withQuery(path: string, query: { readonly [name: string]: string | number | undefined }): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}
