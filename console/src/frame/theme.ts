/** Light or dark: the system's preference until the person chooses. `before-paint.js` reads the same key. */
import { useState } from 'react'

const KEY = 'pasu.theme'
export type Theme = 'system' | 'light' | 'dark'
export const THEMES: readonly Theme[] = ['system', 'light', 'dark']

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setState] = useState(stored)
  const setTheme = (next: Theme): void => {
    if (next === 'system') {
      localStorage.removeItem(KEY)
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem(KEY, next)
      document.documentElement.dataset.theme = next
    }
    setState(next)
  }
  return [theme, setTheme]
}
