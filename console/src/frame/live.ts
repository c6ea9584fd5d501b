/** The live stream: each journal entry as it is written. It renews what is on the screen and feeds the list of recent facts. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { prove } from '../api/client.ts'
import type { Credentials } from '../api/proof.ts'
import { follow, type StreamMessage } from '../api/stream.ts'
import type { JournalEntry } from '../api/types.ts'

const STREAM = '/v1/stream'
/** Facts kept in the page. Older ones are a page of Evidence. */
const FACTS_MAX = 60
/** A storm of entries (a theft makes hundreds a minute) renews the page at most this often. */
const RENEW_MS_MIN = 1_000

export interface Live {
  readonly connected: boolean
  /** Newest first. */
  readonly facts: readonly JournalEntry[]
}

let live: Live = { connected: false, facts: [] }
const listeners = new Set<() => void>()

function become(next: Live): void {
  live = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live)

function entryOf(message: StreamMessage): JournalEntry | undefined {
  try {
    const data: unknown = JSON.parse(message.data)
    if (typeof data !== 'object' || data === null) return undefined
    const { index, at, type, kind, data: inner } = data as Partial<JournalEntry>
    if (typeof index !== 'number' || typeof at !== 'number' || typeof type !== 'string') return undefined
    return { index, at, type, kind: kind ?? 'event', data: inner }
  } catch {
    return undefined
  }
}

function renewer(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'explain' })
    }, RENEW_MS_MIN)
  }
}

/** Keeps the stream open as long as somebody is signed in. */
export function useLiveStream(credentials: Credentials): void {
  const client = useQueryClient()
  useEffect(() => {
    const stop = new AbortController()
    const renew = renewer(client)
    void follow({
      path: STREAM,
      headers: async () => {
        const headers = new Headers()
        await prove(headers, 'GET', STREAM, credentials)
        return headers
      },
      signal: stop.signal,
      onOpen: () => {
        become({ ...live, connected: true })
        renew()
      },
      onCut: () => become({ ...live, connected: false }),
      onMessage: (message) => {
        const entry = entryOf(message)
        if (entry === undefined) return
        const older = live.facts.filter((fact) => fact.index !== entry.index)
        become({ connected: true, facts: [entry, ...older].slice(0, FACTS_MAX) })
        renew()
      },
    })
    return () => {
      stop.abort()
      // What one person has seen is not there for the next.
      become({ connected: false, facts: [] })
    }
  }, [client, credentials])
}
