/** The server's time, ticking. A page that counts a deadline down must not trust the clock of the phone it runs on. */
import { useSyncExternalStore } from 'react'

const TICK_MS = 1_000

let offset = 0
let shown = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick(): void {
  shown = Date.now() + offset
  for (const listener of listeners) listener()
}

/** Told each time the server says what time it is there. */
export function setServerNow(now: number): void {
  offset = now - Date.now()
  tick()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === undefined) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Milliseconds since 1970 on the server, renewed each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => shown)
