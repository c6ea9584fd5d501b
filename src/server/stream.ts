/**
 * Server-sent events: the journal as it grows. A stream holds no queue of its own: it has a place in the journal and reads on from there
 * as fast as its reader takes it, so a slow reader costs a bounded buffer and, when it takes nothing at all, its connection.
 */
import type { ServerResponse } from 'node:http'
import type { Refusal } from '../kernel/refusal.ts'
import { SECOND_MS } from '../kernel/time.ts'
import type { Recorded } from '../machine/index.ts'
import { refuse } from './refusals.ts'
import type { Served } from './served.ts'

/** Consoles of one platform's people, thrice over; each holds a connection and up to a buffer. */
export const STREAMS_MAX = 64
/** Proxies close what is silent for 30 to 60 seconds. */
export const HEARTBEAT_MS = 15 * SECOND_MS
/** Bytes that wait for one reader before no more is read for it: some thousand entries. */
export const STREAM_BUFFER_MAX = 1024 * 1024
/** A reader that leaves its buffer full for so long is gone or stuck; it may come back with Last-Event-ID. */
export const STALL_MS_MAX = 30 * SECOND_MS
/** Entries read from the journal at once. */
const PAGE = 256
/** What a reader waits before it connects again. */
const RETRY_MS = 2_000

export interface StreamLimits {
  readonly streams: number
  readonly heartbeatMs: number
  readonly bufferBytes: number
  readonly stallMs: number
}

const LIMITS: StreamLimits = {
  streams: STREAMS_MAX,
  heartbeatMs: HEARTBEAT_MS,
  bufferBytes: STREAM_BUFFER_MAX,
  stallMs: STALL_MS_MAX,
}

/** Written once, sent to every stream. */
const frames = new WeakMap<Recorded, string>()

function frame(entry: Recorded): string {
  const known = frames.get(entry)
  if (known !== undefined) return known
  const { index, kind, at, by, type, data } = entry
  const text = `id: ${index}\nevent: ${type}\ndata: ${JSON.stringify({ index, kind, at, by, type, data })}\n\n`
  frames.set(entry, text)
  return text
}

/** Whether who opened a stream may still read it. */
export interface StreamGuard {
  /** Asked before anything is sent. */
  readonly holds: () => boolean
  /** Asked at each heartbeat, for roles change too. */
  readonly may: () => Promise<boolean>
}

const ANYBODY: StreamGuard = { holds: () => true, may: async () => true }

class Stream {
  readonly #guard: StreamGuard
  readonly #served: Served
  readonly #out: ServerResponse
  readonly #limits: StreamLimits
  readonly #heartbeat: NodeJS.Timeout
  #stall: NodeJS.Timeout | undefined
  /** The index to send next. */
  #next: number

  constructor(served: Served, out: ServerResponse, next: number, limits: StreamLimits, guard: StreamGuard) {
    this.#served = served
    this.#guard = guard
    this.#out = out
    this.#next = next
    this.#limits = limits
    this.#heartbeat = setInterval(() => this.#beat(), limits.heartbeatMs)
    out.on('drain', () => this.#goOn())
    out.on('close', () => this.#forget())
    out.write(`retry: ${RETRY_MS}\n: open\n\n`)
    this.read()
  }

  /** Sends what is new. */
  read(live: readonly Recorded[] = []): void {
    if (!this.#guard.holds()) {
      this.end()
      return
    }
    if (this.#stall !== undefined) return
    let page = live[0]?.index === this.#next ? live : this.#served.entries(this.#next, PAGE)
    while (page.length > 0) {
      for (const entry of page) {
        if (this.#full()) {
          this.#waitForDrain()
          return
        }
        this.#out.write(frame(entry))
        this.#next = entry.index + 1
      }
      page = this.#served.entries(this.#next, PAGE)
    }
  }

  end(): void {
    this.#forget()
    this.#out.end()
  }

  /** Below its own high-water mark Node tells nobody when a buffer empties; so that is the least limit. */
  #full(): boolean {
    return this.#out.writableNeedDrain && this.#out.writableLength > this.#limits.bufferBytes
  }

  #waitForDrain(): void {
    this.#stall = setTimeout(() => this.#out.destroy(), this.#limits.stallMs)
  }

  #goOn(): void {
    if (this.#stall === undefined) return
    clearTimeout(this.#stall)
    this.#stall = undefined
    this.read()
  }

  #beat(): void {
    if (!this.#guard.holds()) {
      this.end()
      return
    }
    if (this.#stall === undefined) this.#out.write(': still here\n\n')
    void this.#guard.may().then((may) => {
      if (!may) this.end()
    })
  }

  #forget(): void {
    clearInterval(this.#heartbeat)
    clearTimeout(this.#stall)
  }
}

/** Where to begin: behind the entry that `Last-Event-ID` names, or at the end of the journal. */
export function placeOf(header: string | undefined, size: number): number | Refusal {
  if (header === undefined || header === '') return size
  const last = /^(0|[1-9][0-9]{0,15})$/.test(header) ? Number(header) : Number.NaN
  if (Number.isSafeInteger(last) && last < size) return last + 1
  return refuse('HTTP-012', `there is no entry "${header.slice(0, 30)}"`, {
    field: 'Last-Event-ID',
    expected: `0 to ${size - 1}`,
  })
}

export class Streams {
  readonly #served: Served
  readonly #limits: StreamLimits
  readonly #open = new Set<Stream>()
  readonly #unsubscribe: () => void

  constructor(served: Served, limits: Partial<StreamLimits> = {}) {
    this.#served = served
    this.#limits = { ...LIMITS, ...limits }
    this.#unsubscribe = served.subscribe((recorded) => {
      for (const stream of this.#open) stream.read(recorded)
    })
  }

  get count(): number {
    return this.#open.size
  }

  /** Whether one more may open. */
  full(): Refusal | undefined {
    const { streams } = this.#limits
    return this.#open.size < streams ? undefined : refuse('HTTP-011', `${streams} streams are open already`)
  }

  /** Streams entries from `next` on until either side closes. The head must have been written. */
  add(out: ServerResponse, next: number, guard: StreamGuard = ANYBODY): void {
    const stream = new Stream(this.#served, out, next, this.#limits, guard)
    this.#open.add(stream)
    out.on('close', () => this.#open.delete(stream))
  }

  /** Ends all, so that a stopping server need not wait for them. */
  close(): void {
    this.#unsubscribe()
    for (const stream of this.#open) stream.end()
    this.#open.clear()
  }
}
