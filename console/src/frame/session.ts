/** The operator's token: kept in this tab only and gone when the tab is closed. Nothing else of the person is stored. */

const KEY = 'pasu.token'

/** Why the sign-in page is shown again: so that it can say so. */
export type EndedBy = 'signed-out' | 'refused' | undefined

export interface Session {
  readonly token: string | undefined
  readonly endedBy: EndedBy
}

const stored = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined

let session: Session = { token: stored(), endedBy: undefined }
const listeners = new Set<() => void>()

function become(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

export const currentSession = (): Session => session

export function onSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function beginSession(token: string): void {
  sessionStorage.setItem(KEY, token)
  become({ token, endedBy: undefined })
}

export function endSession(endedBy: Exclude<EndedBy, undefined>): void {
  sessionStorage.removeItem(KEY)
  become({ token: undefined, endedBy })
}
