/** Runs in a worker: asks over so many connections, one request in flight on each, and reports how long each answer took. */
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

export interface Load {
  readonly port: number
  readonly path: string
  readonly token: string
  readonly connections: number
  readonly requests: number
  /** Distinct in each run: withdrawal ids must be new. */
  readonly run: string
}

export interface Measured {
  readonly seconds: number
  readonly p50: number
  readonly p99: number
}

const load = workerData as Load
const HEAD = `POST ${load.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${load.token}\r\nContent-Type: application/json\r\n`

function requestOf(n: number): string {
  const body = JSON.stringify({
    withdrawal: `${load.run}-${n}`,
    wallet: `hot-${n % 100}`,
    asset: 'eip155:1/slip44:60',
    amount: '10',
    to: `eip155:1:0x${(500_000 + n).toString(16).padStart(40, '0')}`,
  })
  return `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`
}

/** How many bytes the first answer in `text` has, or nothing while it is not whole. */
function answerLength(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const length = end + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1])
  return text.length >= length ? length : undefined
}

let next = 0
const times: number[] = []

const connection = (): Promise<void> =>
  new Promise((done, failed) => {
    const socket = connect(load.port, '127.0.0.1')
    let [text, asked] = ['', 0]
    const ask = (): void => {
      if (next >= load.requests) {
        socket.end()
        done()
        return
      }
      asked = performance.now()
      socket.write(requestOf(next++))
    }
    socket.setNoDelay(true)
    socket.on('connect', ask)
    socket.on('error', failed)
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      const length = answerLength(text)
      if (length === undefined) return
      if (!text.startsWith('HTTP/1.1 200')) failed(new Error(text.slice(0, 500)))
      text = text.slice(length)
      times.push(performance.now() - asked)
      ask()
    })
  })

const began = performance.now()
await Promise.all(Array.from({ length: load.connections }, connection))
const seconds = (performance.now() - began) / 1000
times.sort((a, b) => a - b)
const quantile = (part: number): number => times[Math.floor(times.length * part)] ?? 0
parentPort?.postMessage({ seconds, p50: quantile(0.5), p99: quantile(0.99) } satisfies Measured)
