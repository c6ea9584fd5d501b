/** The real server before the real machine, as `pasu serve` starts it: nobody is registered, and the host may do next to nothing. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TICK } from '../../src/machine/index.ts'
import { type Server, type ServerOptions, startServer } from '../../src/server/index.ts'
import { type Deployment, openDeployment } from '../../src/world/deployment.ts'
import { type Folder, initFolder, readEnrolToken } from '../../src/world/folder.ts'
import type { Reached } from './client.ts'

export interface BareServer extends Reached {
  readonly server: Server
  readonly deployment: Deployment
  readonly folder: Folder
  readonly enrolToken: string
  readonly now: () => number
  /** Lines of the log. */
  readonly told: readonly string[]
  /** Moves the server's clock, and lets the machine notice. */
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

export async function startBare(settings: object = {}, more: Partial<ServerOptions> = {}): Promise<BareServer> {
  const folder = initFolder(join(mkdtempSync(join(tmpdir(), 'pasu-test-')), 'data'), {
    platform: 'exchange',
    settings: { listen: { host: '127.0.0.1', port: 0 }, ...settings },
  })
  let ahead = 0
  const now = (): number => Date.now() + ahead
  const deployment = openDeployment({ folder, now, wake: false })
  const told: string[] = []
  const server = await startServer({ deployment, version: '0.0.0-test', log: (line) => told.push(line), ...more })
  return {
    ...{ server, deployment, folder, told, now, url: server.url, enrolToken: readEnrolToken(folder.path) ?? '' },
    async pass(ms) {
      ahead += ms
      for (
        let due = deployment.app.machine.due();
        due !== undefined && due <= now();
        due = deployment.app.machine.due()
      )
        await deployment.submit({ type: TICK, data: {}, by: 'clock' })
    },
    async close() {
      await server.close()
      await deployment.close()
    },
  }
}
