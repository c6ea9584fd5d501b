/** A deployment behind its HTTP server, from listening to the last answered request. */
import { rmSync, writeFileSync } from 'node:fs'
import { Refused } from '../kernel/refusal.ts'
import { SECOND_MS } from '../kernel/time.ts'
import { phaseOf, toldOf } from '../rooms/access/index.ts'
import { FeedDoor } from '../world/admin/take.ts'
import { type AttestationPolicy, NO_ATTESTATION } from '../world/attestation.ts'
import type { Config } from '../world/config.ts'
import type { Deployment } from '../world/deployment.ts'
import { type Folder, readEnrolToken } from '../world/folder.ts'
import { listConsole } from './console-list.ts'
import { attestationPolicyFault } from './door/index.ts'
import { buildHttp, type Http, type HttpOptions, type ListedRoute } from './http.ts'
import { checkReach, type Listen, listenOn, readTls, urlOf } from './listen.ts'
import { type FirstLink, linkFor } from './people/index.ts'
import { siteContradiction } from './site.ts'

/** Requests under way when a stop is asked get this long; then their connections are cut. A command is durable or not begun by then. */
export const STOP_MS_MAX = 10 * SECOND_MS

export interface ServerOptions
  extends Pick<HttpOptions, 'consoleFolder' | 'picture' | 'log' | 'streamLimits' | 'now' | 'authority'> {
  readonly deployment: Deployment
  readonly version: string
  /**
   * A throw-away deployment of a drill, a test or a bench: while nobody is registered its host's token may ask for anything. Code alone can say
   * so; no setting and no flag does.
   */
  readonly rehearsal?: boolean | undefined
  readonly config?: Config
}

export interface Server {
  /** How clients on this machine reach it. */
  readonly url: string
  /** Where people enrol, while nobody is registered; a secret. */
  readonly firstLink: string | undefined
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

interface Built {
  readonly http: Http
  readonly listen: Listen
  readonly firstLink: FirstLink | undefined
}

/** The link of the first enrolment; its file goes with it. */
function firstLinkOf({ app, folder }: Deployment): FirstLink | undefined {
  const spent = (): void => rmSync(folder.paths.enrolToken, { force: true })
  if (phaseOf(app.rooms.access.state) !== 'bare') {
    spent()
    return undefined
  }
  const token = readEnrolToken(folder.path)
  return token === undefined ? undefined : { token, spent }
}

/** What the settings say of passkeys, seen to make sense. */
function attestationOf({ attestation = NO_ATTESTATION }: Config): AttestationPolicy {
  const fault = attestationPolicyFault(attestation)
  if (fault !== undefined) throw new Refused(fault)
  return attestation
}

export async function buildServer(options: ServerOptions): Promise<Built> {
  const { deployment, version, consoleFolder, picture, log, streamLimits, now } = options
  const { folder, journal } = deployment
  const config = options.config ?? folder.config
  const { listen } = config
  const firstLink = firstLinkOf(deployment)
  const contradiction = siteContradiction(deployment.app.rooms.access.state, config.site)
  if (contradiction !== undefined) log?.(contradiction)
  const feed = feedOf(deployment)
  checkReach(listen)
  const http = await buildHttp({
    served: deployment,
    ...{ hostToken: folder.hostToken, platform: config.platform, configuredSite: config.site, firstLink },
    ...{ attestation: attestationOf(config), rehearsal: options.rehearsal, authority: options.authority },
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
  return { http, listen, firstLink }
}

/** Starts to listen. Throws `Refused`: HTTP-015 to 018, FOLDER-003 or 004 for the TLS key. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { http, listen, firstLink } = await buildServer(options)
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
  await listConsole(options.deployment, options.consoleFolder, options.log ?? (() => {}))
  return {
    url,
    firstLink: firstLink && linkFor(http.site().origins, firstLink.token),
    listed: http.listed,
    streams: http.streams,
    async close() {
      rmSync(folder.paths.serving, { force: true })
      await closeHttp(http)
    },
  }
}
