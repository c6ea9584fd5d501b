/** The real server before the real machine, on a folder of its own and any free port. */
import { join } from 'node:path'
import { type Server, startServer } from '../../src/server/index.ts'
import { carriersOf } from '../../src/world/carriers.ts'
import { type Deployment, openDeployment } from '../../src/world/deployment.ts'
import { initFolder } from '../../src/world/folder.ts'
import { pictureOf } from '../../src/world/tracing/picture.ts'
import { watchedFeed } from '../../src/world/tracing/watched-feed.ts'
import { temporaryFolder } from './echo-server.ts'

export interface RealServer {
  readonly server: Server
  readonly deployment: Deployment
  readonly token: string
  call(method: string, path: string, body?: unknown, token?: string): Promise<Response>
  close(): Promise<void>
}

export async function startReal(): Promise<RealServer> {
  const folder = initFolder(join(temporaryFolder(), 'data'), {
    platform: 'demo',
    settings: { listen: { host: '127.0.0.1', port: 0 } },
  })
  const deployment = openDeployment({
    folder,
    now: Date.now,
    carriers: (opened) => carriersOf(folder.config, opened, watchedFeed(opened)),
  })
  const server = await startServer({
    deployment,
    version: '0.0.0-test',
    rehearsal: true,
    picture: (result, language) => pictureOf(deployment.app, result, language),
  })
  const token = folder.hostToken
  return {
    server,
    deployment,
    token,
    call: (method, path, body, bearer = token) =>
      fetch(server.url + path, {
        method,
        headers: {
          ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async close() {
      await server.close()
      await deployment.close()
    },
  }
}
