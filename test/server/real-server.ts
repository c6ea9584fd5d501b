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
  readonly operator: string
  readonly service: string
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
    picture: (result, language) => pictureOf(deployment.app, result, language),
  })
  const { operator, service } = folder.tokens
  return {
    server,
    deployment,
    operator,
    service,
    call: (method, path, body, token = operator) =>
      fetch(server.url + path, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
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
