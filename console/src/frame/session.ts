/** Who is signed in, in this page. What opens the server is a cookie that no page can read, and a key that no page can take out. */
import type { SignedIn } from '../api/access.ts'
import type { Problem } from '../api/problem.ts'
import type { Credentials } from '../api/proof.ts'

export interface Session extends Pick<SignedIn, 'person' | 'roles' | 'expires_at'> {
  readonly credentials: Credentials
}

/** Why the sign-in page is shown again: so that it can say so. */
export type EndedBy =
  | { readonly by: 'signed-out' }
  /** The server no longer takes the session; the problem says why. */
  | { readonly by: 'refused'; readonly problem: Problem }

export type SessionState =
  /** What this browser kept from before is being tried. */
  | { readonly at: 'starting' }
  | { readonly at: 'out'; readonly ended: EndedBy | undefined }
  | { readonly at: 'in'; readonly session: Session }

let state: SessionState = { at: 'starting' }
const listeners = new Set<() => void>()

function become(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}

export const sessionState = (): SessionState => state
export const currentSession = (): Session | undefined => (state.at === 'in' ? state.session : undefined)

export function onSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const beginSession = (session: Session): void => become({ at: 'in', session })

export const noSession = (ended?: EndedBy): void => become({ at: 'out', ended })

/** Ends the named session and no later one. */
export function endSession(session: string, ended: EndedBy): void {
  if (currentSession()?.credentials.session === session) noSession(ended)
}
