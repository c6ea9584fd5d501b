/** What a screen reader is told and, for a moment, everybody sees: "copied", "halt raised", the new page's name. */

const listeners = new Set<() => void>()
let said = ''

export function announce(text: string): void {
  said = text
  for (const listener of listeners) listener()
}

export function onAnnounce(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const lastAnnounced = (): string => said
