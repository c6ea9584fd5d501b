/** The real server before a real machine without business: what the adapter does by itself, whatever rooms there are. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { generateNoteKey, openMemoryJournal, parseSigningKey } from '../../src/journal/index.ts'
import { isRefusal, refuser } from '../../src/kernel/refusal.ts'
import { decodeEntry, type Recorded, Writer } from '../../src/machine/index.ts'
import { bindRoutes, type Route } from '../../src/machine/route.ts'
import { buildHttp, type Http, type HttpOptions, type Served } from '../../src/server/index.ts'
import type { Problem } from '../../src/server/problem.ts'
import { T0 } from '../kit/given.ts'
import { type EchoState, echoRoom, openEcho } from '../machine/echo.ts'

export const HOST_TOKEN = 'h'.repeat(43)

const refuse = refuser(echoRoom.refusals)

export const echoRoutes: readonly Route<EchoState>[] = [
  {
    method: 'POST',
    path: '/v1/words',
    who: 'service',
    summary: 'Says a word.',
    command: 'echo.say',
    answer: (state, data) => ({ word: String(data.word), said: state.said.get(String(data.word)) ?? 0 }),
  },
  {
    method: 'POST',
    path: '/v1/words/:word/shout',
    who: 'person',
    summary: 'Shouts it.',
    command: 'echo.shout',
    answer: async (state, _data, tools) => ({ answered: state.answered, jws: await tools.attest('shout', { n: 1 }) }),
  },
  {
    method: 'GET',
    path: '/v1/words/:word',
    who: 'service',
    summary: 'How often a word was said.',
    params: z.strictObject({ word: z.string().max(20), min: z.coerce.number().int().optional() }),
    view: (state, { word }) => {
      const said = state.said.get(String(word))
      return said === undefined ? refuse('ECHO-001', `nobody said ${String(word)}`) : { word: String(word), said }
    },
  },
  {
    method: 'GET',
    path: '/v1/count',
    who: 'public',
    summary: 'How many words there are.',
    view: (state) => state.said.size,
  },
  {
    method: 'GET',
    path: '/v1/words.txt',
    who: 'person',
    summary: 'All words as text.',
    mediaType: 'text/plain',
    view: (state) => [...state.said.keys()].join('\n'),
  },
  {
    method: 'GET',
    path: '/v1/big',
    who: 'public',
    summary: 'A room that hands out a bigint, against its type.',
    view: () => JSON.parse('{}', () => ({ toJSON: () => 1n })),
  },
]

export interface EchoServer {
  readonly url: string
  readonly http: Http
  readonly served: Served
  say(...words: readonly string[]): Promise<void>
  /** Moves the clock by so many milliseconds. */
  pass(ms: number): void
  close(): Promise<void>
}

export function openEchoServed(now: () => number): Served & { writer: Writer } {
  const { machine, echo } = openEcho()
  const signer = parseSigningKey(generateNoteKey('echo/journal', new Uint8Array(32)).skey)
  if (isRefusal(signer)) throw new Error(signer.detail)
  const journal = openMemoryJournal(signer)
  const listeners = new Set<(recorded: readonly Recorded[]) => void>()
  const writer = new Writer({
    machine,
    now,
    append: (entries) => void journal.append(entries),
    onDurable: (recorded) => {
      for (const listener of listeners) listener(recorded)
    },
  })
  const entries: Served['entries'] = (from, limit) =>
    [...journal.read(Math.min(from, journal.size), Math.min(journal.size, from + limit))].map((bytes, at) => ({
      ...decodeEntry(bytes, from + at),
      index: from + at,
    }))
  return {
    app: { machine, routes: bindRoutes(echoRoutes, echo) },
    journal,
    blobs: { get: () => new Uint8Array() },
    writer,
    get stopped() {
      return writer.stopped
    },
    submit: (command) => writer.submit(command),
    attest: async (kind, claims) => `${kind}.${JSON.stringify(claims)}`,
    jwks: { keys: [] },
    entries,
    record: () => ({ size: journal.size, root: '', verified: null, entries }),
    noteVerified: () => {},
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export async function startEcho(options: Partial<HttpOptions> = {}): Promise<EchoServer> {
  let at = T0
  const served = openEchoServed(() => at)
  const http = await buildHttp({
    served,
    hostToken: HOST_TOKEN,
    rehearsal: true,
    listening: { host: '127.0.0.1', names: [] },
    version: '0.0.0-test',
    now: () => at,
    ...options,
  })
  const url = await http.app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    http,
    served,
    async say(...words) {
      for (const word of words) await served.submit({ type: 'echo.say', data: { word }, by: 'test' })
    },
    pass(ms) {
      at += ms
    },
    close: () => http.app.close(),
  }
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'pasu-test-'))

export const asHost = { authorization: `Bearer ${HOST_TOKEN}` }

/** The problem details of an answer (`response.json()` is unknown to the compiler). */
export const problemOf = async (response: Response): Promise<Problem> => (await response.json()) as Problem
