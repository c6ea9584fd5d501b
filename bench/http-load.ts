/** Runs in a worker: asks over so many connections, one request in flight on each, and reports how long each answer took. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import { utf8 } from '../src/kernel/bytes.ts'
import { signRequest } from '../src/server/door/index.ts'

export interface Load {
  readonly port: number
  readonly path: string
  readonly credential:
    | { readonly kind: 'bearer'; readonly token: string }
    | { readonly kind: 'signature'; readonly service: string; readonly pem: string }
    /** PEM files of a client's certificate. */
    | { readonly kind: 'certificate'; readonly key: string; readonly cert: string }
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
const { credential } = load
const HOST = `127.0.0.1:${load.port}`
const signer = credential.kind === 'signature' ? createPrivateKey(credential.pem) : undefined

function credentialOf(body: string): string {
  if (credential.kind === 'bearer') return `Authorization: Bearer ${credential.token}\r\n`
  if (credential.kind === 'certificate' || signer === undefined) return ''
  const headers = signRequest({
    ...{ method: 'POST', url: `http://${HOST}${load.path}`, body: utf8(body), service: credential.service },
    ...{ privateKey: signer, now: Date.now() },
  })
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
}

function requestOf(n: number): string {
  const body = JSON.stringify({
    withdrawal: `${load.run}-${n}`,
    wallet: `hot-${n % 100}`,
    asset: 'eip155:1/slip44:60',
    amount: '10',
    to: `eip155:1:0x${(500_000 + n).toString(16).padStart(40, '0')}`,
  })
  const head = `POST ${load.path} HTTP/1.1\r\nHost: ${HOST}\r\n${credentialOf(body)}Content-Type: application/json\r\n`
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
}

/** How many bytes the first answer in `text` has, or nothing while it is not whole. */
function answerLength(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const length = end + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1])
  return text.length >= length ? length : undefined
}

/** Made beforehand, so that what is measured is the server; a signature is good for a minute. */
const requests = Array.from({ length: load.requests }, (_, n) => requestOf(n))
let next = 0
const times: number[] = []

function opened(begin: () => void): Socket {
  if (credential.kind !== 'certificate') return connect(load.port, '127.0.0.1', begin)
  const [key, cert] = [readFileSync(credential.key), readFileSync(credential.cert)]
  return connectTls({ port: load.port, host: '127.0.0.1', key, cert, rejectUnauthorized: false }, begin)
}

const connection = (): Promise<void> =>
  new Promise((done, failed) => {
    let [text, asked] = ['', 0]
    const ask = (): void => {
      const request = requests[next++]
      if (request === undefined) {
        socket.end()
        done()
        return
      }
      asked = performance.now()
      socket.write(request)
    }
    const socket = opened(ask)
    socket.setNoDelay(true)
    socket.on('error', failed)
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      const length = answerLength(text)
      if (length === undefined) return
      if (!text.startsWith('HTTP/1.1 200')) failed(new Error(text.slice(0, 800)))
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
