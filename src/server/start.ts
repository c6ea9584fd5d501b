/** A deployment behind its HTTP server, from listening to the last answered request. */
import { rmSync, writeFileSync } from 'node:fs'
import { SECOND_MS } from '../kernel/time.ts'
import { toldOf } from '../rooms/access/index.ts'
import { FeedDoor } from '../world/admin/take.ts'
import type { Config } from '../world/config.ts'
import type { Deployment } from '../world/deployment.ts'
import type { Folder, Tokens } from '../world/folder.ts'
import { buildHttp, type Http, type HttpOptions, type ListedRoute } from './http.ts'
import { checkReach, type Listen, listenOn, readTls, urlOf } from './listen.ts'

/** Requests under way when a stop is asked get this long; then their connections are cut. A command is durable or not begun by then. */
export const STOP_MS_MAX = 10 * SECOND_MS

export interface ServerOptions extends Pick<HttpOptions, 'consoleFolder' | 'picture' | 'log' | 'streamLimits' | 'now'> {
  readonly deployment: Deployment
  readonly version: string
  /** Default: those of the deployment's folder. */
  readonly tokens?: Tokens
  readonly config?: Config
}

export interface Server {
  /** How clients on this machine reach it. */
  readonly url: string
  readonly listed: readonly ListedRoute[]
  readonly streams: Http['streams']
  /** Takes no more connections, finishes requests under way, ends streams. The deployment stays open; it is the caller's to close. */
  close(): Promise<void>
}

/** What other programs of this machine read to find the running server. */
export interface Serving {
  readonly url: string
  readonly pid: number
}

function sayServing({ paths }: Folder, url: string): void {
  const serving: Serving = { url, pid: process.pid }
  writeFileSync(paths.serving, `${JSON.stringify(serving)}\n`, { mode: 0o600 })
}

async function closeHttp({ app }: Http): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), STOP_MS_MAX)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}

/** Where logs of administrators' acts go; its thread begins with the first of them. */
const feedOf = ({ app, folder, submit, now }: Deployment): FeedDoor =>
  new FeedDoor({
    folder: folder.paths.behaviour,
    toldOf: (source) => toldOf(app.rooms.access.state.alerts, source),
    submit,
    now,
  })

export async function buildServer(options: ServerOptions): Promise<{ http: Http; listen: Listen }> {
  const { deployment, version, consoleFolder, picture, log, streamLimits, now } = options
  const { folder, journal } = deployment
  const { listen } = options.config ?? folder.config
  const feed = feedOf(deployment)
  checkReach(listen)
  const http = await buildHttp({
    served: deployment,
    tokens: options.tokens ?? folder.tokens,
    listening: { host: listen.host, names: listen.names },
    tls: readTls(listen, folder.path),
    version,
    now: now ?? deployment.now,
    consoleFolder,
    picture,
    adminFeed: feed,
    verify: { folder: folder.paths.journal, vkey: journal.vkey },
    log,
    streamLimits,
  })
  http.app.addHook('onClose', () => feed.close())
  return { http, listen }
}

/** Starts to listen. Throws `Refused`: HTTP-015 to 018, FOLDER-003 or 004 for the TLS key. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { http, listen } = await buildServer(options)
  const { folder } = options.deployment
  let port: number
  try {
    port = await listenOn(http.app, listen)
  } catch (fault) {
    await closeHttp(http)
    throw fault
  }
  const url = urlOf(listen, port)
  sayServing(folder, url)
  return {
    url,
    listed: http.listed,
    streams: http.streams,
    async close() {
      rmSync(folder.paths.serving, { force: true })
      await closeHttp(http)
    },
  }
}
