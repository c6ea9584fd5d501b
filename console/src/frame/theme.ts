/** Light or dark: the system's preference until the person chooses. `before-paint.js` reads the same key. */
import { useSyncExternalStore } from 'react'

const KEY = 'pasu.theme'
export type Theme = 'system' | 'light' | 'dark'
export const THEMES: readonly Theme[] = ['system', 'light', 'dark']

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, stored)

export function setTheme(next: Theme): void {
  if (next === 'system') {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(KEY, next)
    document.documentElement.dataset.theme = next
  }
  for (const listener of listeners) listener()
}
