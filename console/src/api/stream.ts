/**
 * Server-sent events over `fetch`, because the browser's own EventSource can't carry a proof. Resumes where it stopped; a stream
 * that is silent for longer than its heartbeats allow is cut and opened again.
 */

export interface StreamMessage {
  readonly id: string
  readonly event: string
  readonly data: string
}

/** The server's heartbeat comes every 15 seconds; three missed ones mean that nobody is there. */
const SILENCE_MS_MAX = 45_000
const RETRY_MS_FIRST = 1_000
const RETRY_MS_MAX = 15_000

/** Collects lines into messages, as the HTML standard's section "server-sent events" says. Lines end in LF or CR LF. */
export function messageReader(onMessage: (message: StreamMessage) => void): (chunk: string) => void {
  let rest = ''
  let fields = { id: '', event: 'message', data: [] as string[] }
  const line = (text: string): void => {
    if (text === '') {
      if (fields.data.length > 0) onMessage({ id: fields.id, event: fields.event, data: fields.data.join('\n') })
      fields = { id: fields.id, event: 'message', data: [] }
      return
    }
    const colon = text.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (name === 'id') fields.id = value
    else if (name === 'event') fields.event = value
    else if (name === 'data') fields.data.push(value)
  }
  return (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) line(text.replace(/\r$/, ''))
  }
}

export interface StreamOptions {
  readonly path: string
  /** Made anew for each connection: a proof is good once. */
  readonly headers: () => Promise<Headers>
  readonly signal: AbortSignal
  readonly onMessage: (message: StreamMessage) => void
  readonly onOpen: () => void
  readonly onCut: () => void
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Reads one connection to its end. Returns the id of the last message. */
async function readOnce(options: StreamOptions, lastId: string): Promise<string> {
  let last = lastId
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS_MAX)
  try {
    const headers = await options.headers()
    headers.set('accept', 'text/event-stream')
    if (last !== '') headers.set('last-event-id', last)
    const response = await fetch(options.path, {
      headers,
      signal: AbortSignal.any([options.signal, silence.signal]),
      cache: 'no-store',
    })
    if (!response.ok || response.body === null) return last
    options.onOpen()
    const read = messageReader((message) => {
      if (message.id !== '') last = message.id
      options.onMessage(message)
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return last
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS_MAX)
      read(value)
    }
  } catch {
    // Cut, silent or never reached: all the same to the caller, who opens it again.
    return last
  } finally {
    clearTimeout(timer)
  }
}

/** Follows the stream until the signal is aborted. */
export async function follow(options: StreamOptions): Promise<void> {
  let last = ''
  let wait = RETRY_MS_FIRST
  while (!options.signal.aborted) {
    const opened = Date.now()
    last = await readOnce(options, last)
    if (options.signal.aborted) return
    options.onCut()
    wait = Date.now() - opened > RETRY_MS_MAX ? RETRY_MS_FIRST : Math.min(wait * 2, RETRY_MS_MAX)
    await pause(wait, options.signal)
  }
}
