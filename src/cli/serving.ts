/** A whole deployment at work in this process: watchers, outbox, API and console, from start to a clean stop. */
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256, toHex } from '../kernel/bytes.ts'
import { isRefusal, type Refusal, Refused } from '../kernel/refusal.ts'
import { type Server, startServer } from '../server/index.ts'
import { carriersOf } from '../world/carriers.ts'
import type { Config } from '../world/config.ts'
import { type Deployment, openDeployment } from '../world/deployment.ts'
import { type Folder, initFolder, isFolder, readFolder } from '../world/folder.ts'
import { pictureOf } from '../world/tracing/picture.ts'
import { watchedFeed } from '../world/tracing/watched-feed.ts'
import { VERSION } from '../world/version.ts'
import type { Context } from './context.ts'
import type { ExitCode } from './exit.ts'
import { progressBar, type Terminal } from './terminal.ts'

const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url))
const KOREAN_PACK = fileURLToPath(new URL('../../packs/kr.yaml', import.meta.url))
/** A terminal and npm each pass one press of Ctrl-C on; so soon after the first it is no second thought. */
const SAME_PRESS_MS = 500
/** A stop asked through npm is noticed within this time. */
const PARENT_LOOK_MS = 300
/** What shells report for a process that a second interrupt ended. */
const INTERRUPTED = 130

export interface ListenChoice {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly allowPlain: boolean
}

/** A first start makes the folder; a folder that somebody named must be there. */
function folderFor(context: Context): Folder {
  if (context.folderNamed || isFolder(context.folder)) return readFolder(context.folder)
  const made = initFolder(context.folder, {
    platform: 'pasu',
    language: context.language,
    settings: { rule_packs: [KOREAN_PACK] },
  })
  context.note(`A new data folder was made: ${made.path}`)
  return made
}

function configFor({ config }: Folder, { host, port, allowPlain }: ListenChoice): Config {
  const listen = {
    ...config.listen,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(allowPlain && { allow_plain_beyond_loopback: true }),
  }
  return { ...config, listen }
}

/** The packs of the settings; a file that is loaded as it stands is not read again, nor is what reads it. */
async function loadPacks(context: Context, { folder, app, submit }: Deployment): Promise<void> {
  const loaded = new Set([...app.rooms.incident.state.packs.values()].map(({ digest }) => digest))
  for (const named of folder.config.rule_packs ?? []) {
    const path = isAbsolute(named) ? named : join(folder.path, named)
    if (existsSync(path) && loaded.has(digestOfFile(path))) continue
    const { readPackFile } = await import('../world/packs/read.ts')
    const data = readPackFile(path)
    if (isRefusal(data)) throw new Refused(data)
    const answer = await submit({ type: 'pack.load', data, by: 'host' })
    if (!isRefusal(answer)) continue
    if (answer.code !== MUST_BE_PROPOSED) throw new Refused(answer)
    context.note(`pasu: ${path} is not the pack in force; propose it: pack.load needs a quorum`)
  }
}

/** Once somebody is registered a rule pack is loaded by a quorum. */
const MUST_BE_PROPOSED = 'ACCESS-001'

const digestOfFile = (path: string): string => `sha256:${toHex(sha256(readFileSync(path)))}`

interface Stop {
  /** Resolves when a signal asks to stop, or with the reason why the machine stopped by itself. */
  readonly asked: Promise<Refusal | undefined>
  readonly because: (why: Refusal) => void
}

/**
 * `npm start` puts a shell between itself and us, and a signal to npm kills that shell only. So under npm the loss of the parent counts as
 * a request to stop; elsewhere a server may well outlive who started it.
 */
function whenNpmIsGone(env: Terminal['env'], stop: () => void): void {
  if (env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    stop()
  }, PARENT_LOOK_MS)
  look.unref()
}

function untilStopped(env: Terminal['env']): Stop {
  let because: Stop['because'] = () => undefined
  const asked = new Promise<Refusal | undefined>((resolve) => {
    because = resolve
    let since: number | undefined
    const stop = (): void => {
      if (since !== undefined && performance.now() - since > SAME_PRESS_MS) process.exit(INTERRUPTED)
      since ??= performance.now()
      resolve(undefined)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
    whenNpmIsGone(env, stop)
  })
  return { asked, because }
}

/** Chains are read with a large library; a deployment that watches none need not load it. */
async function watchersOf(config: Config, deployment: Deployment) {
  if (config.sources.length === 0) return []
  const { runnersOf } = await import('../world/watchers.ts')
  return runnersOf(config, deployment)
}

/** The link is a secret: told to a person who watches, and kept out of what a service manager writes down. */
function sayListening(context: Context, { folder, journal }: Deployment, { url, firstLink }: Server): void {
  const { enrolToken } = folder.paths
  const isBare = firstLink !== undefined
  const told = { url, pid: process.pid, entries: journal.size, enrol_token: isBare ? enrolToken : null }
  const where = `The first person enrols by the link of pasu init; its token: ${enrolToken}`
  const enrol = context.terminal.isWatched ? `Open this link once, to enrol the first person: ${firstLink}` : where
  context.print(told, `Pasu listens on ${url}${isBare ? `\n${enrol}` : ''}`)
}

async function serveDeployment(
  context: Context,
  deployment: Deployment,
  config: Config,
  stop: Stop,
): Promise<ExitCode> {
  const runners = await watchersOf(config, deployment)
  try {
    await loadPacks(context, deployment)
    for (const runner of runners) await runner.start()
    const server = await startServer({
      deployment,
      config,
      version: VERSION,
      rehearsal: context.terminal.rehearsal ?? false,
      consoleFolder: CONSOLE,
      picture: (result, language) => pictureOf(deployment.app, result, language),
      log: (line) => context.note(`pasu: ${line}`),
    })
    sayListening(context, deployment, server)
    const why = await stop.asked
    await server.close()
    if (why !== undefined) throw new Refused(why)
    return 0
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()))
  }
}

export async function serveUntilStopped(context: Context, choice: ListenChoice): Promise<ExitCode> {
  const folder = folderFor(context)
  const config = configFor(folder, choice)
  const stop = untilStopped(context.terminal.env)
  const progress = progressBar(context.terminal, 'reading the journal')
  const deployment = openDeployment({
    folder,
    now: Date.now,
    carriers: (opened) => carriersOf(config, opened, watchedFeed(opened)),
    onStopped: stop.because,
    onProgress: progress,
  })
  progress.end()
  try {
    return await serveDeployment(context, deployment, config, stop)
  } finally {
    await deployment.close()
  }
}
