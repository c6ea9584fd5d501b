/**
 * The secret of a one-time link stands in the fragment, which no browser sends and no server logs. It is taken out of the address bar
 * before anything else of the console runs, so that neither the history nor a shared screen keeps it.
 */

export interface EnrolmentLink {
  readonly token: string
  /** Tells one link from the next without naming its secret. */
  readonly serial: number
}

const PAGE = '/enrol'
let link: EnrolmentLink | undefined
const listeners = new Set<() => void>()

function take(): void {
  if (location.pathname !== PAGE || location.hash.length < 2) return
  link = { token: location.hash.slice(1), serial: (link?.serial ?? 0) + 1 }
  history.replaceState(history.state, '', PAGE)
  for (const listener of listeners) listener()
}

if (typeof location !== 'undefined') {
  take()
  // A second link pasted into the same tab changes the fragment alone.
  window.addEventListener('hashchange', take)
}

/** The link that opened this page; lost on a reload, and then it is opened again. */
export const enrolmentLink = (): EnrolmentLink | undefined => link

export function onEnrolmentLink(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
