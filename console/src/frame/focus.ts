/** Where the focus goes when the page changes: into an opened panel, back to the row of a closed one, else to the new page's heading. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** The last address part of a panel that is being closed: `/wallets/hot-1` -> `/wallets` gives `hot-1`. */
export function closedRow(from: string | undefined, to: string): string | undefined {
  if (from === undefined || !from.startsWith(`${to}/`)) return undefined
  const rest = from.slice(to.length + 1)
  return rest.includes('/') ? undefined : decodeURIComponent(rest)
}

function target(from: string | undefined, to: string): HTMLElement | null {
  const row = closedRow(from, to)
  const link = row === undefined ? null : document.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`)
  return (
    link ??
    document.querySelector<HTMLElement>('[data-focus="panel"]') ??
    document.querySelector<HTMLElement>('[data-focus="page"]')
  )
}

export function useFocusOnNavigation(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
        // A link to a part of the page moves the focus itself; the first page keeps the focus where the browser put it.
        if (!pathChanged || fromLocation === undefined || toLocation.hash !== '') return
        target(fromLocation.pathname, toLocation.pathname)?.focus()
      }),
    [router],
  )
}
