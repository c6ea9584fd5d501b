/**
 * How a command reaches a deployment: the running server by its own API where there is one, else the same routes on the folder opened
 * here. Either way the same requests go to the same code, so a terminal can do what the API can and nothing else.
 */
import { readFileSync, rmSync } from 'node:fs'
import { lockFolder } from '../journal/index.ts'
import type { Json } from '../kernel/canonical.ts'
import { Refused } from '../kernel/refusal.ts'
import { buildHttp } from '../server/index.ts'
import { folderPaths, readConfig, readFolder, readHostToken } from '../world/folder.ts'
import { VERSION } from '../world/version.ts'
import type { Context } from './context.ts'
import type { ExitCode } from './exit.ts'
import { type Call, type Reply, requester } from './http.ts'
import { openHere } from './open.ts'
import { answerOf } from './reply.ts'
import { progressBar } from './terminal.ts'

export interface Door {
  /** The address of the running server; `undefined` where the folder is opened here. */
  readonly server: string | undefined
  /** The JSON or the text of a good answer. Throws `Refused`. */
  ask(method: Call['method'], path: string, body?: Json): Promise<Json>
  /** The bytes of a good answer; `undefined` where there is no such file. */
  file(path: string): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

const doorOf = (
  server: string | undefined,
  call: (call: Call) => Promise<Reply>,
  close: () => Promise<void>,
): Door => ({
  server,
  ask: async (method, path, body) => answerOf(await call({ method, path, ...(body !== undefined && { body }) })),
  async file(path) {
    const reply = await call({ method: 'GET', path })
    if (reply.status === 404) return undefined
    if (reply.status !== 200) answerOf(reply)
    return reply.bytes
  },
  close,
})

/** The server that holds the folder now, by what it wrote when it began to listen. */
export function runningServer(folder: string): string | undefined {
  const paths = folderPaths(folder)
  let text: string
  try {
    text = readFileSync(paths.serving, 'utf8')
  } catch {
    return undefined
  }
  try {
    lockFolder(paths.journal)()
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.refusal.code !== 'JRNL-001') throw fault
    const serving: unknown = JSON.parse(text)
    const url = typeof serving === 'object' && serving !== null ? Reflect.get(serving, 'url') : undefined
    return typeof url === 'string' ? url : undefined
  }
  // Nobody holds the folder: the note is a dead server's. Whoever listens there now must not be sent a token.
  rmSync(paths.serving, { force: true })
  return undefined
}

async function doorHere(context: Context): Promise<Door> {
  const folder = readFolder(context.folder)
  const bar = progressBar(context.terminal, 'reading the journal')
  const deployment = openHere(folder, bar)
  bar.end()
  const { app } = await buildHttp({
    served: deployment,
    hostToken: folder.hostToken,
    platform: folder.config.platform,
    rehearsal: context.terminal.rehearsal,
    listening: { host: '127.0.0.1', names: [] },
    version: VERSION,
    now: deployment.now,
  })
  const headers = { authorization: `Bearer ${folder.hostToken}`, host: '127.0.0.1' }
  return doorOf(
    undefined,
    async ({ method, path, body }) => {
      const content = body === undefined ? {} : { 'content-type': 'application/json' }
      const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
      const reply = await app.inject({ method, url: path, headers: { ...headers, ...content }, ...payload })
      return {
        status: reply.statusCode,
        contentType: String(reply.headers['content-type'] ?? ''),
        bytes: reply.rawPayload,
      }
    },
    async () => {
      await app.close()
      await deployment.close()
    },
  )
}

export async function openDoor(context: Context): Promise<Door> {
  const { folder } = context
  const config = readConfig(folder)
  const url = runningServer(folder)
  if (url === undefined) return doorHere(context)
  const call = requester({ url, token: readHostToken(folder), listen: config.listen, folder })
  return doorOf(url, call, async () => {})
}

/** Opens the door, does the work, closes it, whatever happens in between. */
export async function throughDoor(context: Context, work: (door: Door) => Promise<ExitCode>): Promise<ExitCode> {
  const door = await openDoor(context)
  try {
    return await work(door)
  } finally {
    await door.close()
  }
}

/** For a command whose consequences leave through the outbox: says where they wait. */
export function noteWaiting(context: Context, door: Door): void {
  if (door.server !== undefined) return
  context.note('No server runs on this folder: what is to be sent out waits until "pasu serve" runs.')
}
