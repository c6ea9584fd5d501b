/** `pasu serve`: API, console, watchers and outbox in one process, until it is told to stop. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { App } from '../../app.ts'
import { isRefusal, type Refusal, Refused } from '../../kernel/refusal.ts'
import { startServer } from '../../server/index.ts'
import { carriersOf } from '../../world/carriers.ts'
import { type Deployment, openDeployment } from '../../world/deployment.ts'
import { type Folder, initFolder, isFolder, readFolder } from '../../world/folder.ts'
import { readPackFile } from '../../world/packs/read.ts'
import { pictureOf } from '../../world/tracing/picture.ts'
import { watchedFeed } from '../../world/tracing/watched-feed.ts'
import { runnersOf } from '../../world/watchers.ts'
import type { Context } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import type { Spec } from '../spec.ts'
import { progressBar } from '../terminal.ts'
import { VERSION } from '../version.ts'

const CONSOLE = fileURLToPath(new URL('../../../console/dist', import.meta.url))
const KOREAN_PACK = fileURLToPath(new URL('../../../packs/kr.yaml', import.meta.url))

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

/** The packs of the settings; one that is loaded already makes no entry. */
async function loadPacks(deployment: Deployment): Promise<void> {
  for (const path of deployment.folder.config.rule_packs ?? []) {
    const data = readPackFile(path.startsWith('/') ? path : `${deployment.folder.path}/${path}`)
    if (isRefusal(data)) throw new Refused(data)
    const answer = await deployment.submit({ type: 'pack.load', data, by: 'operator' })
    if (isRefusal(answer)) throw new Refused(answer)
  }
}

/** Resolves when a signal asks to stop, or with the reason why the machine stopped by itself. */
function untilStopped(): {
  readonly stopped: Promise<Refusal | undefined>
  readonly machineStopped: (why: Refusal) => void
} {
  let machineStopped: (why: Refusal) => void = () => undefined
  const stopped = new Promise<Refusal | undefined>((resolve) => {
    machineStopped = resolve
    let asked = false
    const stop = (): void => {
      // A second signal means now.
      if (asked) process.exit(130)
      asked = true
      resolve(undefined)
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
  return { stopped, machineStopped }
}

const drawer = (app: App) => (result: Uint8Array, language: 'en' | 'ko') => pictureOf(app, result, language)

export const serve: Spec = {
  usage: 'serve',
  summary: 'Run the API, the console, the watchers and the outbox until stopped',
  more: 'Serves the data folder (made on the first start where none was named). Listens where config.json says, by default on 127.0.0.1 only; beyond loopback it wants TLS or the explicit setting. Stops cleanly on SIGTERM or SIGINT.',
  exits: [0, 2, 3, 70],
  examples: ['pasu serve', 'pasu serve --data /var/lib/pasu'],
  async run(context): Promise<ExitCode> {
    const folder = folderFor(context)
    const progress = progressBar(context.terminal, 'folding')
    const { stopped, machineStopped } = untilStopped()
    const deployment = openDeployment({
      folder,
      now: Date.now,
      carriers: (opened) => carriersOf(folder.config, opened, watchedFeed(opened)),
      onStopped: machineStopped,
      onProgress: progress,
    })
    progress.end()
    const runners = runnersOf(folder.config, deployment)
    try {
      await loadPacks(deployment)
      for (const runner of runners) await runner.start()
      const server = await startServer({
        deployment,
        version: VERSION,
        picture: drawer(deployment.app),
        ...(existsSync(CONSOLE) && { consoleFolder: CONSOLE }),
      })
      const told = {
        url: server.url,
        pid: process.pid,
        entries: deployment.journal.size,
        operator_token: folder.paths.operatorToken,
      }
      context.print(told, `Pasu listens on ${server.url}\nOperator token: ${folder.paths.operatorToken}`)
      const why = await stopped
      await server.close()
      if (why !== undefined) throw new Refused(why)
      return 0
    } finally {
      await Promise.all(runners.map((runner) => runner.stop()))
      await deployment.close()
    }
  },
}
